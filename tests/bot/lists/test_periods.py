"""Events take place in a month only if their dates say so."""

from datetime import date

import pytest

from bot.lists.filters import Filter
from bot.lists.kinds import EVENTS, ZONES
from bot.lists.periods import fits_time

TODAY = date(2026, 11, 25)
DAYS = {"start": "2025-10-15", "end": "2025-11-04", "certainty": "held"}
OPEN = {"start": "2025-06-19", "certainty": "held"}
MONTH = {"start": "2025-02", "end": "2025-04", "certainty": "held"}
YEAR = {"start": "2024", "end": "2024", "certainty": "held"}
YEARS_END = {"start": "2025-12-20", "end": "2026-01-05", "certainty": "held"}
USUAL = {
    "usual": [{"start": "04-15", "end": "05-05"}, {"start": "12-28", "end": "01-03"}],
    "certainty": "usual",
}
LEAP_DAY = {"usual": [{"start": "12-20", "end": "02-29"}], "certainty": "usual"}
UNKNOWN = {"certainty": "scheduled"}


def time(**values):
    return Filter({field: frozenset(found.split()) for field, found in values.items()})


def takes_place(document, wanted, today):
    (item,) = EVENTS.items(document)
    return fits_time(EVENTS.when(item, today), EVENTS.called(item), wanted, today)


@pytest.mark.parametrize(
    ("event", "wanted", "fits"),
    [
        (DAYS, time(month="*-10"), True),
        (DAYS, time(month="*-11"), True),
        (DAYS, time(month="*-03"), False),
        (DAYS, time(month="2025-10"), True),
        (DAYS, time(month="2024-10"), False),
        (DAYS, time(month="*-10", year="2025"), True),
        (DAYS, time(month="*-10", year="2024"), False),
        (DAYS, time(day="2025-10-20"), True),
        (DAYS, time(day="*-11-05"), False),
        (DAYS, time(season="autumn"), True),
        (DAYS, time(season="spring"), False),
        (OPEN, time(month="*-06"), True),
        (OPEN, time(month="*-07"), False),
        (OPEN, time(day="2025-06-20"), False),
        (MONTH, time(month="*-03"), True),
        (MONTH, time(day="2025-03-10"), False),
        (YEAR, time(year="2024"), True),
        *((YEAR, time(month=f"*-{month:02}"), False) for month in range(1, 13)),
        (YEAR, time(month="2024-10"), False),
        (YEARS_END, time(year="2026"), True),
        (YEARS_END, time(month="2026-01"), True),
        (YEARS_END, time(day="*-12-31"), True),
        (YEARS_END, time(month="*-06"), False),
        (USUAL, time(month="*-04"), True),
        (USUAL, time(month="*-01"), True),
        (USUAL, time(month="*-03"), False),
        (USUAL, time(month="2025-04"), False),
        (USUAL, time(year="2025"), False),
        (USUAL, time(season="spring"), True),
        (USUAL, time(season="autumn"), False),
        (USUAL, time(year="2026"), True),
        (USUAL, time(year="2027"), True),
        (USUAL, time(month="2026-12"), True),
        (USUAL, time(month="2027-01"), True),
        (USUAL, time(month="2027-04"), False),
        (USUAL, time(month="*-04", year="2025"), False),
        (USUAL, time(month="*-12", year="2026"), True),
        (USUAL, time(month="*-04", standing="upcoming"), True),
        (USUAL, time(standing="upcoming"), True),
        (USUAL, time(standing="running"), False),
        (USUAL, time(standing="past"), False),
        (USUAL, time(), True),
        (DAYS | {"usual": USUAL["usual"]}, time(month="2025-10"), True),
        (DAYS | {"usual": USUAL["usual"]}, time(standing="upcoming"), False),
        (LEAP_DAY, time(month="*-02"), True),
        (LEAP_DAY, time(month="*-03"), False),
        (UNKNOWN, time(), True),
        (UNKNOWN, time(month="*-04"), False),
        (DAYS, time(standing="upcoming"), False),
        (DAYS, time(standing="past"), True),
        (DAYS, time(standing="running"), False),
    ],
)
def test_an_event_fits_a_time_only_if_its_dates_say_so(make_document, event, wanted, fits):
    document = make_document("A fair.", title="A fair", event=event)

    assert takes_place(document, wanted, TODAY) is fits


def test_a_title_names_the_season_of_a_fair_of_which_only_the_year_is_known(make_document):
    autumn = make_document("A fair.", title="136th fair (autumn 2024)", event=YEAR)

    assert takes_place(autumn, time(season="autumn"), TODAY)
    assert not takes_place(autumn, time(season="spring"), TODAY)


def test_times_say_nothing_about_what_does_not_take_place(make_document):
    park = make_document("A park.", zone={"kind": "park-abroad", "country": "KH", "since": "2008"})

    (item,) = ZONES.items(park)

    assert ZONES.when(item, TODAY) is None


@pytest.mark.parametrize(
    ("event", "standing", "day", "fits"),
    [
        ({**DAYS, "certainty": "tentative"}, "past", TODAY, False),
        ({**DAYS, "certainty": "scheduled"}, "past", TODAY, False),
        ({**DAYS, "certainty": "scheduled"}, "running", date(2025, 10, 20), False),
        (DAYS, "running", date(2025, 10, 20), True),
        (OPEN, "running", date(2025, 6, 19), True),
        (OPEN, "running", date(2025, 7, 8), False),
    ],
)
def test_nothing_is_listed_as_over_or_running_that_no_source_says_is(
    make_document, event, standing, day, fits
):
    document = make_document("A fair.", title="A fair", event=event)

    assert takes_place(document, time(standing=standing), day) is fits
