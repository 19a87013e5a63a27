"""Everything in this process. The default."""

from collections.abc import Iterable, Iterator, Sequence

from index.chunking import chunk
from index.documents import Document, Passage
from index.encoder import Encoder, Vectors
from index.loading import CorpusFile, WhatWasRead, read_files


class LocalEngine:
    """A `BuildEngine` with one encoder, which uses all processors by itself."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def read(self, files: Sequence[CorpusFile]) -> Iterator[WhatWasRead]:
        return read_files(files)

    def chunk(self, documents: Sequence[Document]) -> Iterator[list[Passage]]:
        encoder = self._encoder
        for document in documents:
            yield chunk(document, encoder.count_tokens, encoder.max_tokens)

    def encode(self, parts: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        return map(self._encoder.encode_passages, parts)
