"""A build on a Ray cluster of this machine: the same files, whatever happens to its workers."""

import contextlib
import os
import signal
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from index.build_engines import LocalEngine, ray_engine
from index.building import build
from index.encoder import Encoder, no_progress
from index.errors import BuildEngineError, DocumentError, MissingPackageError
from index.loading import load_corpus, read_files
from index.publishing import SnapshotStore
from index.testing import HashingEncoder

DOCUMENTS = 400
"""Two passages each, which makes four parts to encode of 256 texts."""


def encoder_that_says_where(folder: Path) -> Encoder:
    """One that leaves the number of its process in a folder."""
    (folder / str(os.getpid())).touch()
    return HashingEncoder()


def broken_encoder() -> Encoder:
    raise OSError("no model here")


@pytest.fixture
def large(corpus):
    """Documents with all sorts of words, one that cannot be read, one that is taken twice."""
    for number in range(DOCUMENTS):
        corpus.write(
            f"events/fair-{number}.en.md",
            f"# Fair {number}\n\nFair number {number} takes place in hall {number % 17}.\n\n"
            f"## Booths\n\nIt has {number * 31} booths, {number * 7} of them for machines.\n",
            not_covered=[{"question": f"What does a booth of fair {number} cost?", "note": "no"}],
        )
    corpus.write("events/broken.en.md", language="zh")
    return corpus


def built(corpus, data_dir: Path, progress=no_progress, engine=None):
    """What a build wrote: the files of the snapshot and the embeddings, by their checksums."""
    report = build((corpus.directory,), data_dir, HashingEncoder(), progress, engine=engine)
    with contextlib.closing(sqlite3.connect(data_dir / "embeddings.sqlite")) as cache:
        rows = cache.execute("SELECT key, vector FROM vectors ORDER BY key").fetchall()
    manifest = SnapshotStore(data_dir).open_current().manifest
    return manifest.checksums, manifest.content, rows, [str(e) for e in report.problems]


def test_a_build_by_two_workers_one_of_them_killed_is_the_same_bit_for_bit(large, tmp_path):
    """The one is killed when half of the passages are encoded; its successor goes on."""
    expected = built(large, tmp_path / "here")
    processes = tmp_path / "processes"
    processes.mkdir()
    killed = []

    def kill_one(done: int, total: int) -> None:
        if 0.3 * total < done < total and not killed:
            killed.append(next(processes.iterdir()).name)
            os.kill(int(killed[0]), signal.SIGKILL)

    with ray_engine(partial(encoder_that_says_where, processes), workers=2) as engine:
        found = built(large, tmp_path / "there", kill_one, engine)
        with (
            pytest.raises(BuildEngineError, match="no model here"),
            ray_engine_within(broken_encoder) as broken,
        ):
            list(broken.encode([["a text"]]))

    assert found == expected
    assert len(expected[2]) > 4 * 256
    assert len(expected[3]) == 1
    assert len(killed) == 1
    assert len(list(processes.iterdir())) == 3
    assert not Path(f"/proc/{killed[0]}").exists()


@contextlib.contextmanager
def ray_engine_within(make_encoder):
    """Other workers in the cluster that runs."""
    from index.build_engines.ray_cluster import RayEngine

    yield RayEngine(make_encoder, 1)


def test_the_port_gives_one_result_for_each_in_their_order(large):
    encoder = HashingEncoder()
    engine = LocalEngine(encoder)
    documents = load_corpus([large.directory]).documents

    vectors = list(engine.encode([["one", "two"], [], ["three"]]))

    assert [len(part) for part in vectors] == [2, 0, 1]
    assert [{p.document for p in of} for of in engine.chunk(documents)] == [
        {document.id} for document in documents
    ]


def test_a_file_that_cannot_be_read_takes_its_place_among_the_results(corpus):
    sound, broken = corpus.write("a.en.md"), corpus.write("b.en.md", language="zh")

    first, second, third = read_files(
        [(corpus.directory, each) for each in (sound, broken, sound)]
    )

    assert isinstance(second, DocumentError)
    assert first == third


def test_without_ray_it_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr("index.build_engines.find_spec", lambda _: None)

    with (
        pytest.raises(MissingPackageError, match=r"pip install 'smebot\[ray\]'"),
        ray_engine(HashingEncoder),
    ):
        pass


@pytest.mark.parametrize("address", ["auto", "no-such-scheme://127.0.0.1:1"])
def test_a_cluster_that_is_not_there_is_an_error_that_says_what_to_do(monkeypatch, address):
    monkeypatch.setenv("RAY_ADDRESS", address)

    with pytest.raises(BuildEngineError, match="ray status"), ray_engine(HashingEncoder):
        pass
