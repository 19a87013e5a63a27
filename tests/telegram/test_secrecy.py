"""What is stored is closed to others, and what is forgotten is in no file any more."""

import shutil
import sqlite3
import stat
from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.store import Store, now
from bot.store.models import Feedback, Turn
from tests.databases import Place

LI, WANG = 1001, 1002
MARK = "ZQX7731"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "smebot.sqlite"


@pytest.fixture
def store(path):
    opened = Store(path)
    yield opened
    opened.close()


def _turn(answer_id: str, user_id: int, question: str, age=timedelta(0)) -> Turn:
    return Turn(
        answer_id=answer_id,
        chat_id=user_id,
        user_id=user_id,
        question=question,
        language="en",
        status="unclear",
        passages=[],
        citations=[],
        suggestions=[],
        created=now() - age,
    )


def _leave_much(store: Store, user_id: int, mark: str) -> None:
    """Enough for pages to be split, among the texts of somebody else."""
    for number in range(120):
        own = f"{mark} asks {number} " + "x" * (number * 7 % 400)
        other = f"other {user_id} {number} " + "y" * (number * 11 % 400)
        for question, asker in ((own, user_id), (other, WANG)):
            turn = _turn(f"{asker}-{user_id}-{number}", asker, question)
            store.add_turn(turn)
            store.add_unanswered(question, "en", "unclear", [], asked_by=asker)
            store.add_feedback(turn, asker, -1, f"because {question}")


def _files_with(folder, text: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if text.encode() in path.read_bytes()]


def test_what_is_forgotten_is_in_no_file_while_others_use_the_database(path, store):
    others = [sqlite3.connect(path) for _ in range(3)]
    second = Store(path)
    _leave_much(store, LI, MARK)
    for other in others:
        assert other.execute("SELECT count(*) FROM turns").fetchone() == (240,)
    second.history(WANG, WANG, 3)
    assert _files_with(path.parent, MARK)

    store.forget(LI)

    assert _files_with(path.parent, MARK) == []
    assert _files_with(path.parent, "other 1001 119")
    assert len(store.unanswered(500)) == 120
    assert len(store.feedback(500)) == 120
    for each in (*others, second):
        each.close()


def test_what_is_too_old_is_in_no_file_after_the_daily_purge(path, store):
    store.add_turn(_turn("old", LI, MARK, age=timedelta(days=2)))
    assert _files_with(path.parent, MARK)

    store.purge(90)

    assert _files_with(path.parent, MARK) == []


def test_a_reader_in_another_program_delays_only_the_traces(path, store, caplog):
    store.add_turn(_turn("a", LI, MARK))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM turns").fetchone() == (1,)

    store.forget(LI)
    reader.close()

    assert store.turn("a") is None
    assert "another program" in caplog.text
    store.purge(90)
    assert _files_with(path.parent, MARK) == []


def test_a_question_of_several_people_is_kept_and_counted_for_those_who_stay(place, store_at):
    store = store_at(place)
    for asker in (LI, LI, WANG):
        store.add_unanswered("same", "en", "unclear", [], asked_by=asker)
    store.add_unanswered("own", "en", "unclear", [], asked_by=LI)

    store.forget(LI)

    assert [(row.question, row.times) for row in store.unanswered(5)] == [("same", 1)]
    store.forget(WANG)
    assert store.unanswered(5) == []


def test_a_question_is_forgotten_also_where_others_voted_on_its_answer(path, store):
    store.add_feedback(_turn("a", LI, MARK), WANG, -1, "too long")

    store.forget(LI)

    assert [(row.question, row.reason) for row in store.feedback(5)] == [("", "too long")]
    assert _files_with(path.parent, MARK) == []


def test_folder_and_files_are_closed_to_others(path, store):
    store.add_turn(_turn("a", LI, "q"))

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}

    assert {"smebot.sqlite", "smebot.sqlite-wal", "smebot.sqlite-shm", "smebot.salt"} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_open_folder_of_an_earlier_version_is_closed(path):
    Store(path).close()
    path.parent.chmod(0o755)
    for file in path.parent.iterdir():
        file.chmod(0o644)

    Store(path).close()

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_a_folder_that_everybody_uses_stays_open(tmp_path):
    tmp_path.chmod(0o1777)

    Store(tmp_path / "smebot.sqlite").close()

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777


def test_who_voted_cannot_be_tried_out_without_the_salt_of_the_installation(path, tmp_path):
    hashes = []
    for folder in ("one", "two"):
        store = Store(tmp_path / folder / "smebot.sqlite")
        store.add_feedback(_turn("a", LI, "q"), LI, 1)
        hashes.append(store.feedback(1)[0].user_hash)
        store.close()

    assert hashes[0] != hashes[1]
    assert (tmp_path / "one" / "smebot.salt").stat().st_size == 32


def test_a_vote_of_an_earlier_version_is_salted_and_can_be_forgotten(place, store_at):
    store = store_at(place)
    unsalted = "cce93ef6f5a2cba30d2f5c9a3d3e6f6c"
    with store._write() as session:
        for digits in (unsalted, _unsalted(LI)):
            session.add(
                Feedback(
                    answer_id="a",
                    user_hash=digits,
                    vote=1,
                    question="q",
                    documents=[],
                    created=now(),
                )
            )
    store.close()

    again = store_at(place)

    assert {len(row.user_hash) for row in again.feedback(5)} == {64}
    again.forget(LI)
    assert len(again.feedback(5)) == 1


def test_all_programs_at_one_server_hash_with_the_same_salt(database_url, tmp_path, store_at):
    one, two = (Place(tmp_path / name / "smebot.sqlite", database_url) for name in ("a", "b"))
    store = store_at(one)
    store.add_feedback(_turn("a", LI, "q"), LI, 1)

    with pytest.raises(
        StoreError, match=r"smebot\.salt: not the one that this database was begun"
    ):
        store_at(two)
    two.path.parent.mkdir(exist_ok=True)
    shutil.copy(one.path.parent / "smebot.salt", two.path.parent)

    assert store_at(two).vote("a", LI) == 1
    assert (one.path.parent / "smebot.salt").read_bytes().hex() not in one.dump()


def _unsalted(user_id: int) -> str:
    import hashlib

    return hashlib.sha256(f"feedback:{user_id}".encode()).hexdigest()[:32]


def test_another_copy_keeps_its_salt(path, store, tmp_path):
    store.add_feedback(_turn("a", LI, "q"), LI, 1)
    store.close()
    shutil.copytree(path.parent, tmp_path / "copy")

    copy = Store(tmp_path / "copy" / "smebot.sqlite")
    copy.forget(LI)

    assert copy.feedback(1) == []
    copy.close()


def test_a_database_of_the_first_version_keeps_its_votes_and_questions(path):
    path.parent.mkdir()
    old = sqlite3.connect(path)
    old.executescript(_FIRST_VERSION)
    old.execute(
        "INSERT INTO feedback VALUES ('a', ?, 1, NULL, 'q', '[]', '2026-11-01')", ["0" * 32]
    )
    old.execute("INSERT INTO unanswered VALUES (7, 'why', 'en', 'unclear', '[]', 3, '2026-11-01')")
    old.commit()
    old.close()

    store = Store(path)
    store.add_unanswered("why", "en", "unclear", [], asked_by=LI)
    store.forget(LI)

    assert [(len(row.user_hash), row.question) for row in store.feedback(5)] == [(64, "q")]
    assert [(row.question, row.times) for row in store.unanswered(5)] == [("why", 3)]
    store.close()


_FIRST_VERSION = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0001');
CREATE TABLE users (user_id BIGINT PRIMARY KEY NOT NULL, language VARCHAR(16) NOT NULL);
CREATE TABLE turns (
    answer_id VARCHAR(32) PRIMARY KEY NOT NULL, chat_id BIGINT NOT NULL, user_id BIGINT NOT NULL,
    question TEXT NOT NULL, language VARCHAR(16) NOT NULL, status VARCHAR(32) NOT NULL,
    passages JSON NOT NULL, citations JSON NOT NULL, suggestions JSON NOT NULL,
    created DATETIME NOT NULL);
CREATE TABLE feedback (
    answer_id VARCHAR(32) NOT NULL, user_hash VARCHAR(32) NOT NULL, vote INTEGER NOT NULL,
    reason TEXT, question TEXT NOT NULL, documents JSON NOT NULL, created DATETIME NOT NULL,
    PRIMARY KEY (answer_id, user_hash));
CREATE TABLE unanswered (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL UNIQUE,
    language VARCHAR(16) NOT NULL, status VARCHAR(32) NOT NULL, nearest JSON NOT NULL,
    times INTEGER NOT NULL, created DATETIME NOT NULL);
CREATE TABLE staff_actions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, user_id BIGINT NOT NULL,
    action VARCHAR(32) NOT NULL, detail TEXT NOT NULL, created DATETIME NOT NULL);
"""
