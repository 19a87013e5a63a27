"""The values: partial dates, typed facts, who stands behind which span."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from index.documents import (
    Document,
    EventFacts,
    Metadata,
    Passage,
    Source,
    SourceSpan,
)
from index.partial_date import PartialDate


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2025-02-08", date(2025, 2, 8), date(2025, 2, 8)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2016~", date(2016, 1, 1), date(2016, 12, 31)),
        (2025, date(2025, 1, 1), date(2025, 12, 31)),
        (date(2025, 2, 8), date(2025, 2, 8), date(2025, 2, 8)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_partial_date_spans_the_days_it_may_mean(written, first, last):
    found = PartialDate.parse(written)

    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "written", ["2025-13", "2025-02-30", "2025-2-8", "08.02.2025", "soon", "", "25", "2025-02-08x"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match=r"no date|must be in|out of range"):
        PartialDate.parse(written)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
@settings(deadline=None)
def test_a_day_lies_within_every_shorter_way_to_write_it(day, length):
    found = PartialDate.parse(day.isoformat()[:length])

    assert found.first <= day <= found.last
    assert str(found) == day.isoformat()[:length]


def test_partial_dates_are_ordered_by_their_first_day():
    dates = [PartialDate.parse(text) for text in ("2025-11", "2024", "2025-02-08")]

    assert [str(found) for found in sorted(dates)] == ["2024", "2025-02-08", "2025-11"]


def test_a_source_that_was_read_needs_a_publisher():
    with pytest.raises(ValidationError, match="needs a publisher"):
        Source(title="A notice")


def test_a_known_fact_needs_no_publisher():
    source = Source.model_validate({"confidence": "known"})

    assert source.publisher is None


@pytest.mark.parametrize("url", ["ftp://example.org/a", "example.org", "https://a b", "https://"])
def test_the_address_of_a_source_is_a_web_address(url):
    with pytest.raises(ValidationError, match="url"):
        Source(publisher="Ministry", url=url)


def test_an_event_does_not_end_before_it_begins():
    with pytest.raises(ValidationError, match="lies before start"):
        EventFacts.model_validate({"start": "2025-11", "end": "2025-10-31", "certainty": "held"})


def test_an_event_may_end_within_the_month_in_which_it_begins():
    event = EventFacts.model_validate(
        {"start": "2025-10-15", "end": "2025-10", "certainty": "scheduled"}
    )

    assert str(event.end) == "2025-10"


def test_a_usual_calendar_has_no_dates_of_one_year():
    with pytest.raises(ValidationError, match="usual"):
        EventFacts.model_validate({"start": "2025", "certainty": "usual"})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("countries", ["China"]),
        ("countries", ["cn"]),
        ("provinces", ["Guangdong"]),
        ("language", "Chinese"),
        ("topic", "weather"),
        ("title", ""),
        ("zone", {"kind": "free-trade-zone", "country": "CN", "area_km2": 0}),
        ("zone", {"kind": "free-trade-zone", "country": "CN", "firms": {"count": 3}}),
        ("event", {"certainty": "held", "edition": 0}),
        ("event", {"certainty": "usual", "usual": [{"start": "13-01", "end": "12-31"}]}),
        ("event", {"certainty": "held", "series": "Canton Fair"}),
        (
            "financing",
            {"kind": "loan", "limits": [{"amount": 5, "currency": "yuan", "year": 2025}]},
        ),
    ],
)
def test_metadata_refuse_values_of_the_wrong_form(key, value):
    with pytest.raises(ValidationError, match=key):
        Metadata.model_validate({"title": "Fair", "language": "en", key: value})


def test_metadata_survive_being_written_as_json():
    metadata = Metadata.model_validate(
        {
            "title": "第138届广交会",
            "language": "zh-Hant",
            "topic": "events",
            "as_of": "2025-11",
            "sources": [{"publisher": "Ministry", "published": "2016~"}],
            "event": {"start": "2025-10-15", "end": "2025-11-04", "certainty": "held"},
            "zone": {"kind": "park-abroad", "country": "EG", "area_km2": "7.34"},
        }
    )

    again = Metadata.model_validate(metadata.model_dump(mode="json", exclude_defaults=True))

    assert again == metadata


@pytest.fixture
def sourced() -> Document:
    """Two sources: the first behind characters 0 to 10, both behind 10 to 20."""
    return Document(
        id="doc",
        stem="doc",
        metadata=Metadata(
            title="Fair",
            language="en",
            sources=(Source(publisher="First"), Source(publisher="Second")),
        ),
        text="x" * 30,
        source_spans=(SourceSpan(0, 10, (0,)), SourceSpan(10, 20, (1, 0))),
    )


@pytest.mark.parametrize(
    ("start", "end", "publishers"),
    [
        (0, 5, ["First"]),
        (9, 10, ["First"]),
        (10, 12, ["Second", "First"]),
        (5, 15, ["First", "Second"]),
        (25, 30, ["First", "Second"]),
    ],
)
def test_sources_of_a_span_are_those_marked_or_all(sourced, start, end, publishers):
    found = sourced.sources_of(start, end)

    assert [source.publisher for source in found] == publishers


@pytest.mark.parametrize(
    ("start", "end", "caveats"),
    [
        (0, 5, ["All of it.", "The first."]),
        (10, 12, ["All of it.", "The first.", "The second."]),
        (25, 30, ["All of it.", "The first.", "The second."]),
    ],
)
def test_a_caveat_with_marks_concerns_what_rests_on_those_sources(sourced, start, end, caveats):
    metadata = sourced.metadata.model_copy(
        update={"caveats": ("All of it.", "The first.[^1]", "The second. [^2][^2]")}
    )

    assert replace(sourced, metadata=metadata).caveats_for(start, end) == caveats


def test_what_looks_back_is_known_on_days_before_its_sources():
    source = {"publisher": "Customs", "published": "2026-01"}
    later = Metadata(title="Grades", language="en", sources=[source], valid_until="2026-03-31")
    document = Document(id="doc", stem="doc", metadata=later, text="Three grades.")
    looking_back = later.model_copy(update={"retrospective": True})

    assert not document.is_known(date(2025, 6, 1))
    assert replace(document, metadata=looking_back).is_known(date(2025, 6, 1), 0, 5)


def test_what_looks_back_says_until_when_it_held():
    with pytest.raises(ValidationError, match="valid_until"):
        Metadata(title="Grades", language="en", retrospective=True)


def test_passages_of_one_document_have_different_ids():
    passages = [
        Passage(document="a", start=start, end=9, text="", headings=(), language="en")
        for start in (0, 4)
    ]

    assert len({passage.id for passage in passages}) == 2
