"""What is stored of files that staff sent: for a day, nobody else's, once."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.store import now
from bot.store.models import Upload

LI, WANG = 1001, 1002


@pytest.fixture
def store(place):
    opened = place.open()
    yield opened
    opened.close()


def test_the_oldest_of_somebody_s_files_comes_first(store):
    for user_id, content in ((WANG, b"w"), (LI, b"one"), (LI, b"two")):
        store.uploads.add(user_id, "a.txt", content, {})

    first = store.uploads.first_of(LI)

    assert store.uploads.content(first.id) == b"one"
    assert store.uploads.count_of(LI) == 2
    store.uploads.drop(first.id)
    assert store.uploads.content(store.uploads.first_of(LI).id) == b"two"


def test_the_same_file_of_the_same_person_is_kept_once(store):
    numbers = [store.uploads.add(user_id, "a", b"x", {}) for user_id in (LI, LI, WANG)]

    assert numbers[0] == numbers[1] != numbers[2]
    assert store.uploads.count_of(LI) == 1


def test_answers_are_kept(store):
    store.uploads.add(LI, "a", b"x", {"language": "en"})
    store.uploads.answer(store.uploads.first_of(LI).id, {"title": "A"})

    assert store.uploads.first_of(LI).answers == {"title": "A"}
    assert store.uploads.first_of(LI).guesses == {"language": "en"}


def test_after_a_day_it_is_gone_for_people_at_once_and_from_the_disk_with_the_next_purge(store):
    store.uploads.add(LI, "a", b"carved jade", {})
    with store._write() as session:
        session.execute(update(Upload).values(created=now() - timedelta(hours=25)))

    assert store.uploads.first_of(LI) is None
    assert store.uploads.count_of(LI) == 0
    store.purge(90)

    with store._write() as session:
        assert session.query(Upload).count() == 0


def test_who_is_forgotten_leaves_no_file(store):
    for user_id in (LI, WANG):
        store.uploads.add(user_id, "a", b"x", {})

    store.forget(LI)

    assert (store.uploads.count_of(LI), store.uploads.count_of(WANG)) == (0, 1)
