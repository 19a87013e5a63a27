"""Files of the corpus: what is being written or gone, and many of which some are broken."""

import os

import pytest

from index.errors import DocumentError
from index.loading.files import read_file
from tests.index.pdf_pages import Text, pdf

BROKEN = (
    (".md", b"---\ntitle: [\n---\nThe fair is in Suzhou.\n"),
    (".pdf", pdf([Text(50, 700, "Secret.")], encrypted=True)),
    (".docx", b"PK\x03\x04 cut off"),
    (".txt", b""),
    (".jsonl", b'{"id": "1"}\n'),
)


def grow_while_read(path, patch):
    """Somebody appends to a file whenever it is opened and looked at."""
    look = os.fstat

    def looked(descriptor):
        found = look(descriptor)
        if os.path.samestat(found, path.stat()):
            with path.open("a") as file:
                file.write("More of it.\n")
        return found

    patch.setattr("index.loading.files.os.fstat", looked)


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_build(published, monkeypatch):
    copied = published.corpus.write("copied.en.md", "The first half of a long guide.")
    with monkeypatch.context() as patch:
        grow_while_read(copied, patch)
        report = published.build()
    later = published.build()

    (problem,) = report.problems
    assert "copied.en.md: it changed while it was read" in str(problem)
    assert "copied.en" not in report.manifest.documents
    assert "copied.en" in later.manifest.documents
    assert later.problems == ()


def test_a_file_that_is_gone_before_it_is_read_stops_no_other(small_corpus, monkeypatch):
    gone = small_corpus.write("gone.en.md", "Soon gone.")
    look = os.fstat

    def looked(descriptor):
        gone.unlink(missing_ok=True)
        return look(descriptor)

    monkeypatch.setattr("index.loading.files.os.fstat", looked)
    small_corpus.write("a-first.en.md", "It is read before the other.")
    loaded = small_corpus.load()

    (problem,) = loaded.problems
    assert "gone.en.md" in str(problem)
    assert len(loaded.documents) == 5


def test_of_many_documents_the_broken_are_told_one_by_one_and_the_rest_is_indexed(workspace):
    """The same with 10,000 of which 500 are broken takes minutes; done by hand."""
    before = len(workspace.corpus.load().documents)
    for number in range(1_000):
        ending, content = BROKEN[number // 20 % len(BROKEN)]
        if number % 20:
            ending, content = ".en.md", None
        name = f"many/{number:04}{ending}"
        if content is None:
            workspace.corpus.write(name, f"Hall {number} of the fair shows lamps.")
        else:
            workspace.corpus.write_raw(name, content)

    report = workspace.build()

    assert len(report.manifest.documents) == before + 950
    assert len({str(problem).partition(":")[0] for problem in report.problems}) == 50
    assert workspace.store.open_current().manifest.snapshot_id == report.manifest.snapshot_id


def test_a_way_out_of_the_corpus_is_found_wherever_it_lies(corpus, tmp_path):
    """A link to a file, a link to a folder, and steps up; links that stay inside are followed."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.md").write_text("Secret.")
    inside = corpus.write("real/a.en.md", "Open.")
    links = {
        "file.md": tmp_path / "secret" / "a.md",
        "folder": tmp_path / "secret",
        "own": inside.parent,
    }
    for name, target in links.items():
        (corpus.directory / name).symlink_to(target)

    for name in ("file.md", "folder/a.md", "real/../../secret/a.md"):
        with pytest.raises(DocumentError, match="leads out of the corpus"):
            read_file(corpus.directory / name, corpus.directory)
    for name in ("real/a.en.md", "own/a.en.md"):
        assert b"Open." in read_file(corpus.directory / name, corpus.directory)
    linked = tmp_path / "linked"
    linked.symlink_to(corpus.directory)
    assert b"Open." in read_file(linked / "real" / "a.en.md", linked)
