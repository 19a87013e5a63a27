"""Drops what names another year, edition, code, place or thing than a question does."""

from dataclasses import replace
from functools import lru_cache

from bot.answers.asides import asking_part
from bot.answers.clauses import clauses, compares
from bot.answers.question import Question
from index import (
    Constraints,
    Document,
    EntryKind,
    Facts,
    Found,
    Glossary,
    Retriever,
    facts_of,
    matches,
    read_constraints,
)


@lru_cache(maxsize=2**4)
def constraints_of(question: Question, glossary: Glossary) -> Constraints:
    """What an answer to a question must not miss."""
    read = read_constraints(
        question.text,
        question.language,
        None,
        glossary,
        earlier=question.search_text.removesuffix(question.text),
        asking=asking_part(question.text),
    )
    return replace(
        read,
        named=_with_home(read.named, question, glossary),
        years=question.years,
        months=question.months,
        editions=question.editions,
        codes=question.codes,
        countries=question.countries,
        compares=compares(question),
    )


def _with_home(named: Facts, question: Question, glossary: Glossary) -> Facts:
    """With the place that a message tells of its sender, unless its question names one."""
    if not question.told or question.countries or named.provinces or named.cities:
        return named
    told = facts_of(question.told, glossary)
    return replace(named, cities=told.cities, provinces=told.provinces)


def with_subjects(
    constraints: Constraints, question: Question, best: Document, glossary: Glossary
) -> Constraints:
    """The same, where all terms asked about are in the best document's title: it is about them."""
    kinds = (EntryKind.TERM, EntryKind.POLICY)
    asked = constraints.named.entries_of(kinds)
    title = facts_of(best.metadata.title, glossary).entries
    if not asked <= title or constraints.compares or len(clauses(question)) != 1:
        return constraints
    return replace(constraints, subjects=asked)


def reasons_against(
    question: Question, found: Found, retriever: Retriever, glossary: Glossary
) -> list[str | None]:
    """For each hit why it cannot answer: what it names instead; None if it may."""
    if not found.hits:
        return []
    asked = constraints_of(question, glossary)
    best = retriever.document(found.hits[0].passage)
    asked = with_subjects(asked, question, best, glossary)
    return [matches(asked, retriever.facts(hit.passage)) for hit in found.hits]
