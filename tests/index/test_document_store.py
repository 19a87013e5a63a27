"""Documents are found by id, each read when it is asked for."""

import json

import pytest

from index.document_store import DocumentStore, save_documents


@pytest.fixture
def documents(small_corpus):
    small_corpus.write("zones/yiwu.en.md", "A zone in Yiwu.[^1]", cities=["Yiwu", "Jinhua"])
    return sorted(small_corpus.load().documents, key=lambda document: document.id)


@pytest.fixture
def store(documents, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    save_documents(folder, documents)
    return DocumentStore.load(folder)


def test_each_document_is_the_one_that_was_saved(store, documents):
    assert len(store) == len(documents) == 5
    assert list(store.values()) == documents
    assert [store.row(document.id) for document in documents] == [0, 1, 2, 3, 4]
    assert "events/no-such" not in store


def test_the_catalogue_says_without_reading_what_documents_are_called(store, documents):
    assert list(store.catalogue.titles) == [document.metadata.title for document in documents]
    assert list(store.catalogue.cities) == ["Jinhua", "Yiwu"]
    assert store.versions["events/canton-fair"] == {
        "en": "events/canton-fair.en",
        "zh": "events/canton-fair.zh",
    }


def test_a_catalogue_of_other_documents_is_refused(store, tmp_path):
    path = tmp_path / "documents" / "catalogue.json"
    catalogue = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({name: of[1:] for name, of in catalogue.items()}), "utf-8")

    with pytest.raises(ValueError, match="5 lines"):
        DocumentStore.load(tmp_path / "documents")
