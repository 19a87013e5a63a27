"""Lines on the disk are the values that were written, wherever one looks."""

import gc
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Dictionary, Lines, Records, write_dictionary, write_lines

LINES = ["first", "", "广交会\u2028\x85", "last"]
WORDS = st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]))


@pytest.fixture
def path(tmp_path):
    write_lines(tmp_path / "lines.jsonl", LINES)
    return tmp_path / "lines.jsonl"


def test_each_line_is_read_as_it_was_written(path):
    lines = Lines.load(path)

    assert len(lines) == 4
    assert [lines[row] for row in range(4)] == LINES
    assert list(lines) == lines[:] == LINES
    assert lines[1:3] == LINES[1:3]


@pytest.mark.parametrize("row", [-1, 4])
def test_there_is_no_line_before_the_first_or_behind_the_last(path, row):
    with pytest.raises(IndexError):
        Lines.load(path)[row]


def test_no_line_at_all_can_be_kept(tmp_path):
    write_lines(tmp_path / "none.txt", [])

    assert list(Lines.load(tmp_path / "none.txt")) == []


@pytest.mark.parametrize(
    "change",
    [lambda content: content[:-1], lambda content: content + b"x\n"],
    ids=["cut short", "too long"],
)
def test_lines_that_are_not_where_they_should_be_are_refused(path, change):
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(ValueError, match=r"lines\.jsonl"):
        Lines.load(path)


def test_lines_stay_readable_when_their_file_is_deleted(path):
    lines = Lines.load(path)
    path.unlink()

    assert list(lines) == LINES


def test_the_values_read_last_are_kept(path):
    parsed = []

    def parse(line):
        parsed.append(line)
        return len(line)

    records = Records(Lines.load(path), parse, kept=2)

    assert [records[row] for row in (0, 3, 0, 3, 1, 0)] == [5, 4, 5, 4, 0, 5]
    assert parsed == ["first", "last", "", "first"]


def test_what_is_kept_goes_with_the_records(path):
    class Value:
        """Something that can be watched."""

    records = Records(Lines.load(path), lambda _: Value(), kept=2)
    value = weakref.ref(records[0])
    gc.disable()
    try:
        assert value() is not None
        del records

        assert value() is None
    finally:
        gc.enable()


@given(words=st.dictionaries(WORDS, WORDS))
def test_a_dictionary_has_the_words_that_were_written_and_no_others(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("words") / "words.txt"
    write_dictionary(path, words)

    found = Dictionary.load(path)

    assert dict(found) == words
    assert all(found[word] == value for word, value in words.items())
    for word in words:
        assert (f"{word}x" in found) == (f"{word}x" in words)
        assert (word[:-1] in found) == (word[:-1] in words)
