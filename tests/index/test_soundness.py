"""Large files are read once, and again when anything about them has changed."""

import os
import time

import pytest

from index.errors import SnapshotError
from index.manifest import verify
from index.soundness import SoundFiles

LONG_AGO = time.time() - 3600


@pytest.fixture
def memory(tmp_path):
    return tmp_path / "SOUND.json"


@pytest.fixture
def settled(published, monkeypatch):
    """A snapshot whose files were written an hour ago, as far as their times can be set."""
    for path in published.served.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    monkeypatch.setattr("index.soundness._SETTLED_NS", 0)
    return published.served


def opened(folder, memory):
    return verify(folder, SoundFiles.load(memory, large_bytes=1))


def read_files(monkeypatch):
    """The names of the files that are read from now on."""
    from index import soundness

    names, read = [], soundness.checksum_of
    monkeypatch.setattr(
        soundness, "checksum_of", lambda path: [names.append(path.name), read(path)][1]
    )
    return names


def test_what_was_found_sound_is_not_read_again(settled, memory, monkeypatch):
    opened(settled, memory)
    names = read_files(monkeypatch)

    manifest = opened(settled, memory)

    assert manifest == verify(settled)
    assert names == []


def test_small_files_are_always_read(settled, memory, monkeypatch):
    verify(settled, SoundFiles.load(memory))
    names = read_files(monkeypatch)

    verify(settled, SoundFiles.load(memory))

    assert {"vectors.faiss", "documents.jsonl"} < set(names)
    assert not memory.exists()


def test_a_publication_reads_what_is_remembered_as_well(settled, memory, monkeypatch):
    opened(settled, memory)
    names = read_files(monkeypatch)

    verify(settled, SoundFiles(memory, large_bytes=1))

    assert "vectors.faiss" in names


def test_a_file_that_was_written_since_is_read_and_refused(settled, memory):
    opened(settled, memory)
    path = settled / "vectors.faiss"
    content = path.read_bytes()
    path.write_bytes(b"X" + content[1:])
    os.utime(path, (LONG_AGO, LONG_AGO))  # whoever sets its time back cannot hide it

    with pytest.raises(SnapshotError, match=r"vectors\.faiss has been altered"):
        opened(settled, memory)


def test_a_file_that_has_just_been_written_is_not_trusted(published, memory):
    opened(published.served, memory)

    assert "vectors.faiss" not in (memory.read_text("utf-8") if memory.exists() else "")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"null"])
def test_a_damaged_memory_only_costs_time(settled, memory, content):
    memory.write_bytes(content)

    assert opened(settled, memory) == verify(settled)


def test_a_folder_that_cannot_be_written_is_opened_all_the_same(settled, tmp_path):
    assert opened(settled, tmp_path / "missing" / "SOUND.json") == verify(settled)
