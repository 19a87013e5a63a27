"""Snapshots in Milvus: published, rolled back, deleted, and what happens while Milvus is away."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.errors import MissingPackageError, VectorsAwayError
from index.vector_stores import milvus_engine, milvus_store
from index.vector_stores.milvus_collections import ALIAS, MilvusEngine, collection_of
from index.vector_stores.milvus_connection import Milvus

BUILD = """
import os, sys
from pathlib import Path
from unittest.mock import patch
from index.building import build
from index.encoder import no_progress
from index.testing import HashingEncoder
from index.vector_stores import milvus_engine

corpus, data_dir, uri, instant = sys.argv[1:]
with patch(instant, lambda *_, **__: os._exit(9)):
    build(
        [Path(corpus)], Path(data_dir), HashingEncoder(), no_progress,
        vectors=milvus_engine(uri, ""),
    )
"""
QUESTION = ("How many booths has the Canton Fair?", "en")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """`server()`: start Milvus Lite as a server, on the same port and files each time."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        where = ["--data-dir", tmp_path / "server.db", "--host", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen(
            [sys.executable, "-m", "milvus_lite", "server", *where], stdout=subprocess.DEVNULL
        )
        started.append(process)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    return process
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    start.uri = f"http://127.0.0.1:{port}"
    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def milvus(tmp_path: Path) -> Milvus:
    """Milvus Lite in this process."""
    return Milvus(str(tmp_path / "milvus.db"), "")


@pytest.fixture
def workspace(published, milvus):
    """The small corpus, served since before there was Milvus."""
    published.engine = MilvusEngine(milvus)
    return published


def change(workspace, text: str = "Something new about the fair.") -> str:
    """Publish a snapshot of a corpus that has changed; gives its id."""
    workspace.corpus.write("new.en.md", text)
    return workspace.build().manifest.snapshot_id


def found(retriever) -> list[tuple[str, float]]:
    hits = retriever.search(*QUESTION).hits
    assert hits
    return [(hit.passage.id, round(hit.score, 5)) for hit in hits]


def lines(caplog) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name.startswith("index.")]


def test_what_is_published_is_searched_in_milvus_as_in_its_file(workspace, milvus, caplog):
    served = change(workspace)
    retriever = workspace.retriever()
    in_milvus = found(retriever)

    workspace.engine = None

    assert in_milvus == found(workspace.retriever())
    assert milvus.pointed_to(ALIAS) == collection_of(served)
    assert milvus.load(collection_of(served), 10) == retriever.snapshot.manifest.passages
    assert lines(caplog) == []


def test_a_rollback_points_to_what_was_served_before(workspace, milvus, caplog):
    first = change(workspace)
    change(workspace, "Something else.")

    workspace.store.rollback()

    assert milvus.pointed_to(ALIAS) == collection_of(first)
    assert "new.en" in {name.partition("@")[0] for name, _ in found(workspace.retriever())}
    assert lines(caplog) == []


def test_a_reader_keeps_its_snapshot_while_others_are_published(workspace, caplog):
    change(workspace)
    reader = workspace.retriever()
    before = found(reader)

    change(workspace, "The booths of the Canton Fair: how many has it?")

    assert found(reader) == before != found(workspace.retriever())
    assert lines(caplog) == []


def test_collections_go_with_their_snapshots(workspace, milvus, monkeypatch):
    monkeypatch.setattr("index.publishing.KEPT_SNAPSHOTS", 2)
    milvus.create("not_ours", 8)

    ids = [change(workspace, f"Version {number}.") for number in range(3)]

    assert workspace.store.ids() == ids[1:]
    assert set(milvus.collections()) == {"not_ours", *map(collection_of, ids[1:])}


def test_a_snapshot_that_is_discarded_leaves_no_collection(workspace, milvus):
    served = change(workspace)
    workspace.corpus.write("new.en.md", "Never served.")
    waiting = workspace.build(publish=False).manifest.snapshot_id
    workspace.engine.hold(workspace.store.folder(waiting))

    workspace.store.discard(waiting)

    assert milvus.collections() == [collection_of(served)]


@pytest.mark.parametrize(
    "instant",
    [
        "index.vector_stores.milvus_connection.Milvus.insert",
        "index.publishing.replace_text",
        "index.vector_stores.milvus_connection.Milvus.point",
    ],
)
def test_a_crash_leaves_one_sound_snapshot_in_service_and_the_next_build_tidies(
    published, python, tmp_path, instant
):
    """While a collection is filled; between it and CURRENT; between CURRENT and the alias."""
    uri = str(tmp_path / "milvus.db")
    before = published.store.current_id()
    published.corpus.write("new.en.md", "Something new about the fair.")
    killed = python(BUILD, published.corpus.directory, published.data_dir, uri, instant)
    assert killed.communicate() == ("", "")
    assert killed.returncode == 9
    crashed = published.store.ids()[-1]
    served = crashed if instant.endswith("point") else before
    assert published.store.current_id() == served

    milvus = Milvus(uri, "")
    published.engine = MilvusEngine(milvus)
    assert found(published.retriever())
    assert collection_of(crashed) in milvus.collections()
    after = change(published, "Something else about the fair.")

    assert milvus.pointed_to(ALIAS) == collection_of(after)
    assert set(milvus.collections()) <= set(map(collection_of, published.store.ids()))
    assert (crashed in published.store.ids()) == (served == crashed)


def test_a_collection_that_is_half_full_is_filled_anew(workspace, milvus):
    workspace.corpus.write("new.en.md", "Something new about the fair.")
    waiting = workspace.build(publish=False).manifest
    name = collection_of(waiting.snapshot_id)
    milvus.create(name, 64)
    milvus.insert(name, 0, np.zeros(1, np.int16), np.eye(1, 64, dtype=np.float32))

    workspace.store.publish(waiting.snapshot_id)

    assert milvus.load(name, 10) == waiting.passages
    assert str(waiting.passages) in workspace.engine.examine(waiting.snapshot_id, waiting.passages)


@pytest.mark.parametrize("is_there", [False, True])
def test_what_milvus_lacks_is_told_with_the_command_that_fills_it(
    workspace, milvus, caplog, is_there
):
    """All of it, or all but one vector."""
    served = change(workspace)
    expected = found(workspace.retriever())
    name = collection_of(served)
    milvus.drop(name)
    if is_there:
        milvus.create(name, 64)
        milvus.insert(name, 0, np.zeros(1, np.int16), np.eye(1, 64, dtype=np.float32))

    assert found(workspace.retriever()) == expected
    with pytest.raises(VectorsAwayError, match=f"smebot index publish {served}"):
        workspace.engine.examine(served, workspace.retriever().snapshot.manifest.passages)
    (line,) = lines(caplog)
    assert "the snapshot's FAISS file is searched meanwhile" in line
    caplog.clear()
    workspace.store.publish(served)
    assert found(workspace.retriever()) == expected
    assert lines(caplog) == []


def test_nothing_is_published_while_milvus_is_away(published, server):
    """The snapshot waits, and the next build that reaches Milvus publishes it."""
    before = published.store.current_id()
    published.engine = milvus_engine(server.uri, "")

    with pytest.raises(VectorsAwayError, match=r"Milvus at http.*smebot doctor"):
        change(published)

    assert published.store.current_id() == before
    assert found(published.retriever())
    waiting = published.store.waiting_id()
    server()
    assert published.build().manifest.snapshot_id == waiting == published.store.current_id()


def test_a_rollback_needs_no_milvus(workspace, server, caplog):
    first = workspace.store.current_id()
    change(workspace)
    workspace.engine = milvus_engine(server.uri, "")

    workspace.store.rollback()

    assert workspace.store.current_id() == first
    (line,) = lines(caplog)
    assert "it is told at the next build what is served" in line


def test_questions_are_answered_while_a_server_is_away_and_it_is_asked_again_when_it_is_back(
    published, server, caplog, monkeypatch
):
    monkeypatch.setattr(milvus_store, "PAUSE_S", 0.2)
    process = server()
    published.engine = milvus_engine(server.uri, "")
    change(published)
    retriever = published.retriever()
    expected = found(retriever)
    assert lines(caplog) == []

    process.kill()
    process.wait()
    away = [found(retriever) for _ in range(3)]
    time.sleep(0.3)
    away.append(found(retriever))

    assert away == [expected] * 4
    (line,) = lines(caplog)
    assert line.startswith(f"Milvus at {server.uri}: ")
    server()
    until = time.monotonic() + 30  # gRPC takes some seconds to try again
    while len(lines(caplog)) == 1 and time.monotonic() < until:
        time.sleep(0.3)
        assert found(retriever) == expected
    assert lines(caplog)[1:] == ["vectors are searched in Milvus again"]


def test_a_file_that_was_removed_is_made_anew_by_the_next_publication(workspace, tmp_path, caplog):
    served = change(workspace)
    expected = found(workspace.retriever())
    shutil.copytree(tmp_path / "milvus.db", tmp_path / "copy.db")
    shutil.rmtree(tmp_path / "copy.db" / "collections")

    workspace.engine = milvus_engine(str(tmp_path / "copy.db"), "")
    retriever = workspace.retriever()

    assert found(retriever) == found(retriever) == expected
    assert len(lines(caplog)) == 1
    workspace.store.publish(served)
    assert workspace.engine.examine(served, retriever.snapshot.manifest.passages)


@pytest.mark.parametrize(
    ("uri", "missing"),
    [("http://127.0.0.1:1", "pymilvus"), ("milvus.db", "pymilvus"), ("milvus.db", "milvus_lite")],
)
def test_a_package_that_is_missing_is_told_with_what_to_install(monkeypatch, uri, missing):
    monkeypatch.setattr("index.vector_stores.find_spec", lambda name: name != missing or None)

    with pytest.raises(MissingPackageError, match=rf"{missing}.*pip install 'smebot\[milvus\]'"):
        milvus_engine(uri, "")


def test_a_server_needs_no_milvus_lite(monkeypatch):
    monkeypatch.setattr("index.vector_stores.find_spec", lambda name: name == "pymilvus" or None)

    assert milvus_engine("http://127.0.0.1:1", "")


def test_who_has_not_chosen_milvus_loads_nothing_of_it(published, python):
    script = """
import sys
from pathlib import Path
from index import snapshot_store
from index.settings import IndexSettings, load_settings
store = snapshot_store(load_settings(IndexSettings, data_dir=Path(sys.argv[1])))
assert store.open_current()
store.prune()
print([name for name in sys.modules if name.partition(".")[0] in {"pymilvus", "grpc"}])
"""
    assert python(script, published.data_dir).communicate() == ("[]\n", "")
