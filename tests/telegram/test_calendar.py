"""An event as a calendar file."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from bot.chat.calendar import calendar_file


@pytest.fixture
def event_of(make_document):
    """`event_of(start=..., ...)`: the event of the calendar file, None if there is no file."""

    def read(language: str = "en", **facts: object):
        event = {"certainty": "scheduled"} | facts
        document = make_document(
            "Text", id="events/tea-fair", title="茶叶; Tea, fair", event=event
        )
        file = calendar_file(document, language)
        if file is None:
            return None
        assert file.name == "tea-fair.ics"
        (found,) = Calendar.from_ical(file.content).walk("VEVENT")
        return found

    return read


def test_an_event_lasts_from_its_first_day_to_its_last(event_of):
    event = event_of(start="2025-10-15", end="2025-11-04")

    assert event.decoded("dtstart") == date(2025, 10, 15)
    assert event.decoded("dtend") == date(2025, 11, 5)  # RFC 5545: the day after the last


def test_an_event_of_one_day_ends_on_the_next(event_of):
    event = event_of(start="2025-12-31", end="2025-12-31")

    assert event.decoded("dtstart") == date(2025, 12, 31)
    assert event.decoded("dtend") == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The documents do not say when it ends."), ("zh", "资料没有写明结束日期。")],
)
def test_no_end_is_invented(event_of, language, said):
    event = event_of(language, start="2025-12-31")

    assert event.decoded("dtstart") == date(2025, 12, 31)
    assert "dtend" not in event
    assert "duration" not in event
    assert str(event["description"]) == said
    assert "description" not in event_of(start="2025-12-31", end="2026-01-02")


def test_no_hours_are_invented(event_of):
    event = event_of(start="2025-10-15", end="2025-11-04")

    for key in ("dtstart", "dtend"):
        assert event[key].params["VALUE"] == "DATE"
        assert not isinstance(event.decoded(key), datetime)


@pytest.mark.parametrize(
    ("certainty", "status"), [("tentative", "TENTATIVE"), ("scheduled", None), ("held", None)]
)
def test_only_a_tentative_event_says_so(event_of, certainty, status):
    assert event_of(start="2026-05-20", certainty=certainty).get("status") == status


@pytest.mark.parametrize(
    "dates",
    [
        {},
        {"start": "2026-06"},
        {"start": "2026"},
        {"start": "2026-06-01", "end": "2026-07"},
        {"start": "2026-06", "end": "2026-06-30"},
    ],
)
def test_an_event_whose_days_are_not_known_has_no_file(event_of, dates):
    assert event_of(**dates) is None


def test_dates_known_only_about_make_no_file(event_of):
    assert event_of(start="2026-06-01~") is None


def test_a_usual_calendar_has_no_file(event_of):
    usual = [{"start": "03-18", "end": "03-21"}]

    assert event_of(certainty="usual", usual=usual) is None


def test_a_document_without_an_event_has_no_file(make_document):
    assert calendar_file(make_document("Text"), "en") is None


@pytest.mark.parametrize(("language", "country"), [("en", "China"), ("zh", "中国")])
def test_title_and_place_are_written_whole(event_of, language, country):
    event = event_of(language, start="2026-05-20", city="Kunming", country="CN")

    assert str(event["summary"]) == "茶叶; Tea, fair"
    assert str(event["location"]) == f"Kunming, {country}"


def test_an_event_without_a_place_has_none(event_of):
    assert not event_of(start="2026-05-20").get("location")


def test_the_same_event_keeps_its_identity(event_of):
    first, second = event_of(start="2026-05-20"), event_of(start="2026-05-21")

    assert first["uid"] == second["uid"] == "events/tea-fair@smebot"
    assert abs((datetime.now(UTC) - first.decoded("dtstamp")).total_seconds()) < 60
