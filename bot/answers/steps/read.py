"""Reads the sentences of the hits: how probably does each answer the question?"""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.decision import ranked
from bot.answers.evidence import as_read, sentences_of
from bot.answers.gaps import nearest_gap
from bot.answers.reasons import Reason
from index import in_conversation, with_years

_TRACED = 3


def read(case: Case, tools: Tools) -> Case | Outcome:
    """Score the sentences of the hits; find what documents do not hold; end without a sentence."""
    question, found = case.question, case.found
    retriever, glossary = tools.retriever, tools.glossary
    near = sentences_of(question, found, retriever, glossary, case.today)
    asked = with_years(_asked(case), case.today)
    sentences = ranked(as_read(tools.reader, asked, near), question, tools.fit)
    case = replace(
        case,
        sentences=sentences,
        gap=nearest_gap(question, found, retriever, glossary),
        changed=f"{len(sentences)} sentences",
        scores={sentence.quote: sentence.probability for sentence in sentences[:_TRACED]},
    )
    return case if sentences else case.ends(Reason.NOT_READ)


def _asked(case: Case) -> str:
    """The question; where others stood before it, in their conversation, as readers learn it."""
    if case.history and not (case.starts_anew or case.is_whole_message):
        return in_conversation(case.as_asked, case.history)
    return case.question.search_text
