"""What every vector store does, whichever engine searches: FAISS here, Milvus Lite there."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from index.vector_store import Selection, VectorStore
from index.vector_stores.faiss_store import FaissStore
from index.vector_stores.milvus_connection import Milvus
from index.vector_stores.milvus_store import MilvusStore
from tests.index.unit_vectors import unit_vectors

KINDS = 5
StoreOf = Callable[[np.ndarray], VectorStore]


class Unasked(FaissStore):
    """A snapshot's own file, of which a search must not make use."""

    def search(self, *_, **__):
        pytest.fail("Milvus was not asked")


@pytest.fixture(scope="module")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Milvus:
    return Milvus(str(tmp_path_factory.mktemp("milvus") / "milvus.db"), "")


@pytest.fixture(params=["faiss", "milvus"])
def store_of(request: pytest.FixtureRequest) -> Iterator[StoreOf]:
    """`store_of(vectors)`: row i is of kind i modulo five."""
    if request.param == "faiss":
        yield FaissStore.build
        return
    milvus = request.getfixturevalue("milvus")

    def in_milvus(vectors: np.ndarray) -> VectorStore:
        milvus.drop("vectors")
        milvus.create("vectors", vectors.shape[1])
        milvus.insert("vectors", 0, kinds_of(vectors), vectors)
        return MilvusStore(milvus, "vectors", Unasked.build(vectors))

    yield in_milvus


def kinds_of(vectors: np.ndarray) -> np.ndarray:
    return np.arange(len(vectors)).astype(np.int16) % KINDS


def of_kinds(vectors: np.ndarray, *kinds: int) -> Selection:
    return Selection(np.isin(kinds_of(vectors), kinds), kinds)


def test_the_nearest_rows_come_first_with_their_cosines(store_of):
    vectors = unit_vectors(50)
    query = unit_vectors(1, seed=8)[0]

    rows, scores = store_of(vectors).search(query, 5)

    expected = np.argsort(-(vectors @ query))[:5]
    assert rows.tolist() == expected.tolist()
    np.testing.assert_allclose(scores, vectors[expected] @ query, atol=1e-6)
    assert (rows.dtype, scores.dtype) == (np.int64, np.float32)


def test_more_rows_wanted_than_there_are_gives_all_of_them(store_of):
    rows, scores = store_of(unit_vectors(3)).search(unit_vectors(1)[0], 100_000)

    assert sorted(rows.tolist()) == [0, 1, 2]
    assert scores.shape == (3,)


def test_an_empty_store_finds_nothing(store_of):
    store = store_of(np.empty((0, 8), np.float32))

    rows, scores = store.search(unit_vectors(1)[0], 3)

    assert (len(rows), len(scores), len(store), store.dimension) == (0, 0, 0, 8)


@pytest.mark.parametrize("kinds", [(), (2,), (0, 3), (0, 1, 2, 3, 4)])
def test_only_rows_of_the_kinds_asked_for_are_found(store_of, kinds):
    vectors = unit_vectors(200)
    query = unit_vectors(1, seed=9)[0]
    among = of_kinds(vectors, *kinds)

    rows, scores = store_of(vectors).search(query, 30, among=among)

    best = [row for row in np.argsort(-(vectors @ query)).tolist() if row % KINDS in kinds]
    assert rows.tolist() == best[:30]
    np.testing.assert_allclose(scores, vectors[rows] @ query, atol=1e-6)


@pytest.mark.parametrize("ranges", [[], [range(7)], [range(3, 20), range(20, 21), range(90, 99)]])
def test_only_rows_in_scope_are_found(store_of, ranges):
    vectors = unit_vectors(100)
    query = unit_vectors(1, seed=9)[0]
    among = of_kinds(vectors, 0, 1).within(ranges)

    rows, _ = store_of(vectors).search(query, 100, among=among)

    inside = {row for of in ranges for row in of if row % KINDS < 2}
    assert rows.tolist() == [r for r in np.argsort(-(vectors @ query)).tolist() if r in inside]


def test_scores_of_chosen_rows_are_cosines_in_the_order_asked(store_of):
    vectors = unit_vectors(20)
    query = unit_vectors(1, seed=8)[0]
    store = store_of(vectors)

    scores = store.scores(query, np.array([7, 0, 7]))

    np.testing.assert_allclose(scores, vectors[[7, 0, 7]] @ query, atol=1e-6)
    assert store.scores(query, np.empty(0, np.int64)).shape == (0,)


def test_a_row_is_its_own_nearest_with_score_one(store_of):
    vectors = unit_vectors(20)

    rows, scores = store_of(vectors).search(vectors[4], 1)

    assert rows.tolist() == [4]
    assert scores[0] == pytest.approx(1, abs=1e-6)


def test_a_selection_within_ranges_joins_those_that_touch():
    within = Selection(np.ones(9, bool), [0]).within([range(1, 3), range(3, 4), range(6, 8)])

    assert within.ranges == [range(1, 4), range(6, 8)]
    assert np.flatnonzero(within.mask).tolist() == [1, 2, 3, 6, 7]
