"""Values that lie on the disk as lines of text, read when they are asked for.

NAME.jsonl        a value a line, in the order of its rows
NAME.starts.npy   int64, where each line starts, and where the last one ends
"""

import os
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Generic, TypeVar, overload
from weakref import finalize

import numpy as np
import numpy.typing as npt

_Value = TypeVar("_Value")
_SEPARATOR = "\t"
_WORDS_KEPT = 2**12
"""What was found for them: each word of a question is looked up several times."""


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines and where they start.

    Raises:
        OSError: A file cannot be written.
    """
    starts = array("q", [0])
    with path.open("wb") as file:
        for line in lines:
            starts.append(starts[-1] + file.write(f"{line}\n".encode()))
    np.save(_starts_of(path), np.array(starts, np.int64))


def _starts_of(path: Path) -> Path:
    return path.with_suffix(".starts.npy")


class Lines(Sequence[str]):
    """The lines of a file, which stays open as long as this is: none of them is kept in memory."""

    def __init__(self, descriptor: int, starts: npt.NDArray[np.int64]) -> None:
        """Lines of a file.

        Args:
            descriptor: Of the file, open for reading; closed with this.
            starts: (lines + 1,), where each line starts, and where the last one ends.
        """
        self._descriptor = descriptor
        self._starts = starts.data  # a number of an array takes five times as long to read
        finalize(self, os.close, descriptor)

    @classmethod
    def load(cls, path: Path) -> "Lines":
        """Open what `write_lines` wrote.

        Raises:
            ValueError: The two files do not belong together.
            OSError: One of them cannot be read.
        """
        starts = np.load(_starts_of(path), mmap_mode="r")
        size = path.stat().st_size
        if starts.dtype != np.int64 or starts.ndim != 1 or starts[-1:].tolist() != [size]:
            raise ValueError(f"{path.name}: its lines are not where they should be")
        return cls(os.open(path, os.O_RDONLY), starts)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        if not 0 <= row < len(self):
            raise IndexError(row)
        start, end = self._starts[row], self._starts[row + 1]
        return str(os.pread(self._descriptor, end - start - 1, start), "utf-8")


class Records(Sequence[_Value], Generic[_Value]):
    """The values of some lines; those asked for last are kept as long as this is."""

    def __init__(self, lines: Sequence[str], parse: Callable[[str], _Value], kept: int) -> None:
        """Values of lines.

        Args:
            lines: One a value.
            parse: Line -> value.
            kept: How many values stay in memory.
        """
        self._lines = lines
        self._read = lru_cache(maxsize=kept)(lambda row: parse(lines[row]))

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, row: int) -> _Value: ...
    @overload
    def __getitem__(self, row: slice) -> list[_Value]: ...
    def __getitem__(self, row: int | slice) -> _Value | list[_Value]:
        if isinstance(row, slice):
            return [self._read(each) for each in range(*row.indices(len(self)))]
        return self._read(row)


class Dictionary(Mapping[str, str]):
    """Words and what they stand for, found by bisection of sorted lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._found = lru_cache(maxsize=_WORDS_KEPT)(partial(_found, lines))

    @classmethod
    def load(cls, path: Path) -> "Dictionary":
        """Open what `write_dictionary` wrote.

        Raises:
            ValueError: The files do not belong together.
            OSError: One of them cannot be read.
        """
        return cls(Lines.load(path))

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[str]:
        return map(_word, self._lines)

    def __getitem__(self, word: str) -> str:
        found = self._found(word)
        if found is None:
            raise KeyError(word)
        return found


def write_dictionary(path: Path, values: Mapping[str, object]) -> None:
    """Write words, without tabs or line ends, and what they stand for.

    Raises:
        OSError: A file cannot be written.
    """
    write_lines(path, (f"{word}{_SEPARATOR}{values[word]}" for word in sorted(values)))


def _word(line: str) -> str:
    return line.partition(_SEPARATOR)[0]


def _found(lines: Sequence[str], word: str) -> str | None:
    """What a word stands for in sorted lines."""
    row = bisect_left(lines, word, key=_word)
    line = lines[row] if row < len(lines) else ""
    return line.partition(_SEPARATOR)[2] if line and _word(line) == word else None
