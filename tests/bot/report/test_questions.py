"""Questions counted by time, language, topic, and how they ended."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.reasons import AnswerStatus, Reason
from bot.report.questions import Tally, by_language, by_topic, columns, endings
from tests.bot.report.conftest import TODAY, asked_question, material_of


def test_what_was_declined_and_small_talk_do_not_lower_the_share_that_was_answered():
    tally = Tally.of(asked_question(status=status) for status in AnswerStatus)

    assert (tally.answered, tally.missed, tally.other) == (1, 3, 2)
    assert tally.share_answered == 0.25
    assert Tally.of([]).share_answered is None


def test_every_day_has_a_column_also_without_questions():
    days = [date(2026, 1, 17), TODAY, TODAY]

    found = columns(material_of(asked=tuple(asked_question(day=day) for day in days)))

    assert [column.tally.total for column in found] == [1, *28 * [0], 2]
    assert found[1].first == found[1].last == date(2026, 1, 18)


@given(st.integers(1, 3650), st.lists(st.integers(0, 3649), max_size=20))
def test_however_long_the_time_columns_are_few_follow_each_other_and_lose_no_question(days, ago):
    asked = [asked_question(day=TODAY - timedelta(n % days)) for n in ago]
    first = TODAY - timedelta(days - 1)

    found = columns(material_of(first=first, asked=tuple(sorted(asked, key=lambda one: one.day))))

    assert 1 <= len(found) <= 92
    assert (found[0].first, found[-1].last) == (first, TODAY)
    for before, after in pairwise(found):
        assert after.first == before.last + timedelta(1)
    assert sum(column.tally.total for column in found) == len(asked)


def test_the_language_most_asked_in_comes_first():
    asked = [asked_question(language=language) for language in ("en", "zh", "zh", "ru")]

    assert [(row.name, row.tally.total) for row in by_language(asked)] == [
        ("zh", 2),
        ("en", 1),
        ("ru", 1),
    ]


def test_a_question_counts_for_the_topic_of_the_document_cited_first():
    topics = {"a": "events", "b": "zones", "c": ""}
    asked = [asked_question(cited=cited) for cited in [("a", "b"), ("a",), ("b",), ("c",), ()]]

    rows = by_topic(asked, topics)

    assert [(row.name, row.tally.total) for row in rows] == [("events", 2), ("zones", 1), ("", 1)]


@pytest.mark.parametrize("reason", [Reason.NOT_READ, None])
def test_endings_name_the_reasons_the_most_frequent_first(reason):
    status = AnswerStatus.NOT_IN_DOCUMENTS
    reasons = [Reason.NOT_FOUND, reason, reason]

    (ending,) = endings([asked_question(status=status, reason=each) for each in reasons])

    assert (ending.status, ending.count) == (status, 3)
    assert ending.reasons == ((reason, 2), (Reason.NOT_FOUND, 1))
