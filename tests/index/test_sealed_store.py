"""Bytes by digest in a SQLite file; the cache of vectors tests what becomes of damage."""

from contextlib import closing

import pytest

from index.sealed_store import SealedStore

LARGE = 50_000


def stored(path, *keys):
    with SealedStore.opened(path, "result") as store:
        return dict(store.get(keys))


def test_values_are_found_by_their_keys(tmp_path):
    path = tmp_path / "new folder" / "values.sqlite"
    values = {bytes([n // 256, n % 256]): bytes([n % 251]) * 9 for n in range(1300)}
    with SealedStore.opened(path, "result") as store:
        store.put(values.items())

    assert stored(path, *values, b"another") == values


def test_a_value_is_replaced_by_a_later_one(tmp_path):
    with SealedStore.opened(tmp_path / "a", "result") as store:
        store.put([(b"key", b"one")])
        store.put([(b"key", b"two")])

    assert stored(tmp_path / "a", b"key") == {b"key": b"two"}


def test_of_values_that_cannot_all_be_kept_none_is(tmp_path):
    def broken():
        yield b"key", b"one"
        raise KeyboardInterrupt

    with SealedStore.opened(tmp_path / "a", "result") as store, pytest.raises(KeyboardInterrupt):
        store.put(broken())

    assert stored(tmp_path / "a", b"key") == {}


def test_what_is_forgotten_takes_no_room(tmp_path):
    path = tmp_path / "a"
    with SealedStore.opened(path, "result") as store:
        store.put((bytes([n]), bytes([n]) * LARGE) for n in range(20))
        assert path.stat().st_size > 20 * LARGE

        store.keep_only({b"\x03", b"\x07"})

    assert path.stat().st_size < 5 * LARGE
    assert stored(path, *(bytes([n]) for n in range(20))).keys() == {b"\x03", b"\x07"}


def test_one_that_reads_meanwhile_does_not_stop_one_that_writes(tmp_path):
    with SealedStore.opened(tmp_path / "a", "result") as store:
        store.put([(b"one", b"1")])
        with SealedStore.opened(tmp_path / "a", "result") as other:
            with closing(other.get([b"one"])) as found:
                next(found)
                store.put([(b"two", b"2")])

            assert dict(other.get([b"two"])) == {b"two": b"2"}
