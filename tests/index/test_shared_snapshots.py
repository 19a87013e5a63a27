"""Snapshots that replicas fetch from a directory, or from anything that fsspec reads."""

import shutil
from pathlib import Path

import fsspec
import pytest

from index.errors import (
    MissingPackageError,
    PublicationBlockedError,
    SharedSnapshotsError,
    SnapshotError,
)
from index.publishing import SnapshotStore
from index.retriever import Retriever
from index.shared_snapshots import SharedSnapshots
from index.testing import HashingEncoder


@pytest.fixture(params=["directory", "memory"])
def url(request, tmp_path):
    """A place that everybody reaches."""
    if request.param == "directory":
        yield str(tmp_path / "shared")
        return
    yield "memory://shared/snapshots"
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def publisher(published, url):
    """The small corpus, published once more since snapshots are shared."""
    published.shared = SharedSnapshots(url)
    change(published, "The first that is shared.")
    return published


@pytest.fixture
def replica(tmp_path) -> SnapshotStore:
    """A data directory with nothing in it."""
    return SnapshotStore(tmp_path / "replica")


def change(publisher, text: str) -> str:
    publisher.corpus.write("new.en.md", text)
    return publisher.build().manifest.snapshot_id


def text_in(store: SnapshotStore) -> str:
    return store.open_current().documents["new.en"].text


def spoil(url: str, snapshot_id: str, name: str, content: bytes) -> None:
    files, root = fsspec.core.url_to_fs(url)
    files.makedirs(f"{root}/{snapshot_id}", exist_ok=True)
    files.pipe_file(f"{root}/{snapshot_id}/{name}", content)


def test_a_replica_serves_what_was_published_elsewhere(publisher, replica, url):
    changed = SharedSnapshots(url).fetch(replica)

    assert changed
    assert replica.current_id() == publisher.store.current_id()
    assert text_in(replica) == "The first that is shared.\n"
    assert Retriever(replica.open_current(), HashingEncoder()).search("shared", "en").hits
    assert not SharedSnapshots(url).fetch(replica)


def test_it_follows_publications_and_rollbacks_and_fetches_nothing_twice(
    publisher, replica, url, monkeypatch
):
    SharedSnapshots(url).fetch(replica)
    first = replica.current_id()
    second = change(publisher, "The second.")
    SharedSnapshots(url).fetch(replica)
    assert replica.current_id() == second

    publisher.store.rollback()
    monkeypatch.setattr(SharedSnapshots, "_copy", lambda *_: pytest.fail("fetched twice"))
    SharedSnapshots(url).fetch(replica)

    assert replica.current_id() == first
    assert text_in(replica) == "The first that is shared.\n"


def test_a_rollback_shares_what_was_published_before_snapshots_were(publisher, replica, url):
    before = publisher.store.rollback().snapshot_id

    SharedSnapshots(url).fetch(replica)

    assert replica.current_id() == before


@pytest.mark.parametrize("name", ["vectors.faiss", "documents.jsonl", "manifest.json"])
def test_a_damaged_transfer_is_refused_and_the_old_snapshot_stays(publisher, replica, url, name):
    SharedSnapshots(url).fetch(replica)
    before = replica.current_id()
    second = change(publisher, "The second.")
    whole = (publisher.store.folder(second) / name).read_bytes()
    spoil(url, second, name, whole[:-20])

    with pytest.raises(SnapshotError, match=name):
        SharedSnapshots(url).fetch(replica)

    assert replica.current_id() == before
    assert replica.ids() == [before]
    assert not list(replica.root.glob(".fetching-*"))
    spoil(url, second, name, whole)
    assert SharedSnapshots(url).fetch(replica)
    assert text_in(replica) == "The second.\n"


@pytest.mark.parametrize("current", [b"", b"\xff\xfe", b"../../etc", b"no-such-id"])
def test_a_pointer_that_names_nothing_changes_nothing(publisher, replica, url, current):
    SharedSnapshots(url).fetch(replica)
    before = replica.current_id()
    files, root = fsspec.core.url_to_fs(url)
    files.pipe_file(f"{root}/CURRENT", current)

    with pytest.raises(SharedSnapshotsError, match="SMEBOT_SNAPSHOTS_URL"):
        SharedSnapshots(url).fetch(replica)

    assert replica.current_id() == before


def test_a_place_where_nothing_was_published_yet_says_so(replica, tmp_path):
    with pytest.raises(SharedSnapshotsError, match="nothing was published there yet"):
        SharedSnapshots(str(tmp_path / "empty")).fetch(replica)

    assert not replica.is_published


def test_a_place_that_is_away_keeps_the_old_one_in_service_on_both_sides(
    published, replica, tmp_path
):
    (tmp_path / "shared").write_text("a file, where a directory is wanted")
    published.shared = SharedSnapshots(str(tmp_path / "shared"))
    before = published.store.current_id()

    with pytest.raises(SharedSnapshotsError, match="shared"):
        change(published, "Something new.")
    with pytest.raises(SharedSnapshotsError, match="shared"):
        published.shared.fetch(replica)

    assert published.store.current_id() == before
    assert not replica.is_published


def test_a_copy_that_was_interrupted_is_completed(publisher, replica, url):
    publisher.corpus.write("new.en.md", "The second.")
    waiting = publisher.build(publish=False).manifest.snapshot_id
    spoil(url, waiting, "documents.jsonl", b"half of")

    publisher.store.publish(waiting)

    assert SharedSnapshots(url).fetch(replica)
    assert text_in(replica) == "The second.\n"


def test_shared_snapshots_go_with_the_publishers(publisher, url, monkeypatch):
    monkeypatch.setattr("index.publishing.KEPT_SNAPSHOTS", 2)
    for number in range(3):
        change(publisher, f"Version {number}.")

    files, root = fsspec.core.url_to_fs(url)
    names = {Path(path).name for path in files.ls(root, detail=False)}
    assert names == {"CURRENT", *publisher.store.ids()}
    assert len(names) == 3


def test_what_was_blocked_is_not_shared(publisher, replica, url):
    publisher.corpus.write("new.en.md", "The second.")
    waiting = publisher.build(publish=False).manifest.snapshot_id

    with pytest.raises(PublicationBlockedError):
        publisher.store.publish(waiting, objections=["a check fails"])

    SharedSnapshots(url).fetch(replica)
    assert text_in(replica) == "The first that is shared.\n"


def test_a_url_that_needs_another_package_says_which():
    with pytest.raises(MissingPackageError, match=r"smebot\[s3\]"):
        SharedSnapshots("s3://bucket/snapshots")


def test_a_url_of_no_kind_is_refused():
    with pytest.raises(SharedSnapshotsError, match="nonsense"):
        SharedSnapshots("nonsense://bucket")


def test_commands_share_and_fetch(published, smebot, monkeypatch, tmp_path, fake_model):
    smebot("index", "fetch").assert_error("SMEBOT_SNAPSHOTS_URL", code=2)
    monkeypatch.setenv("SMEBOT_SNAPSHOTS_URL", str(tmp_path / "shared"))
    current = published.store.current_id()
    smebot("index", "publish", current, "--override", "it is shared from now on")
    shutil.rmtree(published.data_dir / "snapshots")

    fetched, again = smebot("index", "fetch"), smebot("index", "fetch")

    assert fetched.out == f"now serving {current}\n"
    assert again.out == f"unchanged: {current}\n"
