"""A file is read again only if it, its metadata or its name changed; what is read is the same."""

import pytest

from index.loading import load_corpus, read_files
from index.memory import Memory
from index.reading import rereading


@pytest.fixture
def load(corpus, tmp_path):
    """Load the corpus; returns it, and the names of the files that had to be read."""

    def loaded():
        read = []

        def watched(files):
            read.extend(path.name for _, path in files)
            return read_files(files)

        with Memory.opened(tmp_path) as memory:
            return load_corpus([corpus.directory], rereading(watched, memory)), read

    return loaded


@pytest.mark.parametrize("folder", ["corpus", "seeds"])
def test_every_document_that_is_shipped_comes_out_as_it_was_read(project, tmp_path, folder):
    directories = [project / folder]
    expected = load_corpus(directories)
    with Memory.opened(tmp_path) as memory:
        read = rereading(read_files, memory)
        load_corpus(directories, read)

        again = load_corpus(directories, rereading(lambda files: iter(files and 1 / 0), memory))

    assert again.documents == expected.documents
    assert again.notes == expected.notes
    for name, origin in expected.origins.items():
        assert again.origins[name].lines == origin.lines
        assert again.origins[name].path == origin.path


def test_only_a_file_that_changed_is_read(corpus, load):
    corpus.write("a.en.md", "One.")
    corpus.write_raw("b.txt", "Two.\n")
    corpus.write_raw("b.txt.meta.yaml", "{title: B, language: en}")
    assert load()[1] == ["a.en.md", "b.txt"]
    assert load()[1] == []

    corpus.write("a.en.md", "Three.")

    loaded, read = load()
    assert read == ["a.en.md"]
    assert [document.text.strip() for document in loaded.documents] == ["Three.", "Two."]


def test_a_file_is_read_anew_when_its_metadata_change(corpus, load):
    corpus.write_raw("b.txt", "Two.\n")
    load()
    titles = []
    for content in ("{title: B, language: en}", "{title: C, language: en}"):
        corpus.write_raw("b.txt.meta.yaml", content)
        titles.append(load()[0].documents[0].metadata.title)
    corpus.remove("b.txt.meta.yaml")

    assert titles == ["B", "C"]
    assert load()[0].documents[0].metadata.title == "b"


def test_a_file_of_another_name_is_another_document(corpus, load):
    path = corpus.write("a.en.md", "One.")
    load()
    path.rename(path.with_name("c.en.md"))

    loaded, read = load()

    assert read == ["c.en.md"]
    assert [document.id for document in loaded.documents] == ["c.en"]


def test_the_documents_and_notes_of_a_file_of_many_are_kept(corpus, load):
    lines = '{"id": "x", "text": "One."}\n{"id": "y", "text": "Two."}\n'
    corpus.write_raw("many.jsonl", lines)
    corpus.write_raw("notes.txt", "Café in Guangzhou".encode("cp1252"))
    first, _ = load()

    again, read = load()

    assert read == []
    assert len(again.documents) == 3
    assert again.documents == first.documents
    assert again.notes == first.notes
    assert again.notes


def test_what_cannot_be_read_is_tried_again(corpus, load):
    corpus.write("a.en.md", "One.")
    corpus.write("broken.en.md", language="zh")
    load()

    loaded, read = load()

    assert read == ["broken.en.md"]
    assert len(loaded.problems) == 1


def test_a_link_out_of_the_corpus_is_not_read_though_its_content_is_known(corpus, load, tmp_path):
    path = corpus.write("a.en.md", "One.")
    load()
    path.rename(tmp_path / "a.en.md")
    path.symlink_to(tmp_path / "a.en.md")

    loaded, _ = load()

    assert not loaded.documents
    assert "out of the corpus" in str(loaded.problems[0])


def test_a_file_that_changes_while_it_is_read_is_not_remembered(corpus, load, tmp_path):
    path = corpus.write("a.en.md", "One.")

    def late(files):
        for _, name in files:
            name.write_text(path.read_text().replace("One", "Two"))
        return read_files(files)

    with Memory.opened(tmp_path) as memory:
        load_corpus([corpus.directory], rereading(late, memory))
    corpus.write("a.en.md", "One.")

    assert load()[0].documents[0].text == "One.\n"
