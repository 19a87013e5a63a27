"""A text that the same encoder has seen is never encoded again."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest

from index.embedding_cache import embed
from index.encoder import no_progress
from index.testing import HashingEncoder

TEXTS = [f"the fair number {i} in Guangzhou" for i in range(40)]


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "data" / "embeddings.sqlite"


def test_vectors_come_in_the_order_of_the_texts(cache):
    encoder = HashingEncoder()

    vectors, encoded = embed(TEXTS, encoder, cache, no_progress)

    np.testing.assert_array_equal(vectors, encoder.encode_queries(TEXTS))
    assert encoded == len(TEXTS)


def test_known_texts_are_not_encoded_again(cache):
    embed(TEXTS, HashingEncoder(), cache, no_progress)
    encoder = HashingEncoder()

    vectors, encoded = embed([*reversed(TEXTS), "a new one"], encoder, cache, no_progress)

    assert (encoded, encoder.encoded) == (1, 1)
    np.testing.assert_array_equal(
        vectors, HashingEncoder().encode_queries([*reversed(TEXTS), "a new one"])
    )


def test_another_encoder_shares_nothing(cache):
    embed(TEXTS, HashingEncoder("model/1"), cache, no_progress)

    _, encoded = embed(TEXTS, HashingEncoder("model/2"), cache, no_progress)

    assert encoded == len(TEXTS)


def test_more_texts_than_a_query_may_name_are_all_found_again(cache):
    texts = [f"text {i}" for i in range(1300)]
    embed(texts, HashingEncoder(), cache, no_progress)

    _, encoded = embed(texts, HashingEncoder(), cache, no_progress)

    assert encoded == 0


def test_no_texts_give_no_vectors(cache):
    vectors, encoded = embed([], HashingEncoder(), cache, no_progress)

    assert (vectors.shape, encoded) == ((0, 64), 0)


def test_the_same_text_twice_in_one_build_is_encoded_once(cache):
    encoder = HashingEncoder()

    embed(["the fair"] * 5, encoder, cache, no_progress)

    assert encoder.encoded == 1


def test_progress_counts_up_to_all_texts(cache):
    embed(TEXTS[:10], HashingEncoder(), cache, no_progress)
    calls = []

    embed(TEXTS, HashingEncoder(), cache, lambda done, total: calls.append((done, total)))

    assert calls[0] == (10, 40)
    assert calls[-1] == (40, 40)
    assert calls == sorted(calls)


def test_what_was_encoded_before_an_interruption_is_kept(cache):
    class Interrupted(HashingEncoder):
        def encode_passages(self, texts, progress=no_progress):
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode_passages(texts, progress)

    texts = [f"text {i}" for i in range(600)]
    with pytest.raises(KeyboardInterrupt):
        embed(texts, Interrupted(), cache, no_progress)

    _, encoded = embed(texts, HashingEncoder(), cache, no_progress)

    assert 0 < encoded < len(texts)


def overwritten_in_the_middle(path):
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"not a database, but longer than a header of SQLite" * 99),
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path: path.write_bytes(b"\0" * 100 + path.read_bytes()[100:]),
        overwritten_in_the_middle,
    ],
    ids=["garbage", "cut short", "header gone", "middle overwritten"],
)
def test_a_damaged_cache_is_begun_anew(cache, damage):
    texts = [f"text {i}" for i in range(300)]
    expected, _ = embed(texts, HashingEncoder(), cache, no_progress)
    damage(cache)

    vectors, encoded = embed(texts, HashingEncoder(), cache, no_progress)
    _, encoded_later = embed(texts, HashingEncoder(), cache, no_progress)

    np.testing.assert_array_equal(vectors, expected)
    assert encoded > 0
    assert encoded_later == 0


def test_a_changed_bit_in_a_vector_is_noticed(cache):
    expected, _ = embed(TEXTS, HashingEncoder(), cache, no_progress)
    needle = expected[7].tobytes()
    content = bytearray(cache.read_bytes())
    assert content.count(needle) == 1
    content[content.index(needle) + 5] ^= 1
    cache.write_bytes(content)

    vectors, encoded = embed(TEXTS, HashingEncoder(), cache, no_progress)

    assert encoded == 1
    np.testing.assert_array_equal(vectors, expected)


def test_a_vector_that_belongs_to_another_text_is_noticed(cache):
    expected, _ = embed(TEXTS, HashingEncoder(), cache, no_progress)
    with closing(sqlite3.connect(cache)) as database, database:
        other = "(SELECT vector FROM vectors WHERE rowid = 2)"
        database.execute(f"UPDATE vectors SET vector = {other} WHERE rowid = 1")  # noqa: S608

    vectors, encoded = embed(TEXTS, HashingEncoder(), cache, no_progress)

    assert encoded == 1
    np.testing.assert_array_equal(vectors, expected)


@pytest.mark.parametrize("vector", ["x'00000000'", "x'000000'", "NULL", "'text'"])
def test_a_vector_of_the_wrong_form_is_encoded_anew(cache, vector):
    expected, _ = embed(TEXTS, HashingEncoder(), cache, no_progress)
    with closing(sqlite3.connect(cache)) as database, database:
        database.execute(f"UPDATE vectors SET vector = {vector} WHERE rowid = 1")  # noqa: S608

    vectors, encoded = embed(TEXTS, HashingEncoder(), cache, no_progress)

    assert encoded == 1
    np.testing.assert_array_equal(vectors, expected)
