"""A build that fails at any instant leaves the old snapshot served, and nothing to clear away."""

import errno

import pytest

from index.errors import BuildLockedError

INSTANTS = [
    "index.testing.HashingEncoder.encode_passages",
    "index.writing.write_files",
    "index.vector_stores.faiss_store.FaissStore.save",
    "index.lexical.LexicalIndex.save",
    "index.writing.checksums_of",
    "index.writing.write_manifest",
    "os.fsync",
    "pathlib.Path.rename",
    "index.writing.sync_directory",
    "index.publishing.replace_text",
    "pathlib.Path.replace",
]
"""What is called in the course of a build, in this order."""

BUILD = """
import os, sys
from pathlib import Path
from unittest.mock import patch
from index.building import build
from index.encoder import no_progress
from index.testing import HashingEncoder

corpus, data_dir, instant = sys.argv[1:]

def stop(*_, **__):
    if instant == "wait":
        print("waiting", flush=True)
        sys.stdin.readline()
        return write_files(*_, **__)
    os._exit(9)

write_files = __import__("index.writing").writing.write_files
with patch("index.writing.write_files" if instant == "wait" else instant, stop):
    build([Path(corpus)], Path(data_dir), HashingEncoder(), no_progress)
"""


@pytest.fixture
def changed(published):
    """A served snapshot, and a corpus that has changed since."""
    published.corpus.write("new.en.md", "Something new about the fair.")
    return published


def assert_old_snapshot_is_served(workspace, before: str) -> None:
    assert workspace.store.current_id() == before
    assert "new.en" not in workspace.store.open_current().documents


def assert_next_build_is_sound_and_tidy(workspace) -> None:
    workspace.build()

    store = workspace.store
    assert "new.en" in store.open_current().documents
    entries = {path.name for path in store.root.iterdir()}
    assert entries == {"CURRENT", "HISTORY", *store.ids()}
    for snapshot_id in store.ids():
        assert store.publish(snapshot_id)


@pytest.mark.parametrize("instant", INSTANTS)
@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()],
    ids=["disk full", "interrupted"],
)
def test_a_failed_build_leaves_the_old_snapshot_in_service(changed, monkeypatch, instant, error):
    before = changed.store.current_id()

    def fail(*_, **__):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(instant, fail)
        with pytest.raises(type(error)):
            changed.build()

    assert_old_snapshot_is_served(changed, before)
    assert not list(changed.store.root.glob(".*"))
    assert_next_build_is_sound_and_tidy(changed)


def test_a_failed_first_build_serves_nothing(workspace, monkeypatch):
    def fail(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("index.writing.write_manifest", fail)

    with pytest.raises(OSError, match="No space left"):
        workspace.build()

    assert not workspace.store.is_published
    assert workspace.store.ids() == []


@pytest.mark.parametrize("instant", ["index.writing.write_manifest", "pathlib.Path.replace"])
def test_a_build_that_is_killed_leaves_the_old_snapshot_in_service(changed, python, instant):
    before = changed.store.current_id()

    process = python(BUILD, changed.corpus.directory, changed.data_dir, instant)

    assert process.wait(60) == 9
    assert_old_snapshot_is_served(changed, before)
    assert_next_build_is_sound_and_tidy(changed)


def test_of_two_builds_at_once_the_second_is_refused_and_the_first_goes_on(changed, python):
    before = changed.store.current_id()
    process = python(BUILD, changed.corpus.directory, changed.data_dir, "wait")
    assert process.stdout.readline() == "waiting\n", process.stderr.read()

    with pytest.raises(BuildLockedError, match="wait until it is done"):
        changed.build()

    assert_old_snapshot_is_served(changed, before)
    _, errors = process.communicate("go on\n", timeout=60)
    assert process.returncode == 0, errors
    assert "new.en" in changed.store.open_current().documents
    assert not changed.build().is_new
