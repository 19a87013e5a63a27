"""Decides whether the hits answer the question at all."""

import re
from collections.abc import Sequence

from bot.answers.evidence import coverage
from bot.answers.question import Question
from index import Hit, Retriever, countries_in, primary

_MIN_COVERAGE = 0.45
"""Share of the question's weight that the best passage must carry, in the same language."""
_MIN_SCORE = 0.83
"""Cosine below which no passage of another language is taken to answer."""
_MISSING_COUNTRY_COVERAGE = 0.6
"""A passage that does not name the country asked about must carry more of the rest."""


def answering(question: Question, hits: Sequence[Hit], retriever: Retriever) -> list[Hit]:
    """The hits that may answer, in their order; none means that the documents do not hold it."""
    fitting = [hit for hit in hits if not _misses_what_is_named(question, hit, retriever)]
    if not fitting or not _is_about_it(question, fitting, retriever):
        return []
    return fitting


def _misses_what_is_named(question: Question, hit: Hit, retriever: Retriever) -> bool:
    """Near misses: another year, another edition, another code than the question names."""
    document = retriever.document(hit.passage)
    context = retriever.context(hit.passage)
    text = f"{document.metadata.title}\n{document.text}"
    if any(str(year) not in text for year in question.years):
        return True
    if any(not re.search(rf"(?<!\d){number}(?!\d)", context) for number in question.editions):
        return True
    return any(code not in text for code in question.codes)


def _is_about_it(question: Question, hits: Sequence[Hit], retriever: Retriever) -> bool:
    best = hits[0]
    if primary(best.passage.language) != primary(question.language):
        return max(hit.score for hit in hits[:3]) >= _MIN_SCORE
    covered = max(coverage(question, retriever.context(hit.passage), retriever) for hit in hits[:3])
    needed = _MIN_COVERAGE
    if question.countries and not any(
        _names_country(question, hit, retriever) for hit in hits[:3]
    ):
        needed = _MISSING_COUNTRY_COVERAGE
    return covered >= needed


def _names_country(question: Question, hit: Hit, retriever: Retriever) -> bool:
    named = set(retriever.document(hit.passage).metadata.countries)
    return bool(question.countries & (named | countries_in(retriever.context(hit.passage))))
