"""The rows of documents; of those that were the same in a build before, as they were then."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress

from index.build_engine import BuildEngine
from index.document_rows import DocumentRows
from index.documents import Document
from index.encoder import Encoder
from index.glossary import Glossary
from index.memory import Memory, key_of
from index.sealed_store import in_parts

_DOCUMENTS_AT_ONCE = 1024


def rows_of_documents(
    documents: Sequence[Document],
    hashes: Mapping[str, str],
    encoder: Encoder,
    glossary: Glossary,
    engine: BuildEngine,
    memory: Memory,
) -> Iterator[DocumentRows]:
    """The rows of each document, in order.

    Args:
        documents: Of a corpus.
        hashes: Of their contents, by id.
        encoder: Counts the tokens of passages; its name tells how.
        glossary: Recognises names and terms.
        engine: Chunks what is not known.
        memory: Holds what is.
    """
    with_what = [encoder.name, str(encoder.max_tokens), glossary.digest]
    for part in in_parts(documents, _DOCUMENTS_AT_ONCE):
        keys = [key_of("rows", *with_what, each.id, hashes[each.id]) for each in part]
        known = memory.recall(keys)
        chunked = engine.chunk(list(compress(part, (value is None for value in known))))
        learned = []
        for document, key, value in zip(part, keys, known, strict=True):
            if value is not None:
                yield DocumentRows.of_json(value, document)
                continue
            rows = DocumentRows.of(document, next(chunked), glossary)
            learned.append((key, rows.as_json()))
            yield rows
        memory.learn(learned)
