"""What lies in a corpus and is not read is told of, with what to do about it."""

import pytest


def notes_of(corpus) -> dict[str, str]:
    """What is told of each path."""
    loaded = corpus.load()
    assert loaded.documents
    assert not loaded.problems
    return {note.path.name: note.text for note in loaded.notes}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("glossary.yml", "must be named glossary.yaml"),
        ("Glossary.YAML", "must be named glossary.yaml"),
        ("events/plan.yml", "a YAML file is no document"),
        ("events/plan.yaml", "a YAML file is no document"),
        ("events/checks/plan.yaml", "a YAML file is no document"),
        ("events/fair.meta.yml", "must be named fair.meta.yaml"),
        ("events/fair.meta.YAML", "must be named fair.meta.yaml"),
        ("events/other.meta.yaml", "there is no file other"),
    ],
)
def test_a_yaml_file_that_is_passed_over_is_told_of(corpus, name, text):
    corpus.write("events/fair.en.md")
    corpus.write_raw(name, "title: The fair\n")

    (note,) = notes_of(corpus).values()

    assert text in note


def test_settings_metadata_of_a_file_drafts_and_checks_are_not_told_of(corpus):
    corpus.write("events/fair.en.md")
    corpus.write_raw("glossary.yaml", "[]\n")
    corpus.write_raw("events/plan.txt", "The fair is held in Guangzhou.\n")
    corpus.write_raw("events/plan.meta.yaml", "title: The plan\nlanguage: en\n")
    corpus.write_raw("events/talk.txt", "The fair is held in Guangzhou.\n")
    corpus.write_raw("events/talk.txt.meta.yaml", "title: The talk\nlanguage: en\n")
    corpus.write_raw("_draft.yaml", "x\n")
    corpus.write_raw(".hidden/plan.yaml", "x\n")
    corpus.write_raw("checks/fairs.yaml", "checks: []\n")

    assert notes_of(corpus) == {}


def test_a_linked_folder_is_told_of_and_not_read(corpus, tmp_path):
    corpus.write("events/fair.en.md")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.txt").write_text("Nothing of this is read.")
    (corpus.directory / "linked").symlink_to(elsewhere)

    assert "name the folder in SMEBOT_CORPUS_DIRS" in notes_of(corpus)["linked"]
    assert len(corpus.load().documents) == 1


def test_documents_in_folders_of_folders_are_read(corpus):
    corpus.write("events/2025/autumn/fair.en.md")

    assert [document.id for document in corpus.load().documents] == ["events/2025/autumn/fair.en"]


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("fair.en (1).md", "fair.en.md"),
        ("fair.en - 副本.md", "fair.en.md"),
        ("fair.en - 副本 (2).md", "fair.en.md"),
        ("fair.en（2）.md", "fair.en.md"),
        ("notes(2).txt", "notes.txt"),
    ],
)
def test_a_copy_that_a_file_manager_made_is_told_of(corpus, name, original):
    corpus.write(original) if original.endswith(".md") else corpus.write_raw(original, "Old.")
    corpus.write(name, language="en") if name.endswith(".md") else corpus.write_raw(name, "Old.")

    assert f"a copy of {original}" in notes_of(corpus)[name]


def test_a_name_that_no_other_begins_with_is_no_copy(corpus):
    corpus.write("fair.en.md")
    corpus.write("fair (1).md", language="en")
    corpus.write("v1.in short.md", language="en")
    corpus.write_raw("fair.en (1).yaml~", "x")

    assert notes_of(corpus) == {}
