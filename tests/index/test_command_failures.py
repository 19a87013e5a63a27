"""Whatever stops `smebot index build`: one line, and the old index stays in service."""

import errno
import json
import os

import pytest
from filelock import FileLock

resource = pytest.importorskip("resource", reason="limits of a process are a Unix thing")

pytestmark = pytest.mark.usefixtures("fake_model")


@pytest.mark.parametrize(
    "instant",
    [
        "index.writing.write_files",
        "index.writing.write_manifest",
        "os.fsync",
        "pathlib.Path.rename",
        "pathlib.Path.replace",
    ],
)
def test_a_full_disk_is_one_line_and_the_old_index_stays(published, smebot, monkeypatch, instant):
    before = published.store.current_id()
    published.corpus.write("new.en.md")

    def fail(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "vectors.faiss")

    with monkeypatch.context() as patch:
        patch.setattr(instant, fail)
        outcome = smebot("index", "build")

    outcome.assert_error("vectors.faiss", "the disk is full", "unchanged")
    assert published.store.current_id() == before


@pytest.mark.parametrize(
    ("is_cached", "largest_kb"),
    [(False, 16), (True, 16), (True, 100)],
    ids=["embeddings", "documents", "vectors"],
)
def test_a_file_that_may_not_grow_is_one_line_and_the_old_index_stays(
    published, smebot, is_cached, largest_kb
):
    """The system itself refuses to write: in SQLite, in Python, in FAISS."""
    before = published.store.current_id()
    rows = [json.dumps({"text": f"The fair {i}.", "lang": "en"}) for i in range(600)]
    published.corpus.write_raw("many.jsonl", "\n".join(rows))
    if is_cached:
        smebot("index", "build", "--no-publish")
        published.store.discard(published.store.ids()[-1])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_kb * 1024, limits[1]))
    try:
        outcome = smebot("index", "build")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    outcome.assert_error()
    assert published.store.open_current().manifest.snapshot_id == before
    assert smebot("index", "build").code == 0


def test_a_build_that_is_interrupted_is_one_line(published, smebot, monkeypatch):
    before = published.store.current_id()
    published.corpus.write("new.en.md")

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.writing.write_files", interrupt)
        outcome = smebot("index", "build")

    outcome.assert_error("interrupted")
    assert published.store.current_id() == before


def test_a_build_while_another_is_running_is_refused(workspace, smebot):
    with FileLock(workspace.data_dir / "build.lock"):
        outcome = smebot("index", "build")

    outcome.assert_error("another build is running", "try again")


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_data_directory_that_cannot_be_made_is_one_line(small_corpus, smebot, tmp_path, place):
    (tmp_path / "file").write_text("x")

    smebot("index", "build", "--data-dir", place).assert_error("file")


def test_a_damaged_pointer_is_one_line(published, smebot):
    (published.store.root / "CURRENT").write_bytes(b"\xff\xfe")

    smebot("index", "verify").assert_error("smebot index build")


def test_a_damaged_embedding_cache_is_begun_anew(published, smebot):
    published.corpus.write("new.en.md")
    (published.data_dir / "embeddings.sqlite").write_bytes(b"garbage" * 999)

    outcome = smebot("index", "build")

    assert outcome.code == 0
    assert "7 passages encoded" in outcome.out
