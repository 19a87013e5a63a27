"""Reads the sentences of the hits: how probably does each answer the question?"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.evidence import Evidence, as_both, as_read, of_other_versions, sentences_of
from bot.answers.gaps import nearest_gap
from bot.answers.reasons import Reason
from index import Reader, in_conversation, with_years

_TRACED = 3


def read(case: Case, tools: Tools) -> Case | Outcome:
    """Score the sentences of the hits; find what documents do not hold; end without a sentence.

    The best one's document is read in its other languages too: the same is asked of two texts.
    """
    question, found = case.question, case.found
    retriever, glossary = tools.retriever, tools.glossary
    near = sentences_of(question, found, retriever, glossary, case.today)
    sentences = sorted(_scored(case, near, tools.reader), key=lambda s: -s.probability)
    if not sentences:
        return replace(case, sentences=()).ends(Reason.NOT_READ)
    others = []
    if tools.reader.reads_across_languages:
        best = sentences[0]
        others = of_other_versions(best, question, found, retriever, glossary, case.today)
    return replace(
        case,
        sentences=tuple(sentences),
        elsewhere=tuple(_scored(case, others, tools.reader)),
        gap=nearest_gap(question, found, retriever, glossary),
        changed=f"{len(sentences)} sentences, {len(others)} in other languages",
        scores={sentence.quote: sentence.probability for sentence in sentences[:_TRACED]},
    )


def _scored(case: Case, near: Sequence[Evidence], reader: Reader) -> list[Evidence]:
    """The sentences, read for the question; a follow-up in its conversation.

    A reader that was not trained to see a conversation reads it completed and alone: it must be
    answered either way.
    """
    question, day = case.question, case.today
    if (
        case.history
        and reader.knows_conversations
        and not (case.starts_anew or case.is_whole_message)
    ):
        conversation = in_conversation(question.text, case.history)
        return as_read(reader, with_years(conversation, day), near)
    asked, alone = (with_years(text, day) for text in (question.search_text, question.text))
    scored = as_read(reader, asked, near)
    return scored if alone == asked else as_both(scored, as_read(reader, alone, near))
