"""Reads the sentences of the hits: how probably does each answer the question?"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from operator import attrgetter

from bot.answers.case import Case, Outcome, Tools
from bot.answers.clauses import clauses
from bot.answers.decision import THRESHOLD
from bot.answers.evidence import (
    Evidence,
    as_both,
    as_read,
    in_turn,
    of_other_versions,
    sentences_of,
)
from bot.answers.gaps import nearest_gap
from bot.answers.reasons import Reason
from index.glossary import aligned
from index.reader import in_conversation
from index.times import with_years

_TRACED = 3
_PROBABILITY = attrgetter("probability")


def read(case: Case, tools: Tools) -> Case | Outcome:
    """Score the sentences of the hits; find what documents do not hold; end without a sentence.

    The best one's document is read in its other languages too: the same is asked of two texts.
    What may be clauses is read one by one: each may have a sentence of its own.
    """
    question, found = case.question, case.found
    retriever, glossary = tools.retriever, tools.glossary
    near = sentences_of(question, found, retriever, glossary, case.today)
    sentences = sorted(_scored(case, near, tools), key=lambda s: -s.probability)
    if not sentences:
        return replace(case, sentences=(), of_clauses=()).ends(Reason.NOT_READ)
    of_clauses = _of_clauses(sentences, case, tools)
    best, elsewhere = sentences[0], []
    answers_all = best.probability >= min(map(_PROBABILITY, of_clauses), default=0.0)
    if tools.reader.reads_across_languages and answers_all:
        elsewhere = of_other_versions(best, question, found, retriever, glossary, case.today)
    return replace(
        case,
        sentences=tuple(sentences),
        of_clauses=of_clauses,
        elsewhere=tuple(_scored(case, elsewhere, tools)),
        gap=nearest_gap(question, found, retriever, glossary),
        changed=f"{len(sentences)} sentences, {len(elsewhere)} in other languages",
        scores={sentence.quote: sentence.probability for sentence in sentences[:_TRACED]},
    )


def _of_clauses(sentences: Sequence[Evidence], case: Case, tools: Tools) -> tuple[Evidence, ...]:
    """The sentence that answers each clause, in the way of splitting that reads best.

    None unless each clause has one of its own; one that rather answers than not where nothing
    answers the whole. The parts of a message that names several years or things are split
    already.
    """
    question = case.question
    if len(sentences) == 1 or question.label not in ("", question.asked):
        return ()
    text = aligned(question.text)
    names = [(mention.start, mention.end) for mention in tools.glossary.mentions(text)]
    is_answered = tools.fit.answers(sentences[0].probability)
    best: tuple[Evidence, ...] = ()
    surest = 0.0 if is_answered else THRESHOLD
    read_for = cache(partial(as_read, tools.reader, sentences=sentences))  # ways share clauses
    for way in clauses(text, names):
        asked = in_turn(tools.reader, way)
        each = tuple(max(read_for(clause), key=_PROBABILITY) for clause in asked)
        least = min(map(_PROBABILITY, each))
        has_own = len({sentence.quote for sentence in each}) == len(each)
        if has_own and least > surest and tools.fit.answers(least):
            best, surest = each, least
    return best


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
