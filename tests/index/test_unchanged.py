"""What has not changed is taken from the served snapshot; the result is that of a first build."""

import shutil
from collections.abc import Iterator, Sequence

import pytest

from index import unchanged, writing
from index.build_engines import LocalEngine
from index.documents import Document, Passage

FAIR = "events/canton-fair.en.md"
GLOSSARY = "- {id: canton-fair, kind: event, zh: 广交会, en: Canton Fair}\n"


class Watched(LocalEngine):
    """Remembers which documents it had to chunk."""

    def __init__(self, encoder) -> None:
        super().__init__(encoder)
        self.chunked: list[str] = []

    def chunk(self, documents: Sequence[Document]) -> Iterator[list[Passage]]:
        self.chunked += [document.id for document in documents]
        return super().chunk(documents)


@pytest.fixture
def rebuilt(published):
    """Build again; returns the ids of the documents that had to be chunked."""

    def rebuild() -> list[str]:
        engine = Watched(published.encoder)
        assert published.build(engine=engine, override="a test").is_new
        return engine.chunked

    return rebuild


def change(workspace) -> None:
    text = (workspace.corpus.directory / FAIR).read_text()
    workspace.corpus.write_raw(FAIR, text.replace("74,600", "75,000"))


def test_only_what_has_changed_is_worked_out(published, rebuilt):
    change(published)

    assert rebuilt() == ["events/canton-fair.en"]
    assert (
        "75,000"
        in (published.served / "passages.jsonl").read_text()
        + (published.served / "documents.jsonl").read_text()
    )


def test_a_build_after_a_change_gives_the_files_of_a_first_one(published, rebuilt):
    change(published)
    published.corpus.write("zones/new.en.md", "The jade park in Vietnam has 7 halls since 2024.")
    rebuilt()
    after_a_change = dict(published.store.manifest(published.store.current_id()).checksums)
    shutil.rmtree(published.data_dir / "snapshots")  # what is encoded already stays

    published.build()

    first = published.store.manifest(published.store.current_id()).checksums
    assert len(first) > 10
    assert after_a_change == first


def test_nothing_is_taken_from_what_another_version_made(published, rebuilt, monkeypatch):
    monkeypatch.setattr(writing, "program_digest", lambda: "another version")
    change(published)
    rebuilt()
    monkeypatch.undo()
    published.corpus.write("zones/new.en.md", "The jade park has 7 halls.")

    assert len(rebuilt()) == 5


def test_another_version_takes_nothing(published, rebuilt, monkeypatch):
    monkeypatch.setattr(unchanged, "program_digest", lambda: "another version")
    change(published)

    assert len(rebuilt()) == 4


def test_nothing_is_taken_from_what_another_glossary_was_used_for(published, rebuilt):
    published.corpus.write_raw("glossary.yaml", GLOSSARY)

    assert len(rebuilt()) == 4
    assert '"event:canton-fair"' in (published.served / "facts.jsonl").read_text()


def test_a_damaged_snapshot_gives_nothing(published, rebuilt):
    (published.served / "facts.jsonl").write_text("[]\n")
    change(published)

    assert len(rebuilt()) == 4


def test_the_digest_is_of_files_and_versions_and_stays_the_same():
    names = {file.name for file in unchanged._files_below(unchanged.files("index"))}

    assert {"facts.py", "chunking.py", "glossary.py"} < names
    assert not any(name.endswith((".safetensors", ".pyc")) for name in names)
    assert {"opencc", "rjieba"} < unchanged._needed()
    unchanged.program_digest.cache_clear()
    assert unchanged.program_digest() == unchanged.program_digest()
