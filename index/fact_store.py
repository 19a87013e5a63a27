"""The facts of all passages and sentences of a snapshot, read from the disk when first used."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.documents import Document, Metadata, Passage
from index.facts import Facts, facts_of
from index.glossary import Glossary
from index.structure import Span

_FILE = "facts.jsonl"


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
    _read: dict[int, list[Facts]] = field(default_factory=dict, repr=False)
    _unions: dict[tuple[int, ...], Facts] = field(default_factory=dict, repr=False)

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        spans: Sequence[Sequence[Span]],
        documents: Mapping[str, Document],
        glossary: Glossary,
    ) -> "FactStore":
        """Read the facts of a snapshot.

        Args:
            passages: Of all documents.
            spans: Of the sentences of each passage.
            documents: By id.
            glossary: Recognises names and terms.
        """
        lines = []
        for passage, of_passage in zip(passages, spans, strict=True):
            title = documents[passage.document].metadata.title
            context, language = " ".join([title, *passage.headings]), passage.language
            sentences = [
                facts_of(passage.text[start:end], glossary, context=context, language=language)
                for start, end in of_passage
            ]
            values = [facts.as_json() for facts in sentences]
            lines.append(json.dumps(values, separators=(",", ":")))
        return cls(lines)

    @classmethod
    def load(cls, folder: Path) -> "FactStore":
        """Open what `save` wrote."""
        return cls((folder / _FILE).read_text("utf-8").splitlines())

    def save(self, folder: Path) -> None:
        """Write one file into a folder."""
        (folder / _FILE).write_text("".join(f"{line}\n" for line in self.lines), "utf-8")

    def of(self, row: int) -> list[Facts]:
        """The facts of a passage's sentences, in order."""
        if row not in self._read:
            self._read[row] = [Facts.of_json(values) for values in json.loads(self.lines[row])]
        return self._read[row]

    def of_all(self, *rows: int) -> Facts:
        """All that some passages name, with their titles and headings."""
        if rows not in self._unions:
            self._unions[rows] = Facts.union(facts for row in rows for facts in self.of(row))
        return self._unions[rows]
