"""Backups: made while others write, put back as a whole, from either database into either."""

import json
import shutil
import stat
import threading
import zipfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Store, now, restore
from bot.store.models import Turn, Watcher
from tests.databases import Place
from tests.postgres import PASSWORD

LI, WANG = 1001, 1002


def _turn(answer_id: str, question: str = "How?") -> Turn:
    return Turn(
        answer_id=answer_id,
        chat_id=LI,
        user_id=LI,
        question=question,
        language="en",
        status="answered",
        passages=["events/tea-fair.en@0"],
        citations=[["events/tea-fair.en", 0, 9]],
        suggestions=[],
        created=now(),
    )


def _fill(store: Store) -> None:
    """Something of every type of column."""
    store.set_language(LI, "zh-Hant")
    store.add_turn(_turn("a", "多少展位？"))
    store.add_feedback(_turn("a"), LI, -1, "too long")
    for asker in (LI, WANG):
        store.add_unanswered("why", "en", "unclear", ["x"], asked_by=asker)
    store.uploads.add(LI, "a.bin", bytes(range(256)), {"title": "表"})
    store.watches.add(Watcher(user_id=LI, language="en", zone="Asia/Shanghai"), "fair")
    for _ in range(3):
        last = store.handovers.begin(LI, "a", "en")
    store.forget(WANG)
    assert last.id == 3


def _holds(store: Store) -> list[object]:
    upload = store.uploads.first_of(LI)
    turn = store.turn("a")
    return [
        store.language(LI),
        (turn.question, turn.citations, turn.created, turn.shown),
        store.vote("a", LI),
        [(row.question, row.times) for row in store.unanswered(9)],
        (store.uploads.content(upload.id), upload.guesses),
        [(watch.words, watch.created) for watch in store.watches.of(LI)],
        [each.id for each in store.handovers.quiet_since(now() + timedelta(days=1))],
    ]


@pytest.fixture
def other(tmp_path, cluster, migrated, request):
    """`other(kind)`: an empty database of a kind, in another folder."""

    def make(kind: str) -> Place:
        path = tmp_path / f"other-{kind}" / "smebot.sqlite"
        return Place(path, cluster.url(cluster.make(migrated)) if kind == "postgresql" else "")

    return make


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_is_saved_from_one_database_is_restored_into_any(
    place, other, kind, store_at, tmp_path
):
    store = store_at(place)
    _fill(store)
    before = _holds(store)

    saved = store.back_up(tmp_path / "saved.zip")
    target = other(kind)
    put_back = restore(target.path, target.url, tmp_path / "saved.zip", replaces=False)
    again = store_at(target)

    assert put_back == saved
    assert _holds(again) == before
    again.forget(LI)  # the salt came along: whose a vote was is still found
    assert again.feedback(5) == []
    assert again.unanswered(5) == []
    assert again.handovers.begin(LI, "b", "en").id == 4  # no number is given twice


def test_numbers_go_on_where_they_were_also_where_the_last_row_is_erased(
    place, other, store_at, tmp_path
):
    store = store_at(place)
    _fill(store)
    store.forget(LI)
    store.back_up(tmp_path / "saved.zip")

    for kind in ("sqlite", "postgresql"):
        target = other(kind)
        restore(target.path, target.url, tmp_path / "saved.zip", replaces=False)
        assert store_at(target).handovers.begin(LI, "b", "en").id == 4


def test_a_backup_is_of_one_moment_while_others_write(place, store_at, tmp_path):
    store = store_at(place)
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            with store._write() as session:  # always two rows at a time
                for half in ("x", "y"):
                    session.add(_turn(f"{number}{half}"))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            store.back_up(tmp_path / f"{number}.zip")
    finally:
        done.set()
        writer.join()

    counts = []
    for number in range(5):
        with zipfile.ZipFile(tmp_path / f"{number}.zip") as archive:
            counts.append(len(archive.read("turns.jsonl").splitlines()) - 1)
    assert [count % 2 for count in counts] == [0] * 5
    assert counts[0] < counts[-1]


def test_only_an_empty_database_is_filled_unless_it_is_to_be_replaced(place, store_at, tmp_path):
    store = store_at(place)
    _fill(store)
    before = _holds(store)
    store.back_up(tmp_path / "saved.zip")
    store.set_language(LI, "en")

    with pytest.raises(StoreError, match="not empty: say --replace"):
        restore(place.path, place.url, tmp_path / "saved.zip", replaces=False)
    assert store.language(LI) == "en"
    store.close()
    restore(place.path, place.url, tmp_path / "saved.zip", replaces=True)

    assert _holds(store_at(place)) == before


def _changed(source: Path, target: Path, name: str, content: bytes | None) -> Path:
    """A copy of a backup in which one part is another, or is missing."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
            elif content is not None:
                new.writestr(part, content)
    return target


def test_a_backup_that_cannot_be_put_back_changes_nothing(place, store_at, tmp_path):
    store = store_at(place)
    _fill(store)
    before = _holds(store)
    saved = tmp_path / "saved.zip"
    store.back_up(saved)
    with zipfile.ZipFile(saved) as archive:
        head = json.loads(archive.read("backup.json"))
    head["1"]["version"] = "9999"
    newer = _changed(saved, tmp_path / "newer.zip", "backup.json", json.dumps(head).encode())
    damaged = _changed(saved, tmp_path / "damaged.zip", "watches.jsonl", b'["id"]\n["a", 1]\n')
    without = _changed(saved, tmp_path / "without.zip", "votes.jsonl", None)
    half = tmp_path / "half.zip"
    half.write_bytes(saved.read_bytes()[:999])

    for file, said in (
        (newer, "newer.zip: of a newer smebot: update smebot"),
        (damaged, "damaged.zip: no backup of smebot, or damaged"),
        (without, "without.zip: no backup of smebot, or damaged"),
        (half, "half.zip: no backup of smebot, or damaged"),
    ):
        with pytest.raises(StoreError, match=said):
            restore(place.path, place.url, file, replaces=True)

    assert _holds(store) == before


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(other, store_at, tmp_path):
    """Its tables are made as they were then, filled, and changed as those of the bot would be."""
    old = other("sqlite")
    store = store_at(old)
    _fill(store)
    store.back_up(tmp_path / "saved.zip")
    with zipfile.ZipFile(tmp_path / "saved.zip") as archive:
        head = json.loads(archive.read("backup.json"))
    head["1"]["version"] = "0015"
    earlier = _changed(
        tmp_path / "saved.zip", tmp_path / "a.zip", "backup.json", json.dumps(head).encode()
    )
    inbox = b'["update_id","user_id","payload","is_late","forgets","tries","received"]\n'
    earlier = _changed(earlier, tmp_path / "earlier.zip", "inbox.jsonl", inbox)
    target = other("postgresql")

    restore(target.path, target.url, earlier, replaces=False)

    assert _holds(store_at(target)) == _holds(store)


def test_a_backup_is_closed_to_others_and_a_failed_one_leaves_the_last(place, store_at, tmp_path):
    store = store_at(place)
    saved = tmp_path / "saved.zip"
    store.back_up(saved)
    before = saved.read_bytes()
    place.rows("ALTER TABLE turns RENAME COLUMN question TO other")
    (place.path.parent / "smebot.salt").rename(tmp_path / "away")

    with suppress(StoreError, OSError):
        store.back_up(saved)

    assert saved.read_bytes() == before
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("*.zip*")] == ["saved.zip"]
    assert list(tmp_path.glob(".saved*")) == []


def test_the_commands_save_and_restore(smebot, tmp_path, database_url, monkeypatch):
    data = tmp_path / ".smebot"
    store = Store(data / "smebot.sqlite")
    _fill(store)
    before = _holds(store)
    store.close()

    saved = smebot("backup", "saved.zip")
    monkeypatch.setenv("SMEBOT_DATABASE_URL", database_url)
    restored = smebot("restore", "saved.zip")
    refused = smebot("restore", "saved.zip")

    assert (saved.code, restored.code) == (0, 0)
    assert "smebot.sqlite" in saved.out
    assert "restored: " in restored.out
    refused.assert_error("not empty", "--replace")
    assert PASSWORD not in refused.err
    again = Store(data / "smebot.sqlite", database_url)
    assert _holds(again) == before
    again.close()
    shutil.rmtree(data)
