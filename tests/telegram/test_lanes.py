"""Whose turn it is at a shared database: one at a time of a chat and person, nobody for long."""

from hypothesis import given
from hypothesis import strategies as st

from bot.store.lanes import Waits, choose

LI, WANG, GROUP = 1, 2, -5


def _waits(update_id: int, user: int = LI, chat: int | None = None, **more) -> Waits:
    place = user if chat is None else chat
    values = {"is_private": place > 0, "is_late": False, "owner": None} | more
    return Waits(update_id=update_id, chat_id=place, user_id=user, **values)


def _chosen(waiting, **more):
    options = {
        "is_free": lambda one: one.owner is None,
        "is_home": lambda _: True,
        "last_turn": {},
        "most": 99,
        "waits_for_late": False,
    }
    return choose(waiting, **options | more)


def test_of_each_person_the_first_is_begun():
    waiting = [_waits(1), _waits(2), _waits(3, WANG), _waits(4, WANG)]

    assert _chosen(waiting).begun == [1, 3]


def test_a_chat_and_a_person_that_another_program_works_for_must_wait():
    waiting = [
        _waits(1, LI, GROUP, owner=7),
        _waits(2, WANG, GROUP),
        _waits(3, LI, -6),
        _waits(4, LI),
    ]

    assert _chosen(waiting).begun == [4]  # in private that person is somebody else's work


def test_who_sends_a_lot_in_a_group_delays_others_by_one():
    waiting = [_waits(number, LI, GROUP) for number in range(1, 9)] + [_waits(9, WANG, GROUP)]

    first = _chosen(waiting).begun
    second = _chosen(waiting[1:], last_turn={waiting[0].lane: 1.0}).begun

    assert (first, second) == ([1], [9])


def test_only_what_is_at_home_here_is_begun_and_no_more_than_wanted():
    waiting = [_waits(number, number) for number in range(1, 9)]

    begun = _chosen(waiting, is_home=lambda chat: chat % 2 == 0, most=3).begun

    assert begun == [2, 4, 6]


def test_of_late_messages_the_last_three_of_a_chat_are_answered():
    waiting = [_waits(number, is_late=True) for number in range(1, 6)] + [_waits(6)]

    assert _chosen(waiting).passed_over == [1, 2]
    assert _chosen(waiting).begun == [3]


def test_late_messages_wait_while_more_may_come_and_so_does_what_follows_them():
    waiting = [_waits(1, is_late=True), _waits(2), _waits(3, WANG)]

    choice = _chosen(waiting, waits_for_late=True)

    assert (choice.begun, choice.passed_over) == ([3], [])


_ANY = st.builds(
    lambda user, group, late, owner: (user, group or user, late, owner),
    st.integers(1, 4),
    st.sampled_from([0, 0, -5, -6]),
    st.booleans(),
    st.sampled_from([None, None, None, 7]),
)


@given(st.lists(_ANY, max_size=30), st.integers(1, 5), st.booleans())
def test_nothing_is_ever_begun_beside_the_same_chat_or_person_or_before_what_came_first(
    given_rows, most, waits_for_late
):
    waiting = [
        _waits(number, user, chat, is_late=late, owner=owner)
        for number, (user, chat, late, owner) in enumerate(given_rows)
    ]

    choice = _chosen(waiting, most=most, waits_for_late=waits_for_late)

    rows = {one.update_id: one for one in waiting}
    begun = [rows[number] for number in choice.begun]
    keys = [key for one in begun for key in one.keys]
    assert len(begun) <= most
    assert len(keys) == len(set(keys))
    handled = {key for one in waiting if one.owner for key in one.keys}
    assert not handled & set(keys)
    for one in begun:
        before = [
            each for each in waiting if each.lane == one.lane and each.update_id < one.update_id
        ]
        assert all(each.update_id in choice.passed_over for each in before)
