"""What a report is made of: as the bot stores it, nothing older, and without who asked."""

from dataclasses import fields
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.answers.reasons import Reason
from bot.report.collecting import collect
from bot.report.values import Asked, InVain, Voted
from bot.store import now
from tests.bot.report.conftest import keep

HOME = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def collected(store, desk, tmp_path):
    """`collected(days=30)`: the material of a report made now."""

    def make(days=30):
        return collect(
            store,
            desk.snapshot,
            tmp_path,
            now=datetime.now(HOME),
            days=days,
            language="zh",
        )

    return make


def test_a_day_is_that_of_staff_and_begins_at_their_midnight(store, collected):
    midnight = datetime.now(HOME).replace(hour=0, minute=0, second=0, microsecond=0)
    begin = now() - (datetime.now(HOME) - midnight)
    keep(store, "late", begin - timedelta(seconds=30))
    keep(store, "early", begin + timedelta(seconds=30))

    (only,) = collected(days=1).asked
    both = collected(days=2)

    assert (only.answer_id, only.day) == ("early", midnight.date())
    assert [one.answer_id for one in both.asked] == ["late", "early"]
    assert both.days == 2
    assert both.asked[0].day == both.first


def test_what_a_clock_dated_into_the_future_counts_for_today(store, collected):
    keep(store, "a", now() + timedelta(days=3))

    material = collected()

    assert [one.day for one in material.asked] == [material.last]


def test_citations_are_stems_of_documents_that_are_still_served(store, collected):
    cited = [[name, 0, 5] for name in ("events/tea-fair-12.en", "gone.en")]
    keep(store, "a", now(), citations=[*cited, ["events/tea-fair-12.zh", 3, 9]])

    (one,) = collected().asked

    assert one.cited == ("events/tea-fair-12",)


def test_each_question_has_the_reason_it_ended_for(store, collected):
    keep(store, "a", now(), status="not_in_documents", reason="not_read", question="Booths?")
    keep(store, "b", now(), question="Booths?")
    store.add_unanswered("Booths?", "en", "not_in_documents", ["Tea fair"], reason="not_read")

    material = collected()

    assert [one.reason for one in material.asked] == [Reason.NOT_READ, Reason.ANSWERED]
    (in_vain,) = material.in_vain
    assert (in_vain.nearest, in_vain.times, in_vain.reason) == (("Tea fair",), 1, Reason.NOT_READ)


def test_nothing_says_who_asked_or_voted_and_numbers_are_masked(store, collected):
    asked = keep(store, "a", now(), user_id=987654321, question="Call 13812345678: booths?")
    store.add_feedback(asked, 987654321, -1, "call me: 13812345678")
    store.add_unanswered("Call 13812345678?", "en", "unclear", [], asked_by=987654321)

    material = collected()

    assert (len(material.asked), len(material.votes), len(material.in_vain)) == (1, 1, 1)
    assert "13812345678" not in repr(material)
    assert "987654321" not in repr(material)
    names = {field.name for kind in (Asked, InVain, Voted) for field in fields(kind)}
    assert not {name for name in names if "user" in name or "hash" in name or "chat" in name}


def test_what_somebody_had_erased_is_gone_from_the_next_report(store, collected):
    asked = keep(store, "a", now(), user_id=42, question="Booths of the tea fair?")
    store.add_feedback(asked, 42, 1)
    store.add_unanswered("Booths of the tea fair?", "en", "unclear", [], asked_by=42)
    assert "Booths" in repr(collected())

    store.forget(42)

    assert "Booths" not in repr(collected())
