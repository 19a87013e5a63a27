"""What lists say of the time of an event: its remark, its place in the order, what is next."""

from datetime import date

import pytest

from bot.chat.lists_view import ListsView
from bot.dates import EventStatus
from bot.lists.filters import Filter
from bot.lists.kinds import EVENTS
from bot.lists.listing import Lists
from bot.lists.request import ListRequest
from bot.texts import INTERFACE_LANGUAGES, interface
from index import Glossary

FAIRS = {
    "kunming": {"start": "2025-06-19", "certainty": "held"},
    "guangzhou": {"start": "2025-10-15", "end": "2025-11-04", "certainty": "held"},
    "jakarta": {"start": "2025-05", "end": "2025-05", "certainty": "held"},
    "yekaterinburg": {"start": "2025-07-07", "end": "2025-07-10", "certainty": "scheduled"},
    "nanning": {"start": "2025-09", "certainty": "tentative"},
}
USUAL = [{"start": "04-15", "end": "05-05"}, {"start": "10-15", "end": "11-04"}]
USUAL_JUNE = [{"start": "06-01", "end": "06-03"}]
SERIES = {
    "tea": {"series": "tea", "usual": USUAL, "certainty": "usual"},
    "spring tea": {"series": "tea", "start": "2026-04-17", "end": "2026-05-07"},
    "autumn tea": {"series": "tea", "start": "2026-10-15", "end": "2026-11-04"},
    "lamp": {"series": "lamp", "usual": USUAL_JUNE, "certainty": "usual"},
    "silk": {"edition": 1},
    "old": {"series": "lamp", "start": "2025-06-01", "end": "2025-06-03", "certainty": "held"},
    "older": {"start": "2024-06-01", "end": "2024-06-03", "certainty": "held"}
    | {"city": "Haikou", "edition": 1},
}
PUBLISHED = {"spring tea": "2026-04-08", "autumn tea": "2026-09-18"}
NOT_HELD = {"certainty": "scheduled", "country": "CN"}


@pytest.fixture(scope="module")
def fairs(retriever_of, desk_document):
    """Search in an index of one document for each fair."""
    return retriever_of(
        *(
            desk_document(
                f"events/{name}.en",
                f"The fair of {name}.",
                title=name,
                event=facts,
                sources=[{"publisher": "Ministry of Commerce", "published": "2025-01-06"}],
            )
            for name, facts in FAIRS.items()
        )
    )


@pytest.fixture(scope="module")
def series(retriever_of, desk_document):
    """Lists of usual calendars, of their editions, announced one after the other, and others."""
    documents = (
        desk_document(
            f"events/{name.replace(' ', '-')}.en",
            f"The {name} fair sells baskets.",
            title=name,
            event=NOT_HELD | facts,
            sources=[{"publisher": "Xinhua", "published": PUBLISHED.get(name, "2025-11-06")}],
        )
        for name, facts in SERIES.items()
    )
    return Lists(retriever_of(*documents), Glossary())


def titles(listing):
    return [entry.item.document.metadata.title for entry in listing.entries]


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (
            date(2025, 5, 10),
            ["jakarta — May 2025, exact days not stated", "kunming — 19 June 2025, upcoming"],
        ),
        (date(2025, 6, 20), ["kunming — from 19 June 2025, end not stated"]),
        (
            date(2026, 11, 25),
            [
                "kunming — from 19 June 2025, over",
                "guangzhou — 15 October – 4 November 2025, over",
                "jakarta — May 2025, over",
                "yekaterinburg — 7–10 July 2025, dates have passed, no report in my documents",
                "nanning — September 2025, dates have passed, no report in my documents",
            ],
        ),
        (date(2025, 9, 30), ["nanning — September 2025, dates tentative"]),
    ],
)
def test_a_list_says_of_each_event_what_its_dates_allow(fairs, day, lines):
    page = ListsView(Lists(fairs, Glossary()), "en", day).page(EVENTS, "2025", 0)

    shown = page.text.text.split("\n")
    assert {f"· {line}" for line in lines} <= set(shown)


@pytest.mark.parametrize("status", sorted(set(EventStatus) - {EventStatus.USUAL}))
def test_every_list_can_say_where_something_stands(status):
    assert all(interface(f"stands_{status}", code) for code in INTERFACE_LANGUAGES)


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2025, 5, 10), {*FAIRS}),
        (date(2025, 6, 20), {*FAIRS} - {"jakarta"}),
        (date(2025, 7, 11), {*FAIRS} - {"jakarta", "yekaterinburg"}),
        (date(2025, 9, 30), {"guangzhou", "nanning"}),
        (date(2025, 10, 1), {"guangzhou"}),
        (date(2025, 11, 5), set()),
    ],
)
def test_what_may_still_be_visited_is_upcoming_and_nothing_else(fairs, day, left):
    request = ListRequest(EVENTS, Filter.of([("standing", "upcoming")]))

    found = Lists(fairs, Glossary()).requested(request, "en", day)

    assert {item.document.metadata.title for item in found} == left


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 7), "2026-04-15"),
        (date(2026, 4, 8), None),
        (date(2026, 5, 7), None),
        (date(2026, 5, 8), "2026-10-15"),
        (date(2026, 9, 18), None),
        (date(2026, 11, 5), "2027-04-15"),
    ],
)
def test_an_announced_edition_takes_the_place_of_the_usual_calendar(series, day, expected):
    """From the day it is announced until the day it is over."""
    (calendar,) = EVENTS.items(series.retriever.snapshot.documents["events/tea.en"])

    period = series.when(EVENTS, calendar, day)

    assert period.status is (EventStatus.EXPECTED if expected else EventStatus.USUAL)
    assert (period.start and str(period.start)) == expected


@pytest.mark.parametrize(
    ("day", "next_one"),
    [
        (date(2026, 4, 7), None),
        (date(2026, 4, 8), "spring tea"),
        (date(2026, 9, 18), "autumn tea"),
        (date(2026, 11, 5), None),
    ],
)
def test_the_announced_edition_of_a_series_is_the_next(series, day, next_one):
    item = series.announced(EVENTS, "tea", "en", day)

    assert (item and item.document.metadata.title) == next_one


@pytest.mark.parametrize(
    ("words", "day", "found"),
    [
        ("upcoming", date(2026, 3, 1), ["tea", "lamp"]),
        ("2026", date(2026, 3, 1), ["tea", "lamp"]),
        ("April 2026", date(2026, 3, 1), ["tea"]),
        ("October 2026", date(2026, 3, 1), []),
        ("October 2025", date(2026, 3, 1), []),
        ("2025 October", date(2026, 3, 1), []),
        ("October", date(2026, 3, 1), ["tea"]),
        ("upcoming", date(2026, 4, 8), ["spring tea", "lamp"]),
        ("April 2026", date(2026, 4, 8), ["spring tea"]),
        ("October", date(2026, 4, 8), ["tea"]),
        ("running", date(2026, 6, 2), []),
    ],
)
def test_a_usual_calendar_counts_as_the_session_that_is_expected(series, words, day, found):
    assert titles(series.narrowed(words, EVENTS, "en", day)) == found


@pytest.mark.parametrize(
    ("words", "day", "found"),
    [
        ("baskets", date(2026, 10, 20), ["autumn tea", "lamp", "silk", "tea"]),
        ("2024-2027", date(2026, 10, 20), ["autumn tea", "lamp", "spring tea", "old", "older"]),
        ("", date(2026, 3, 1), ["tea", "lamp", "silk"]),
    ],
)
def test_what_comes_next_is_first_and_what_is_over_is_last(series, words, day, found):
    assert titles(series.narrowed(words, EVENTS, "en", day)) == found


def test_a_question_about_what_is_coming_gets_it_in_the_order_of_its_days(series):
    request = ListRequest(EVENTS, Filter.of([("standing", "upcoming")]))

    found = series.requested(request, "en", date(2026, 3, 1))

    assert [item.document.metadata.title for item in found] == ["tea", "lamp"]


@pytest.mark.parametrize(
    ("words", "found", "past"),
    [
        ("", ["tea", "lamp", "silk"], 2),
        ("medical devices", ["tea", "lamp", "silk"], 2),
        ("baskets", ["tea", "lamp", "silk"], 2),
        ("Haikou", ["older"], 0),
        ("2025", ["old"], 0),
        ("June", ["lamp", "old", "older"], 0),
        ("past", ["old", "older"], 0),
        ("the 1st", ["silk", "older"], 0),
    ],
)
def test_what_is_over_is_left_out_and_counted_unless_it_may_be_meant(series, words, found, past):
    """A time or an edition may mean it, and so may what finds nothing else."""
    listing = series.narrowed(words, EVENTS, "en", date(2026, 3, 1))

    assert (titles(listing), listing.past) == (found, past)


def test_where_all_is_over_it_is_said(series):
    day = date(2031, 3, 1)
    listing = series.narrowed("Haikou", EVENTS, "en", day)

    assert (titles(listing), listing.past, listing.all_is_over) == (["older"], 0, True)
    page = ListsView(series, "en", day).page(EVENTS, "Haikou", 0)
    assert interface("list_all_over", "en") in page.text.text
    assert not series.narrowed("", EVENTS, "en", date(2026, 3, 1)).all_is_over


@pytest.mark.parametrize(
    "words", ["", "baskets", "not in Haikou", "medical devices", "China " + "x" * 46]
)
@pytest.mark.parametrize(("language", "over"), [("en", "past"), ("zh", "已结束")])
def test_what_is_over_stands_behind_a_button(series, words, language, over):
    view = ListsView(series, language, date(2026, 3, 1))
    page = view.page(EVENTS, words, 0)
    (button,) = page.rows[-1]

    _, letter, number, carried = button.data.split(":")
    past = view.page(view.kind(letter), carried, int(number))

    assert button.label == interface("past_events", language, count=2)
    assert [row[0].label for row in past.rows] == ["old", "older"]
    assert over in past.text.text.split("\n")[0]


@pytest.mark.parametrize("words", ["2025", "past", "Haikou", "June"])
def test_where_nothing_was_left_out_no_button_says_so(series, words):
    rows = ListsView(series, "en", date(2026, 3, 1)).page(EVENTS, words, 0).rows

    assert rows
    assert all(button.data.startswith("c:") for row in rows for button in row)
