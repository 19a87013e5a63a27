"""Opens a document whose title is all that a message has, as on a button that suggests it."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.choosing import choose
from bot.answers.cleaning import clean
from bot.answers.evidence import SENTENCES_READ, Evidence, as_read, beginning, quotable
from bot.answers.finding import searched
from bot.texts import text
from index import Document

_TITLE = "\0"


def open_document(case: Case, tools: Tools) -> Case | Outcome:
    """End with how the document begins, and what else in it tells most of what its title names.

    Nobody is told "not found" of what the bot itself suggested, or of a title copied from it.
    """
    document = _named(case, tools)
    if document is None or not document.is_known(case.today):
        return case
    case = replace(searched(case, tools), changed=f"the title of {document.id}")
    return replace(case.quotes_end(_quotes_of(document, case, tools)), ends_message=True)


def _named(case: Case, tools: Tools) -> Document | None:
    message = clean(case.message)
    before, _, after = text("next_question", case.language, title=_TITLE).partition(_TITLE)
    suggested = message.removeprefix(before).removesuffix(after)
    return tools.retriever.titled(message, case.language) or tools.retriever.titled(
        suggested, case.language
    )


def _quotes_of(document: Document, case: Case, tools: Tools) -> tuple[Evidence, ...]:
    first = beginning(document)
    title = document.metadata.title
    later = [
        replace(sentence, context=title)
        for sentence in quotable(document)
        if sentence.start >= first.end
    ]
    read = as_read(tools.reader, case.question.text, later[:SENTENCES_READ])
    sentences = [first, *sorted(read, key=lambda sentence: -sentence.probability)]
    return tuple(choose(sentences, (), tools.fit.answers))
