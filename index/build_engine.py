"""The port for the heavy work of a build; adapters are in `index.build_engines`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from index.documents import Document, Passage
from index.encoder import Vectors
from index.loading import CorpusFile, WhatWasRead


class BuildEngine(Protocol):
    """Reads, chunks and encodes, here or on many machines.

    All methods give results in the order of what they were given, one for one, and the same ones
    wherever the work is done. They raise `BuildEngineError` where it cannot be done at all.
    """

    def read(self, files: Sequence[CorpusFile]) -> Iterator[WhatWasRead]:
        """What each file holds, or why it cannot be read."""

    def chunk(self, documents: Sequence[Document]) -> Iterator[list[Passage]]:
        """The passages of each document."""

    def encode(self, parts: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """The vectors of each part.

        A part is encoded in one call: what else is in it shows in the last bits of a vector.
        """
