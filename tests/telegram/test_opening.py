"""Opening the database: it lies in the data directory, and each failure has its own remedy."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.errors import StoreError
from bot.store import Store
from tests.databases import Place
from tests.postgres import PASSWORD


@pytest.mark.parametrize(
    "folder",
    [
        "a%b",
        "a?b",
        "a#b",
        "a b'\"c",
        "数据",
        "%(here)s",
        "x?mode=memory",
        "file:x?mode=ro",
        "a%20b",
    ],
)
def test_the_database_lies_in_its_folder_whatever_that_is_called(tmp_path, folder):
    Store(Path(folder) / "smebot.sqlite").close()

    assert [path.name for path in tmp_path.iterdir()] == [folder]
    assert (tmp_path / folder / "smebot.sqlite").stat().st_size > 0


def test_one_in_memory_is_seen_by_every_thread_and_writes_no_file(tmp_path):
    store = Store(None)

    store.set_language(1, "zh")

    assert store.language(1) == "zh"
    assert list(tmp_path.iterdir()) == []
    store.close()


def newer(path: Path) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def read_only(path: Path) -> None:
    Store(path).close()
    path.chmod(0o444)


def in_a_read_only_folder(path: Path) -> None:
    path.parent.chmod(0o555)


def locked(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute("BEGIN EXCLUSIVE")
    return database


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (newer, "written by a newer smebot: update smebot, or move the file away"),
        (read_only, "it may not be written: give the user who runs smebot the right"),
        (in_a_read_only_folder, "it cannot be opened: it must be a file, and the user who runs"),
        (Path.mkdir, "it cannot be opened: it must be a file"),
        (lambda path: path.write_bytes(b"no database " * 99), "not a readable database"),
        (locked, "another program keeps it locked"),
    ],
)
def test_each_failure_names_its_remedy(tmp_path, monkeypatch, few_rights, prepare, said):
    monkeypatch.setattr("bot.store.database.BUSY_S", 0.01)
    path = tmp_path / "data" / "smebot.sqlite"
    path.parent.mkdir()
    kept = prepare(path)

    with few_rights(), pytest.raises(StoreError) as error:
        Store(path)

    assert str(error.value).startswith(f"{path}: {said}")
    assert "\n" not in str(error.value)
    del kept


def test_a_newer_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "smebot.sqlite"
    newer(path)
    before = path.read_bytes()

    with pytest.raises(StoreError):
        Store(path)

    assert path.read_bytes() == before


@pytest.fixture
def no_room():
    """Databases cannot grow."""

    def limit(connection, _record):
        connection.execute("PRAGMA max_page_count = 2")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


@pytest.mark.usefixtures("no_room")
def test_a_full_disk_is_named(tmp_path):
    with pytest.raises(StoreError, match="the disk is full: free some space"):
        Store(tmp_path / "smebot.sqlite")


def _opened(tmp_path: Path, url: str) -> str:
    """Open a store that cannot be opened; returns what is said."""
    with pytest.raises(StoreError) as error:
        Store(tmp_path / "smebot.sqlite", url)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_server_that_cannot_be_used_is_named_with_its_remedy(cluster, database_url, tmp_path):
    name = database_url.rpartition("/")[2]
    away = database_url.replace(f":{cluster.port}/", ":1/")

    said = [
        _opened(tmp_path, url)
        for url in (
            away,
            cluster.url(name, password="wrong one"),
            cluster.url("no_such_database"),
        )
    ]

    assert "is the server running, and is SMEBOT_DATABASE_URL right?" in said[0]
    assert "mend user and password in SMEBOT_DATABASE_URL" in said[1]
    assert "make it (`createdb -E UTF8 NAME`)" in said[2]
    assert "wrong one" not in said[1]
    assert not any(PASSWORD in each for each in said)


def test_a_newer_database_of_a_server_is_left_as_it_is(database_url, tmp_path):
    place = Place(tmp_path / "smebot.sqlite", database_url)
    place.open().close()
    place.rows("UPDATE alembic_version SET version_num = '9999'")

    said = _opened(tmp_path, database_url)

    assert "written by a newer smebot: update smebot, or name another database" in said
    assert place.rows("SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_server_that_may_only_be_read_is_named(database_url, tmp_path):
    said = _opened(tmp_path, f"{database_url}?options=-c default_transaction_read_only=on")

    assert "name the server that may be written in SMEBOT_DATABASE_URL" in said


def test_a_missing_driver_is_named_with_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    said = _opened(tmp_path, "postgresql+psycopg://u:p@127.0.0.1/d")

    assert 'pip install "psycopg[binary]"' in said


def test_many_programs_may_start_at_once_on_an_empty_database(cluster, tmp_path, python):
    name = cluster.make()
    script = "import sys, pathlib; from bot.store import Store; " + (
        "Store(pathlib.Path(sys.argv[1]), sys.argv[2]).close()"
    )

    programs = [python(script, tmp_path / "d" / "smebot.sqlite", cluster.url(name)) for _ in "123"]

    assert [program.communicate(timeout=60)[1] for program in programs] == [""] * 3
    assert [program.returncode for program in programs] == [0] * 3
    cluster.drop(name)


def test_texts_that_the_server_has_no_place_for_are_kept_without_that(database_url, tmp_path):
    store = Store(tmp_path / "smebot.sqlite", database_url)

    store.add_unanswered("why\x00 not", "en", "unclear", ["a\x00b"])

    assert [row.question for row in store.unanswered(1)] == ["why not"]
    store.close()


def test_a_running_program_goes_on_while_a_newer_one_adds_tables_and_columns(
    database_url, tmp_path
):
    """A new version first adds; what only the old one needs goes with the version after it."""
    place = Place(tmp_path / "smebot.sqlite", database_url)
    older = place.open()

    place.rows("CREATE TABLE of_the_next_version (id integer PRIMARY KEY)")
    place.rows("ALTER TABLE unanswered ADD COLUMN of_the_next_version text")
    place.rows("UPDATE alembic_version SET version_num = '9999'")
    older.add_unanswered("why", "en", "unclear", [], asked_by=1)
    older.add_unanswered("why", "en", "unclear", [], asked_by=2)
    older.forget(1)

    assert [(row.question, row.times) for row in older.unanswered(5)] == [("why", 1)]
    assert older.writing.since is older.reading.since is None
    older.close()
    assert "written by a newer smebot: update smebot" in _opened(tmp_path, database_url)
