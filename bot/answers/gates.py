"""Drops what names another year, edition, code, place or thing than a question does."""

from collections.abc import Set
from dataclasses import replace
from datetime import date

from bot.answers.clauses import asking_part, compares
from bot.answers.question import Question
from bot.dates import has_expired
from index import Document, Found, Glossary, Remark, Retriever
from index.constraints import Constraints, read_constraints
from index.keeping import kept_with
from index.matching import matches


@kept_with("glossary", 2**4)
def constraints_of(question: Question, glossary: Glossary) -> Constraints:
    """What an answer to a question must not miss."""
    read = read_constraints(
        question.text,
        question.language,
        None,
        glossary,
        earlier=question.earlier,
        talked_of=question.talked_of,
        asking=asking_part(question.text),
    )
    return replace(
        read,
        years=question.years,
        months=question.months,
        editions=question.editions,
        codes=question.codes,
        countries=question.countries,
        compares=compares(question),
    )


def reasons_against(
    question: Question, found: Found, retriever: Retriever, glossary: Glossary, today: date
) -> list[Remark | None]:
    """For each hit why it cannot answer: what it names instead, or its time; None if it may."""
    if not found.hits:
        return []
    asked = constraints_of(question, glossary)
    documents = [retriever.document(hit.passage) for hit in found.hits]
    stems = {document.stem for document in documents if document.is_known(today)}
    return [
        _at_another_time(document, stems, question, today)
        or matches(asked, retriever.facts(hit.passage))
        for hit, document in zip(found.hits, documents, strict=True)
    ]


def _at_another_time(
    document: Document, found: Set[str], question: Question, today: date
) -> Remark | None:
    """Why a document is not of the day of the question.

    It was published later, or it has expired and what replaced it was found too; who names a year
    may mean the old one.
    """
    if not document.is_known(today):
        return Remark.of("published_later", "published after {day}", day=today)
    new = document.metadata.replaced_by
    is_replaced = new in found and has_expired(document, today) and not question.years
    return (
        Remark.of("was_replaced", "replaced by {document}", document=new) if is_replaced else None
    )
