"""What lists say of the time of an event: its remark, and whether it may still be visited."""

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


@pytest.fixture(scope="module")
def fairs(retriever_of, desk_document):
    """Search in an index of one document for each fair."""
    return retriever_of(
        *(
            desk_document(f"events/{name}.en", f"The fair of {name}.", title=name, event=facts)
            for name, facts in FAIRS.items()
        )
    )


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
                "guangzhou — 15 October 2025 – 4 November 2025, over",
                "jakarta — May 2025, over",
                "yekaterinburg — 7 July 2025 – 10 July 2025, whether it took place is not stated",
                "nanning — September 2025, whether it took place is not stated",
            ],
        ),
        (date(2025, 9, 30), ["nanning — September 2025, dates tentative"]),
    ],
)
def test_a_list_says_of_each_event_what_its_dates_allow(fairs, day, lines):
    page = ListsView(Lists(fairs, Glossary()), "en", day).page(EVENTS, "", 0)

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

    assert {document.metadata.title for document in found} == left
