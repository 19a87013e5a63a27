"""How much one person may send: everything counts, one notice a minute, nobody locked out."""

import pytest

from bot.chat.incoming import Kind
from bot.chat.limits import Limits, Verdict


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def limits(clock):
    return Limits(4, staff_ids={9}, clock=clock)


def _verdicts(limits, incoming, kind, count, sender=1):
    return [limits.judge(incoming(kind, sender=sender))[0] for _ in range(count)]


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (Kind.QUESTION, 4),
        (Kind.COMMAND, 8),
        (Kind.BUTTON, 8),
        (Kind.PART, 20),
        (Kind.INLINE, 20),
    ],
)
def test_every_kind_counts_by_the_work_it_makes(limits, incoming, kind, allowed):
    verdicts = _verdicts(limits, incoming, kind, 40)

    assert verdicts.count(Verdict.PASS) == allowed
    assert set(verdicts[:allowed]) == {Verdict.PASS}


def test_beyond_the_limit_there_is_one_notice_a_minute(limits, incoming, clock):
    verdicts = []
    for _ in range(600):  # five a second
        clock.now += 0.2
        verdicts += _verdicts(limits, incoming, Kind.QUESTION, 1)

    assert verdicts.count(Verdict.NOTICE) == 2
    assert verdicts.count(Verdict.PASS) == 8


def test_kinds_are_counted_together(limits, incoming):
    _verdicts(limits, incoming, Kind.BUTTON, 4)
    _verdicts(limits, incoming, Kind.QUESTION, 2)

    assert _verdicts(limits, incoming, Kind.COMMAND, 1) == [Verdict.NOTICE]


def test_inline_queries_never_lead_to_a_notice(limits, incoming):
    assert Verdict.NOTICE not in _verdicts(limits, incoming, Kind.INLINE, 100)


def test_a_wish_to_be_forgotten_always_passes(limits, incoming):
    _verdicts(limits, incoming, Kind.QUESTION, 100)

    assert _verdicts(limits, incoming, Kind.FORGET, 1) == [Verdict.PASS]


def test_staff_and_other_people_are_not_locked_out(limits, incoming):
    _verdicts(limits, incoming, Kind.QUESTION, 100)

    assert _verdicts(limits, incoming, Kind.QUESTION, 1, sender=2) == [Verdict.PASS]
    assert set(_verdicts(limits, incoming, Kind.COMMAND, 50, sender=9)) == {Verdict.PASS}


def test_the_wait_that_is_named_is_long_enough(limits, incoming, clock):
    _verdicts(limits, incoming, Kind.QUESTION, 4)
    clock.now += 20
    _, wait_s = limits.judge(incoming(Kind.QUESTION))

    clock.now += wait_s

    assert 40 <= wait_s <= 42
    assert limits.judge(incoming(Kind.QUESTION)) == (Verdict.PASS, 0)


def test_of_many_people_only_the_last_minute_is_remembered(limits, incoming, clock, monkeypatch):
    monkeypatch.setattr("bot.chat.limits._PEOPLE_KEPT", 50)
    for person in range(100, 200):
        _verdicts(limits, incoming, Kind.QUESTION, 9, sender=person)
    clock.now += 61

    _verdicts(limits, incoming, Kind.QUESTION, 1)

    assert len(limits._minutes) == 1
