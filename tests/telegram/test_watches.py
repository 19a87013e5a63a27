"""What is stored of what people watch: once each, not for ever, and nothing is left of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.store import Morning, now
from bot.store.models import Notice, Watch, Watcher

LI, WANG = 1001, 1002
MARK = "ZQX7731"
DAY = date(2026, 5, 13)


@pytest.fixture
def store(place):
    opened = place.open()
    yield opened
    opened.close()


def _watcher(user_id: int = LI) -> Watcher:
    return Watcher(user_id=user_id, language="en", zone="UTC")


def _notice(user_id: int = LI, told: dict[str, list[str]] | None = None) -> Notice:
    return Notice(
        user_id=user_id,
        text=MARK,
        buttons=[[MARK, "n:d:1"]],
        told=told or {},
        is_begun=False,
        created=now(),
    )


def _age(store, table, **values) -> None:
    with store._write() as session:
        session.execute(update(table).values(**values))


def test_a_notice_and_that_it_was_made_are_kept_together(store):
    watch = store.watches.add(_watcher(), "fair", letter="e", stem="events/fair", days=[":2026"])

    store.watches.keep(
        LI, Morning(day=DAY, states={watch.id: ([":2027"], [":2027"])}, notices=[_notice()])
    )

    assert store.watches.watcher(LI).looked_on == DAY
    assert [notice.text for notice in store.watches.waiting()] == [MARK]
    assert [(w.days, w.told) for w in store.watches.of(LI)] == [([":2027"], [":2027"])]


def test_nothing_is_kept_for_who_was_forgotten_meanwhile(store):
    store.watches.add(_watcher(), "fair")
    store.forget(LI)

    store.watches.keep(LI, Morning(day=DAY, notices=[_notice()]))

    assert store.watches.waiting() == []
    assert store.watches.watcher(LI) is None


def test_what_was_begun_is_not_sent_by_the_next_program(place, store):
    store.watches.add(_watcher(), "fair")
    store.watches.keep(LI, Morning(day=DAY, notices=[_notice(), _notice()]))
    first, second = store.watches.waiting()
    assert store.watches.begin(first)
    store.close()

    again = place.open()
    waiting = again.watches.waiting()
    dropped = again.watches.drop_begun()

    assert [notice.id for notice in waiting] == [second.id]
    assert dropped == 1
    assert again.watches.begin(second)
    assert not again.watches.begin(first)
    again.close()


def test_what_somebody_could_not_be_told_is_due_again(store):
    watch = store.watches.add(_watcher(), "fair", letter="e", stem="events/fair")
    notice = _notice(told={watch.id: [":2027"]})
    states = {watch.id: ([], [":2026", ":2027"])}
    store.watches.keep(LI, Morning(day=DAY, states=states, notices=[notice]))

    store.watches.let_sleep(LI)

    assert store.watches.watcher(LI).asleep_since is not None
    assert store.watches.waiting() == []
    assert store.watches.of(LI)[0].told == [":2026"]
    store.watches.wake(LI)
    assert store.watches.watcher(LI).asleep_since is None


def test_what_is_watched_is_forgotten_and_in_no_file(place, store):
    for user_id, words in ((LI, MARK), (WANG, "other")):
        store.watches.add(_watcher(user_id), words)
    store.watches.keep(LI, Morning(day=DAY, notices=[_notice()]))

    store.forget(LI)

    assert store.watches.of(LI) == []
    assert [watch.words for watch in store.watches.of(WANG)] == ["other"]
    assert [each.user_id for each in store.watches.watchers()] == [WANG]
    for file in place.path.parent.iterdir():
        assert MARK.encode() not in file.read_bytes()


def test_who_blocked_the_bot_for_too_long_is_erased(store):
    store.watches.add(_watcher(), "fair")
    store.watches.let_sleep(LI)
    store.purge(90)
    kept = len(store.watches.of(LI))
    _age(store, Watcher, asleep_since=now() - timedelta(days=91))

    store.purge(90)

    assert kept == 1
    assert store.watches.of(LI) == []
    assert store.watches.watchers() == []


def test_who_watches_nothing_any_more_is_erased(store):
    watch = store.watches.add(_watcher(), "fair")
    store.purge(90)
    kept = len(store.watches.watchers())
    store.watches.drop(LI, watch.id)

    store.purge(90)

    assert kept == 1
    assert store.watches.watchers() == []


def test_a_notice_that_could_not_be_sent_for_days_is_erased(store):
    store.watches.add(_watcher(), "fair")
    store.watches.keep(LI, Morning(day=DAY, notices=[_notice()]))
    store.purge(90)
    kept = len(store.watches.waiting())
    _age(store, Notice, created=now() - timedelta(days=3))

    store.purge(90)

    assert kept == 1
    assert store.watches.waiting() == []


def test_one_topic_is_watched_once_and_belongs_to_one_person(store):
    first = store.watches.add(_watcher(), "fair")
    again = store.watches.add(_watcher(), "fair")
    store.watches.add(_watcher(WANG), "fair")
    store.watches.drop(WANG, first.id)

    assert again.id == first.id
    assert store.watches.get(WANG, first.id) is None
    assert len(store.watches.of(LI)) == len(store.watches.of(WANG)) == 1


def test_a_document_is_new_once(store):
    first = store.watches.known_since(["a", "b"])
    later = store.watches.known_since(["b", "c"])

    assert set(first) == {"a", "b"}
    assert later["b"] == first["b"]
    assert later["c"] > first["b"]
    assert store.watches.known_since([]) == later


def test_numbers_in_words_are_masked(store):
    assert store.watches.add(_watcher(), "call 13800138000").words == "call [phone]"


def test_another_lead_time_lets_a_day_be_told_again(store):
    watch = store.watches.add(_watcher(), "fair", letter="e", stem="events/fair", lead_days=30)
    _age(store, Watch, told=[":2026"])

    store.watches.set_lead(WANG, watch.id, 1)
    others = store.watches.get(LI, watch.id).lead_days
    store.watches.set_lead(LI, watch.id, 1)

    assert others == 30
    assert (store.watches.of(LI)[0].lead_days, store.watches.of(LI)[0].told) == (1, [])
