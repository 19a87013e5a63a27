"""Results by the content that they come from. A build never fails for their sake."""

import sqlite3
from contextlib import closing

import pytest

from index import memory as module
from index.memory import MEMORY_FILE, Memory, key_of

KEY, OTHER = key_of("a kind", "some content"), key_of("a kind", "other content")


def recalled(folder, *keys):
    with Memory.opened(folder) as memory:
        return memory.recall(keys)


def test_what_was_learned_is_recalled_in_the_order_that_is_asked(tmp_path):
    with Memory.opened(tmp_path) as memory:
        memory.learn([(KEY, {"text": "广交会 \ud800"}), (b"", "nothing"), (OTHER, [])])

    assert recalled(tmp_path, OTHER, b"", KEY) == [[], None, {"text": "广交会 \ud800"}]


def test_what_was_neither_recalled_nor_learned_is_forgotten(tmp_path):
    third = key_of("a kind", "more")
    with Memory.opened(tmp_path) as memory:
        memory.learn([(KEY, 1), (OTHER, 2)])
    with Memory.opened(tmp_path) as memory:
        memory.recall([KEY])
        memory.learn([(third, 3)])

        memory.forget_others()

    assert recalled(tmp_path, KEY, OTHER, third) == [1, None, 3]


def test_no_two_contents_have_one_key(monkeypatch):
    keys = {
        key_of("a", "b", "c"),
        key_of("a", "bc"),
        key_of("ab", "c"),
        key_of("a", "b", b"c", ""),
    }
    monkeypatch.setattr(module, "program_digest", lambda: "another version")
    keys.add(key_of("a", "bc"))

    assert len(keys) == 5


def test_a_changed_bit_is_noticed(tmp_path):
    with Memory.opened(tmp_path) as memory:
        memory.learn([(KEY, "a result")])
    path = tmp_path / MEMORY_FILE
    content = path.read_bytes()
    assert content.count(b"a result") == 1
    path.write_bytes(content.replace(b"a result", b"b result"))

    assert recalled(tmp_path, KEY) == [None]


def test_a_damaged_file_is_begun_anew(tmp_path):
    (tmp_path / MEMORY_FILE).write_bytes(b"no database, but longer than a header of SQLite" * 99)
    with Memory.opened(tmp_path) as memory:
        memory.learn([(KEY, 1)])

    assert recalled(tmp_path, KEY) == [1]


def test_where_the_file_cannot_be_opened_nothing_is_remembered(tmp_path, caplog):
    (tmp_path / MEMORY_FILE).mkdir()

    with Memory.opened(tmp_path) as memory:
        memory.learn([(KEY, 1)])
        memory.forget_others()

        assert memory.recall([KEY]) == [None]
    assert "worked out anew" in caplog.text


@pytest.mark.parametrize("work", ["recall", "learn", "forget_others"])
def test_a_file_that_fails_later_is_given_up(tmp_path, caplog, work):
    with Memory.opened(tmp_path) as memory:
        memory.learn([(KEY, 1)])
        with closing(sqlite3.connect(tmp_path / MEMORY_FILE)) as other, other:
            other.execute("DROP TABLE results")
        arguments = {"recall": [[KEY]], "learn": [[(OTHER, 2)]], "forget_others": []}

        getattr(memory, work)(*arguments[work])

        assert memory.recall([KEY]) == [None]
    assert "is not kept" in caplog.text
