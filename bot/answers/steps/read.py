"""Reads the sentences of the hits: how probably does each answer the question?"""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from bot.answers.case import Case, Outcome, Tools
from bot.answers.clauses import clauses
from bot.answers.evidence import (
    Evidence,
    as_both,
    as_read,
    by_clause,
    of_other_versions,
    sentences_of,
)
from bot.answers.gaps import nearest_gap
from bot.answers.reasons import Reason
from index.reader import in_conversation
from index.times import with_years

_TRACED = 3


def read(case: Case, tools: Tools) -> Case | Outcome:
    """Score the sentences of the hits; find what documents do not hold; end without a sentence.

    The best one's document is read in its other languages too: the same is asked of two texts.
    Clauses that no sentence answers together are read one by one: each may have its own.
    """
    question, found = case.question, case.found
    retriever, glossary = tools.retriever, tools.glossary
    near = sentences_of(question, found, retriever, glossary, case.today)
    sentences = sorted(_scored(case, near, tools), key=lambda s: -s.probability)
    if not sentences:
        return replace(case, sentences=()).ends(Reason.NOT_READ)
    of_clauses = _of_clauses(sentences, case, tools)
    sentences = sorted(of_clauses, key=lambda s: -s.probability) or sentences
    others = []
    if tools.reader.reads_across_languages and not of_clauses:
        best = sentences[0]
        others = of_other_versions(best, question, found, retriever, glossary, case.today)
    return replace(
        case,
        sentences=tuple(sentences),
        elsewhere=tuple(_scored(case, others, tools)),
        gap=nearest_gap(question, found, retriever, glossary),
        changed=f"{len(sentences)} sentences, {len(others)} in other languages",
        scores={sentence.quote: sentence.probability for sentence in sentences[:_TRACED]},
    )


def _of_clauses(sentences: Sequence[Evidence], case: Case, tools: Tools) -> list[Evidence]:
    """The sentences as read for the clause that each answers best; none if one clause has none."""
    asked = clauses(case.question)
    if len(asked) == 1 or tools.fit.answers(sentences[0].probability):
        return []
    read_ones = by_clause(tools.reader, asked, sentences)
    best = (max(sentence.probability for sentence in of_one) for of_one in read_ones)
    if not all(map(tools.fit.answers, best)):
        return []
    return [max(of_one, key=attrgetter("probability")) for of_one in zip(*read_ones, strict=True)]


def _scored(case: Case, near: Sequence[Evidence], tools: Tools) -> list[Evidence]:
    """The sentences, read for the question; a follow-up in its conversation.

    A reader that was not trained to see a conversation reads it completed and alone: it must be
    answered either way.
    """
    question, day, reader = case.question, case.today, tools.reader
    if case.history and reader.knows_conversations and not case.is_whole_message:
        conversation = in_conversation(question.text, case.history)
        read_ones = as_read(reader, with_years(conversation, day), near)
        worth = tools.fit.told_in_conversation
        return [replace(one, probability=worth(one.probability)) for one in read_ones]
    asked, alone = (with_years(text, day) for text in (question.search_text, question.text))
    scored = as_read(reader, asked, near)
    return scored if alone == asked else as_both(scored, as_read(reader, alone, near))
