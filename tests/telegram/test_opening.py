"""Opening the database: it lies in the data directory, and each failure has its own remedy."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.errors import StoreError
from bot.store import Store


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
    monkeypatch.setattr("bot.store.session._BUSY_S", 0.01)
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
