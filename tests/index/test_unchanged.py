"""What has not changed is not worked out again; the result is that of a first build."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest

from index import memory
from index.build_engines import LocalEngine
from index.documents import Document, Passage
from index.loading import CorpusFile, WhatWasRead
from index.memory import MEMORY_FILE

FAIR = "events/canton-fair.en.md"
GLOSSARY = "- {id: canton-fair, kind: event, zh: 广交会, en: Canton Fair}\n"


class Watched(LocalEngine):
    """Remembers which files it had to read and which documents it had to chunk."""

    def __init__(self, encoder) -> None:
        super().__init__(encoder)
        self.read_names: list[str] = []
        self.chunked: list[str] = []

    def read(self, files: Sequence[CorpusFile]) -> Iterator[WhatWasRead]:
        self.read_names += [path.relative_to(directory).as_posix() for directory, path in files]
        return super().read(files)

    def chunk(self, documents: Sequence[Document]) -> Iterator[list[Passage]]:
        self.chunked += [document.id for document in documents]
        return super().chunk(documents)


@pytest.fixture
def rebuilt(published):
    """Build again; returns the engine that had to do what was not known."""

    def rebuild() -> Watched:
        engine = Watched(published.encoder)
        assert published.build(engine=engine, override="a test").is_new
        return engine

    return rebuild


def change(workspace) -> None:
    text = (workspace.corpus.directory / FAIR).read_text()
    workspace.corpus.write_raw(FAIR, text.replace("74,600", "75,000"))


def remembered(workspace) -> int:
    """How many results are kept."""
    with closing(sqlite3.connect(workspace.data_dir / MEMORY_FILE)) as results:
        return results.execute("SELECT count(*) FROM results").fetchone()[0]


def test_only_what_has_changed_is_worked_out(published, rebuilt):
    change(published)

    done = rebuilt()

    assert done.read_names == [FAIR]
    assert done.chunked == ["events/canton-fair.en"]
    assert "75,000" in (published.served / "documents.jsonl").read_text()


def test_a_build_after_changes_gives_what_a_first_one_gives(published, rebuilt):
    """Files bit for bit, and all that was found in documents that have not changed."""
    published.corpus.write("zones/odd.en.md", "这个园区在苏州。", topic="zones")
    published.corpus.write("zones/tables.en.md", "| hall | m2 |\n| --- | --- |\n| 7 | 900 |\n")
    rebuilt()
    change(published)
    published.corpus.write("zones/new.en.md", "The jade park in Vietnam has 7 halls since 2024.")
    published.corpus.remove("zones/suzhou-park.en.md")
    rebuilt()
    after = published.store.manifest(published.store.current_id())
    for name in ("snapshots", MEMORY_FILE):  # what is encoded stays
        path = published.data_dir / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    published.build(override="a test")

    first = published.store.manifest(published.store.current_id())
    assert len(first.checksums) > 10
    assert after.checksums == first.checksums
    assert first.errors
    assert first.warnings
    assert (after.errors, after.warnings) == (first.errors, first.warnings)


def test_another_version_of_the_program_takes_nothing(published, rebuilt, monkeypatch):
    monkeypatch.setattr(memory, "program_digest", lambda: "another version")
    change(published)

    done = rebuilt()

    assert len(done.read_names) == len(done.chunked) == 4


def test_with_another_glossary_facts_are_read_anew(published, rebuilt):
    published.corpus.write_raw("glossary.yaml", GLOSSARY)

    done = rebuilt()

    assert (len(done.read_names), len(done.chunked)) == (0, 4)
    assert '"event:canton-fair"' in (published.served / "facts.jsonl").read_text()


def test_a_damaged_snapshot_takes_nothing_away(published, rebuilt):
    (published.served / "facts.jsonl").write_text("[]\n")
    change(published)

    assert rebuilt().chunked == ["events/canton-fair.en"]


def test_what_is_no_longer_in_the_corpus_is_forgotten(published, rebuilt):
    before = remembered(published)
    published.corpus.write("zones/new.en.md", "The jade park has 7 halls.")
    rebuilt()
    assert remembered(published) > before

    published.corpus.remove("zones/new.en.md")
    rebuilt()

    assert remembered(published) == before
