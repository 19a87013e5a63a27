"""A citation: a quote, who stands behind it, and as of when it is."""

import pytest

from bot.answers.values import Citation


@pytest.fixture
def cited(desk_document):
    """`cited(words, **metadata)`: the citation of some words of a park's document."""

    def cite(words, **metadata):
        park = desk_document("zones/park.en", "The park is large. It has 52 firms.", **metadata)
        start = park.text.index(words)
        return Citation(
            number=1,
            document=park,
            quote=words,
            start=start,
            end=start + len(words),
            language="en",
        )

    return cite


@pytest.mark.parametrize(
    ("published", "is_shown"), [("2026-03-05", True), ("2026-03", True), ("2025-12", False)]
)
def test_a_quote_is_as_of_no_later_day_than_its_sources_are_of(cited, published, is_shown):
    sources = [{"publisher": "Tea Board", "published": published}]

    citation = cited("It has 52 firms.", as_of="2026-03-05", sources=sources)

    assert (citation.as_of is not None) is is_shown


def test_without_a_dated_source_the_day_of_the_document_is_told(cited):
    citation = cited("It has 52 firms.", as_of="2026-03-05", sources=[{"publisher": "Tea Board"}])

    assert str(citation.as_of.text) == "2026-03-05"


def test_a_document_that_names_no_day_has_none(cited):
    assert cited("It has 52 firms.", sources=[{"publisher": "Tea Board"}]).as_of is None
