"""Vectors in a file: saved, opened, in half precision where they are many."""

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.vector_store import Selection
from index.vector_stores.faiss_store import FaissStore
from tests.index.unit_vectors import unit_vectors


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(1, 50))
@settings(max_examples=200, deadline=None)
def test_only_rows_among_those_given_are_found(allowed, k):
    vectors = unit_vectors(len(allowed))
    query = unit_vectors(1, seed=9)[0]
    among = Selection(np.array(allowed), [])

    rows, _ = FaissStore.build(vectors).search(query, k, among=among)

    best = [row for row in np.argsort(-(vectors @ query)).tolist() if allowed[row]]
    assert rows.tolist() == best[:k]


def test_rows_can_be_read_back():
    vectors = unit_vectors(20)

    assert np.array_equal(FaissStore.build(vectors).vectors(range(5, 9)), vectors[5:9])


def test_a_saved_store_searches_as_before(tmp_path):
    store = FaissStore.build(unit_vectors(20))
    store.save(tmp_path / "vectors.faiss")

    again = FaissStore.load(tmp_path / "vectors.faiss")

    query = unit_vectors(1, seed=8)[0]
    assert again.search(query, 5)[0].tolist() == store.search(query, 5)[0].tolist()
    assert (len(again), again.dimension) == (20, 8)


@pytest.mark.parametrize("content", [b"", b"no store", b"IxFI" + b"\xff" * 40])
def test_a_file_that_is_no_store_is_refused(tmp_path, content):
    path = tmp_path / "vectors.faiss"
    path.write_bytes(content)

    with pytest.raises(ValueError, match="not a vector store"):
        FaissStore.load(path)


def test_a_store_cut_short_is_refused(tmp_path):
    path = tmp_path / "vectors.faiss"
    FaissStore.build(unit_vectors(20)).save(path)
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(ValueError, match="not a vector store"):
        FaissStore.load(path)


def test_a_store_that_cannot_be_written_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match="cannot be written"):
        FaissStore.build(unit_vectors(2)).save(tmp_path / "missing" / "vectors.faiss")


@pytest.fixture
def halved(tmp_path):
    """A store of more rows than stay as they are, saved and opened; its vectors; its recall."""
    vectors = unit_vectors(2000, 32)
    store, recall = FaissStore.by_size(
        vectors, lambda: unit_vectors(50, 32, seed=9), exact_rows=1999
    )
    store.save(tmp_path / "vectors.faiss")
    return FaissStore.load(tmp_path / "vectors.faiss"), vectors, recall


def test_few_rows_stay_as_they_are():
    vectors = unit_vectors(50)

    store, recall = FaissStore.by_size(vectors, pytest.fail, exact_rows=50)

    assert (store.method, recall) == ("Flat", 1)


def test_of_many_rows_the_nearest_are_found_and_how_many_is_measured(halved):
    store, vectors, recall = halved
    among = np.arange(len(vectors)) % 3 == 0

    assert (store.method, len(store), store.dimension) == ("SQfp16", 2000, 32)
    assert 0.99 <= recall <= 1
    for query in unit_vectors(20, 32, seed=11):
        rows, scores = store.search(query, 10, among=Selection(among, []))
        best = [row for row in np.argsort(-(vectors @ query)).tolist() if among[row]]
        assert len({*rows.tolist()} & {*best[:10]}) >= 9
        np.testing.assert_allclose(scores, vectors[rows] @ query, atol=1e-3)
        np.testing.assert_allclose(store.scores(query, rows), vectors[rows] @ query, atol=1e-3)


def test_recall_tells_of_rows_that_are_not_found(monkeypatch):
    """Whole numbers in place of fractions lose nearly all of the nearest."""
    monkeypatch.setattr("faiss.ScalarQuantizer.QT_fp16", faiss.ScalarQuantizer.QT_8bit_direct)
    vectors = unit_vectors(2000, 32)

    _, recall = FaissStore.by_size(vectors, lambda: unit_vectors(50, 32, seed=9), exact_rows=1999)

    assert recall < 0.5


def test_an_opened_store_can_be_searched_when_its_file_is_deleted(tmp_path):
    vectors = unit_vectors(2000, 32)
    path = tmp_path / "vectors.faiss"
    FaissStore.build(vectors).save(path)
    store = FaissStore.load(path)
    path.unlink()

    assert store.search(vectors[1234], 1)[0].tolist() == [1234]
