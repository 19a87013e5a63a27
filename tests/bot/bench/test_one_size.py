"""An index of recombined passages, written and asked."""

import numpy as np
import pytest

from bot.app import read_settings
from bot.bench.one_size import open_size, write_size
from index import SnapshotStore
from index.encoder import no_progress
from index.vector_stores.faiss_store import FaissStore

PASSAGES = 60


@pytest.fixture
def settings(fake_model, served_desk):
    return read_settings()


@pytest.fixture
def written(settings, tmp_path):
    (tmp_path / "size").mkdir()
    return write_size(settings, PASSAGES, tmp_path / "size", no_progress)


def test_it_is_an_index_like_any_other(settings, written, tmp_path):
    snapshot = SnapshotStore(tmp_path / "size").open_current()

    assert len(snapshot.passages) == written.passages == PASSAGES
    assert written.disk_bytes > 10_000
    assert written.write_s > 0


def test_an_exact_store_finds_all_of_the_nearest(settings, written, tmp_path, questions):
    opened = open_size(settings, tmp_path / "size", questions, no_progress)

    assert opened.recall_at_10 == 1.0
    assert opened.load_s > 0
    assert opened.search_ms.most < opened.answer_ms.most
    assert opened.loaded_bytes > 0
    assert opened.asked_bytes > 0


def test_a_store_that_misses_some_has_a_lower_recall(
    settings, written, tmp_path, questions, monkeypatch
):
    search = FaissStore.search

    def nearest_left_out(self, query, k, **options):
        rows, scores = search(self, query, k + 3, **options)
        return rows[3:], scores[3:]

    monkeypatch.setattr(FaissStore, "search", nearest_left_out)
    opened = open_size(settings, tmp_path / "size", questions, no_progress)

    assert opened.recall_at_10 == pytest.approx(0.7, abs=0.05)


def test_fewer_than_ten_are_all_found(settings, tmp_path, questions):
    (tmp_path / "small").mkdir()
    write_size(settings, 4, tmp_path / "small", no_progress)

    opened = open_size(settings, tmp_path / "small", questions, no_progress)

    assert opened.recall_at_10 == 1.0
    assert np.isfinite(opened.answer_ms.mean)
