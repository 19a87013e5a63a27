"""The facts of all passages and sentences of a snapshot, read from the disk when first used."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from index.documents import Metadata, Passage
from index.facts import Facts, facts_of
from index.glossary import Glossary
from index.records import Lines, Records, write_lines
from index.structure import Span

_FILE = "facts.jsonl"
_KEPT = 4_000
"""Passages, and documents, whose facts are kept in memory."""


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """What is known of a passage that was found.

    Attributes:
        metadata: Of its document.
        document: All that its document names, with its title and headings.
        passage: What it names itself, with its title and headings.
        sentences: The same of each sentence that may be quoted, by its place in the passage.
    """

    metadata: Metadata
    document: Facts
    passage: Facts
    sentences: Mapping[Span, Facts]


@dataclass(frozen=True)
class FactStore:
    """Facts of sentences: for each passage, in order, one line of JSON with a list."""

    lines: Sequence[str]

    @classmethod
    def load(cls, folder: Path) -> "FactStore":
        """Open what `save` wrote."""
        return cls(Lines.load(folder / _FILE))

    def save(self, folder: Path) -> None:
        """Write lines into a folder."""
        write_lines(folder / _FILE, self.lines)

    def of(self, row: int) -> Sequence[Facts]:
        """The facts of a passage's sentences, in order."""
        return self._read[row]

    def of_all(self, *rows: int) -> Facts:
        """All that some passages name, with their titles and headings."""
        return self._union(rows)

    @cached_property
    def _read(self) -> Records[tuple[Facts, ...]]:
        return Records(self.lines, _facts_of_sentences, _KEPT)

    @cached_property
    def _union(self) -> Callable[[tuple[int, ...]], Facts]:
        read = self._read  # and not this store, which would then live until it is looked for
        return lru_cache(maxsize=_KEPT)(
            lambda rows: Facts.union(facts for row in rows for facts in read[row])
        )


def facts_line(passage: Passage, spans: Sequence[Span], title: str, glossary: Glossary) -> str:
    """What the sentences of a passage name, as it stands in a snapshot.

    Args:
        passage: Any.
        spans: Of its sentences.
        title: Of its document.
        glossary: Recognises names and terms.
    """
    context, language = " ".join([title, *passage.headings]), passage.language
    sentences = [
        facts_of(passage.text[start:end], glossary, context=context, language=language)
        for start, end in spans
    ]
    return json.dumps([facts.as_json() for facts in sentences], separators=(",", ":"))


def _facts_of_sentences(line: str) -> tuple[Facts, ...]:
    return tuple(Facts.of_json(values) for values in json.loads(line))
