"""Where an event stands on a day, and what is said of it: never more than the source states."""

from datetime import date, timedelta

import pytest

from bot.dates import (
    LONGEST_EVENT_DAYS,
    event_note,
    event_status,
    next_usual,
    written,
    written_days,
)
from bot.texts import LANGUAGES
from index import PartialDate
from index.documents import EventFacts

SPOKEN = [*LANGUAGES, "zh-Hant"]
KUNMING = {"start": "2025-06-19", "certainty": "held"}
CANTON = {"start": "2025-10-15", "end": "2025-11-04", "certainty": "held"}
JAKARTA = {"start": "2025-05", "end": "2025-05", "certainty": "held"}
MEETINGS = {"start": "2025-02", "end": "2025-04", "certainty": "scheduled"}
YEAR_ONLY = {"start": "2024", "end": "2024", "certainty": "held"}
NANNING = {"start": "2026-09", "certainty": "tentative"}
NANNING_DAYS = {"start": "2026-09-17", "end": "2026-09-21", "certainty": "tentative"}
RUSSIA = {"start": "2025-07-07", "end": "2025-07-10", "certainty": "scheduled"}
ANNOUNCED = {"start": "2025-07-07", "certainty": "scheduled"}
ABOUT_APRIL = {"start": "2025-04~", "certainty": "held"}
LATE_MAY = {"start": "2025-04-25", "end": "2025-05", "certainty": "held"}
TWICE_A_YEAR = {
    "usual": [{"start": "04-15", "end": "05-05"}, {"start": "10-15", "end": "11-04"}],
    "certainty": "usual",
}
YEARS_END = {"usual": [{"start": "12-28", "end": "01-03"}], "certainty": "usual"}
LEAP_DAY = {"usual": [{"start": "02-20", "end": "02-29"}], "certainty": "usual"}
LIMIT = date(2025, 6, 19) + timedelta(days=LONGEST_EVENT_DAYS)


def note_of(make_document, facts, day, language="en"):
    document = make_document("Text", title="Tea fair", event=facts)
    return event_note(document, event_status(document.metadata.event, day), language)


@pytest.mark.parametrize(
    ("facts", "day", "status"),
    [
        (KUNMING, date(2025, 6, 18), "upcoming"),
        (KUNMING, date(2025, 6, 19), "opened"),
        (KUNMING, date(2025, 6, 20), "opened"),
        (KUNMING, LIMIT, "opened"),
        (KUNMING, LIMIT + timedelta(days=1), "past"),
        (CANTON, date(2025, 10, 14), "upcoming"),
        (CANTON, date(2025, 10, 15), "running"),
        (CANTON, date(2025, 11, 4), "running"),
        (CANTON, date(2025, 11, 5), "past"),
        (JAKARTA, date(2025, 4, 30), "upcoming"),
        (JAKARTA, date(2025, 5, 1), "due"),
        (JAKARTA, date(2025, 5, 31), "due"),
        (JAKARTA, date(2025, 6, 1), "past"),
        (MEETINGS, date(2025, 2, 10), "due"),
        (MEETINGS, date(2025, 3, 10), "planned"),
        (MEETINGS, date(2025, 4, 10), "due"),
        (MEETINGS, date(2025, 5, 1), "unconfirmed"),
        (YEAR_ONLY, date(2024, 7, 1), "due"),
        (YEAR_ONLY, date(2025, 1, 1), "past"),
        (NANNING, date(2026, 8, 31), "tentative"),
        (NANNING, date(2026, 9, 30), "tentative"),
        (NANNING, date(2026, 10, 1), "unconfirmed"),
        (NANNING, date(2031, 1, 1), "unconfirmed"),
        (NANNING_DAYS, date(2026, 9, 18), "tentative"),
        (NANNING_DAYS, date(2026, 9, 22), "unconfirmed"),
        (RUSSIA, date(2025, 7, 7), "planned"),
        (RUSSIA, date(2025, 7, 11), "unconfirmed"),
        (ANNOUNCED, date(2025, 7, 8), "planned"),
        (ANNOUNCED, date(2026, 7, 8), "unconfirmed"),
        (LATE_MAY, date(2025, 4, 26), "running"),
        (LATE_MAY, date(2025, 5, 2), "due"),
        ({"certainty": "held"}, date(2025, 7, 8), None),
        ({"certainty": "usual"}, date(2025, 7, 8), "usual"),
    ],
)
def test_an_event_stands_where_its_stated_dates_put_it(facts, day, status):
    assert event_status(EventFacts.model_validate(facts), day) == status


@pytest.mark.parametrize(
    ("facts", "day", "session"),
    [
        (TWICE_A_YEAR, date(2026, 4, 14), "2026-04-15 2026-05-05"),
        (TWICE_A_YEAR, date(2026, 4, 20), "2026-04-15 2026-05-05"),
        (TWICE_A_YEAR, date(2026, 5, 5), "2026-04-15 2026-05-05"),
        (TWICE_A_YEAR, date(2026, 5, 6), "2026-10-15 2026-11-04"),
        (TWICE_A_YEAR, date(2026, 11, 5), "2027-04-15 2027-05-05"),
        (YEARS_END, date(2026, 12, 27), "2026-12-28 2027-01-03"),
        (YEARS_END, date(2026, 12, 31), "2026-12-28 2027-01-03"),
        (YEARS_END, date(2027, 1, 3), "2026-12-28 2027-01-03"),
        (YEARS_END, date(2027, 1, 4), "2027-12-28 2028-01-03"),
        (LEAP_DAY, date(2027, 2, 1), "2027-02-20 2027-02-28"),
        (LEAP_DAY, date(2028, 2, 29), "2028-02-20 2028-02-29"),
    ],
)
def test_the_next_session_of_a_usual_calendar_is_the_first_that_is_not_over(facts, day, session):
    found = next_usual(EventFacts.model_validate(facts), day)

    assert found is not None
    assert " ".join(map(str, found)) == session


@pytest.mark.parametrize("facts", [CANTON, NANNING, {"certainty": "usual"}])
def test_without_a_usual_calendar_no_session_is_expected(facts):
    assert next_usual(EventFacts.model_validate(facts), date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("facts", "day", "language", "said"),
    [
        (
            CANTON,
            date(2026, 1, 1),
            "en",
            "Note: Tea fair is over (ended 4 November 2025).",
        ),
        (
            JAKARTA,
            date(2026, 1, 1),
            "en",
            "Note: Tea fair is over (ended May 2025).",
        ),
        (
            JAKARTA,
            date(2026, 1, 1),
            "ru",
            "Примечание: мероприятие «Tea fair» завершилось (май 2025).",
        ),
        (
            KUNMING,
            date(2026, 1, 1),
            "en",
            (
                "Note: Tea fair started on 19 June 2025 and is over by now; the documents do not "
                "say on which day it ended."
            ),
        ),
        (
            KUNMING,
            date(2026, 1, 1),
            "zh",
            "提示：Tea fair于2025年6月19日开始，现已结束；资料没有写明是哪一天结束的。",
        ),
        (
            KUNMING,
            date(2025, 6, 20),
            "en",
            (
                "Note: by the dates in the documents, Tea fair started on 19 June 2025; they do "
                "not say when it ends."
            ),
        ),
        (
            KUNMING,
            date(2025, 6, 20),
            "zh",
            "提示：按资料所载日期，Tea fair于2025年6月19日开始；资料没有写明何时结束。",
        ),
        (
            NANNING,
            date(2026, 8, 1),
            "zh",
            "提示：Tea fair的日期（2026年9月）为暂定，以主办方公布为准。",
        ),
        (
            NANNING,
            date(2026, 11, 25),
            "zh",
            "提示：Tea fair原定于2026年9月举行，日期已过，资料中还没有举办后的报道。",
        ),
        (
            NANNING_DAYS,
            date(2026, 11, 25),
            "en",
            (
                "Note: Tea fair was planned for 17–21 September 2026. These days have "
                "passed, and the documents hold no report of it yet."
            ),
        ),
        (
            RUSSIA,
            date(2025, 8, 1),
            "zh",
            "提示：Tea fair原定于2025年7月7日至10日举行，日期已过，资料中还没有举办后的报道。",
        ),
        (
            JAKARTA,
            date(2025, 5, 9),
            "zh",
            "提示：Tea fair的时间为2025年5月，资料没有写明具体是哪几天。",
        ),
        (
            CANTON,
            date(2025, 10, 20),
            "zh-Hant",
            "提示：按資料所載日期，Tea fair正在舉行，2025年11月4日結束。",
        ),
        (
            ABOUT_APRIL,
            date(2026, 1, 1),
            "en",
            (
                "Note: Tea fair started in about April 2025 and is over by now; the documents do "
                "not say on which day it ended."
            ),
        ),
    ],
)
def test_a_note_says_no_more_than_the_documents(make_document, facts, day, language, said):
    assert note_of(make_document, facts, day, language) == said


@pytest.mark.parametrize("language", SPOKEN)
def test_an_opening_day_is_never_given_as_the_day_of_the_end(make_document, language):
    day = written(PartialDate.parse("2025-06-19"), language)
    ended = note_of(make_document, {**KUNMING, "end": "2025-06-19"}, date(2026, 1, 1), language)

    second_day, long_after = (
        note_of(make_document, KUNMING, when, language)
        for when in (date(2025, 6, 20), date(2026, 1, 1))
    )

    assert all(day in note for note in (ended, second_day, long_after))
    assert len({ended, second_day, long_after}) == 3


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("certainty", ["tentative", "scheduled"])
def test_what_was_only_announced_is_never_said_to_be_over(make_document, certainty, language):
    event = EventFacts.model_validate(NANNING_DAYS)

    held, announced = (
        note_of(make_document, {**NANNING_DAYS, "certainty": kind}, date(2026, 11, 25), language)
        for kind in ("held", certainty)
    )

    shown = written_days(event.start, event.end, language)
    assert shown in announced
    assert shown not in held


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        (CANTON, "2025年10月15日至11月4日"),
        (JAKARTA, "2025年5月"),
        (KUNMING, "2025年6月19日"),
        (ABOUT_APRIL, "2025年4月前后"),
        ({"certainty": "held"}, ""),
    ],
)
def test_days_are_no_more_exact_than_they_are_known(facts, days):
    event = EventFacts.model_validate(facts)

    assert written_days(event.start, event.end, "zh") == days


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("zh", "2026年10月15日至11月4日"),
        ("en", "15 October – 4 November 2026"),
        ("ru", "15 октября – 4 ноября 2026"),
        ("ko", "2026년 10월 15일~11월 4일"),
    ],
)
def test_of_two_days_in_one_year_the_year_is_said_once(language, shown):
    assert written_days(day("2026-10-15"), day("2026-11-04"), language) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("zh", "2026年11月5日至10日"),
        ("en", "5–10 November 2026"),
        ("ru", "5–10 ноября 2026"),
        ("vi", "5–10 tháng 11 năm 2026"),
        ("ko", "2026년 11월 5일~10일"),
    ],
)
def test_of_two_days_in_one_month_the_month_is_said_once_too(language, shown):
    assert written_days(day("2026-11-05"), day("2026-11-10"), language) == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2026-12-30", "2027-01-02", "30 December 2026 – 2 January 2027"),
        ("2026-10-15~", "2026-11-04", "about 15 October 2026 – 4 November 2026"),
        ("2026-10", "2026-11", "October 2026 – November 2026"),
    ],
)
def test_else_each_day_has_its_year(first, last, shown):
    assert written_days(day(first), day(last), "en") == shown


def day(text):
    return PartialDate.parse(text)
