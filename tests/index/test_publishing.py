"""Which snapshot is served: publish and rollback, each in one step."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock

from index.durable import replace_text
from index.errors import SnapshotError
from index.publishing import SnapshotStore


@pytest.fixture
def three(published):
    """Three snapshots, served one after the other: ids, oldest first, and the workspace."""
    ids = [published.store.current_id()]
    for number in (2, 3):
        published.corpus.write("new.en.md", f"Version {number}.")
        ids.append(published.build().manifest.snapshot_id)
    return published, ids


def fail(*_, **__):
    raise OSError("no more")


def test_nothing_is_served_before_the_first_build(workspace):
    assert not workspace.store.is_published
    assert workspace.store.ids() == []
    with pytest.raises(SnapshotError, match="smebot index build"):
        workspace.store.open_current()


def test_snapshots_are_listed_oldest_first(three):
    workspace, ids = three

    assert workspace.store.ids() == ids == sorted(ids)


def test_rollback_serves_what_was_served_before(three):
    workspace, ids = three

    manifest = workspace.store.rollback()

    assert manifest.snapshot_id == workspace.store.current_id() == ids[1]
    assert workspace.store.open_current().documents["new.en"].text == "Version 2.\n"


def test_rollback_twice_serves_the_one_before_that(three):
    workspace, ids = three

    workspace.store.rollback()
    workspace.store.rollback()

    assert workspace.store.current_id() == ids[0]


def test_after_the_oldest_there_is_nothing_to_roll_back_to(three):
    workspace, ids = three
    workspace.store.rollback()
    workspace.store.rollback()

    with pytest.raises(SnapshotError, match="nothing to roll back to"):
        workspace.store.rollback()

    assert workspace.store.current_id() == ids[0]


def test_a_single_snapshot_cannot_be_rolled_back(published):
    before = published.store.current_id()

    with pytest.raises(SnapshotError, match="nothing to roll back to"):
        published.store.rollback()

    assert published.store.current_id() == before


def test_what_was_rolled_back_can_be_published_again(three):
    workspace, ids = three
    workspace.store.rollback()

    manifest = workspace.store.publish(ids[2])

    assert manifest.snapshot_id == workspace.store.current_id() == ids[2]


def test_rollback_after_publishing_an_old_one_returns_to_the_newer(three):
    workspace, ids = three
    workspace.store.publish(ids[0])

    workspace.store.rollback()

    assert workspace.store.current_id() == ids[2]


def test_publishing_what_is_served_already_leaves_rollback_as_it_was(three):
    workspace, ids = three
    workspace.store.publish(ids[2])

    workspace.store.rollback()

    assert workspace.store.current_id() == ids[1]


def test_a_build_after_rollback_serves_the_corpus_again_without_encoding(three):
    workspace, ids = three
    workspace.store.rollback()

    report = workspace.build()

    assert report.encoded == 0
    assert workspace.store.open_current().documents["new.en"].text == "Version 3.\n"
    workspace.store.rollback()
    assert workspace.store.current_id() == ids[1]


def test_rollback_passes_over_snapshots_that_were_deleted(three):
    workspace, ids = three
    workspace.store.folder(ids[1]).rename(workspace.data_dir / "elsewhere")

    workspace.store.rollback()

    assert workspace.store.current_id() == ids[0]


def test_rollback_helps_when_the_served_snapshot_is_gone(three):
    workspace, ids = three
    workspace.store.folder(ids[2]).rename(workspace.data_dir / "elsewhere")

    workspace.store.rollback()

    assert workspace.store.open_current().manifest.snapshot_id == ids[1]


_TURNS = """
import sys
from pathlib import Path
from index.publishing import SnapshotStore
from tests.index.test_publishing import take_turns

store = SnapshotStore(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
take_turns(store, sys.argv[2], 30)
"""


def take_turns(store: SnapshotStore, snapshot_id: str, times: int) -> None:
    """Publish and roll back; another may have gone all the way back meanwhile."""
    for _ in range(times):
        store.publish(snapshot_id)
        try:
            store.rollback()
        except SnapshotError as error:
            if "nothing to roll back to" not in str(error):
                raise


def test_publications_and_rollbacks_at_the_same_time_wait_for_each_other(three, python):
    """In threads of the bot and in commands beside it: none fails, and none loses the way back."""
    workspace, ids = three
    beside = [python(_TURNS, workspace.data_dir, ids[0]) for _ in range(2)]
    for process in beside:
        assert process.stdout.readline() == "ready\n"

    for process in beside:
        process.stdin.write("\n")
        process.stdin.flush()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: take_turns(workspace.store, ids[1], 15), range(4)))

    for process in beside:
        assert process.communicate() == ("", "")
        assert process.returncode == 0
    assert workspace.store.open_current()
    names = {path.name for path in workspace.store.root.iterdir()}
    assert names == {*ids, "CURRENT", "HISTORY"}


def test_a_publication_that_never_ends_is_told_of(three, monkeypatch):
    workspace, ids = three
    monkeypatch.setattr("index.publishing._LONGEST_WAIT_S", 0.1)

    with (
        FileLock(workspace.data_dir / "publish.lock"),
        pytest.raises(SnapshotError, match="another publication is at work"),
    ):
        workspace.store.publish(ids[0])


def test_a_damaged_snapshot_is_never_served_again(three):
    workspace, ids = three
    (workspace.store.folder(ids[1]) / "documents.jsonl").write_text("")

    with pytest.raises(SnapshotError, match=r"documents\.jsonl"):
        workspace.store.rollback()
    with pytest.raises(SnapshotError, match=r"documents\.jsonl"):
        workspace.store.publish(ids[1])

    assert workspace.store.current_id() == ids[2]


@pytest.mark.parametrize("snapshot_id", ["no-such-id", "", ".", "..", "../.."])
def test_an_unknown_snapshot_is_refused_with_those_there_are(three, snapshot_id):
    workspace, ids = three

    with pytest.raises(SnapshotError, match=ids[2]):
        workspace.store.publish(snapshot_id)

    assert workspace.store.current_id() == ids[2]


@pytest.mark.parametrize("pointer", [b"", b"no-such-id\n", b"\xff\xfe\x00"])
def test_a_damaged_pointer_is_an_error_that_says_what_to_do(published, pointer):
    (published.store.root / "CURRENT").write_bytes(pointer)

    with pytest.raises(SnapshotError, match="smebot index build"):
        published.store.open_current()


@pytest.fixture
def one_write_only(monkeypatch):
    """From the second file that is replaced on, nothing can be written any more."""
    replace, calls = Path.replace, []

    def replace_once(path, target):
        calls.append(path)
        return fail() if len(calls) > 1 else replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_once)
        yield patch


def test_a_crash_while_publishing_leaves_rollback_as_it_was(three, one_write_only):
    """What never was served is no way back, whichever file was written first."""
    workspace, ids = three
    fourth = copy_of(workspace, ids[2])
    with suppress(OSError):
        workspace.store.publish(fourth)
    one_write_only.undo()
    served = workspace.store.current_id()

    workspace.store.rollback()

    assert workspace.store.current_id() == (ids[2] if served == fourth else ids[1])


def test_a_crash_while_rolling_back_does_not_turn_the_way_round(three, one_write_only):
    workspace, ids = three
    with suppress(OSError):
        workspace.store.rollback()
    one_write_only.undo()
    served = workspace.store.current_id()

    workspace.store.rollback()

    assert workspace.store.current_id() == ids[ids.index(served) - 1]


def copy_of(workspace, snapshot_id: str) -> str:
    """A newer snapshot that was never served."""
    newer = f"{snapshot_id}-newer"
    shutil.copytree(workspace.store.folder(snapshot_id), workspace.store.folder(newer))
    return newer


def test_a_text_that_cannot_be_replaced_stays_and_leaves_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "CURRENT"
    replace_text(path, "old")
    monkeypatch.setattr("os.fsync", fail)

    with pytest.raises(OSError, match="no more"):
        replace_text(path, "new")

    assert [entry.name for entry in tmp_path.iterdir()] == ["CURRENT"]
    assert path.read_text() == "old"


def test_a_reader_keeps_its_snapshot_until_it_opens_another(three):
    workspace, ids = three
    before = workspace.retriever()

    workspace.store.rollback()

    assert before.snapshot.manifest.snapshot_id == ids[2]
    assert workspace.retriever().snapshot.manifest.snapshot_id == ids[1]
