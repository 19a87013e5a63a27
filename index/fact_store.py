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
        document: What the whole document names, with its title.
        passage: What the passage names, with its title and headings.
        sentences: The same of each sentence that may be quoted, by its place in the passage.
    """

    metadata: Metadata
    document: Facts
    passage: Facts
    sentences: Mapping[Span, Facts]


@dataclass(frozen=True)
class FactStore:
    """Facts in the order of the passages, one line of JSON each: [passage, [sentence, ...]]."""

    lines: Sequence[str]
    _read: dict[int, tuple[Facts, list[Facts]]] = field(default_factory=dict, repr=False)
    _unions: dict[tuple[int, ...], Facts] = field(default_factory=dict, repr=False)

    @classmethod
    def build(
        cls,
        pairs: Sequence[tuple[Passage, str]],
        spans: Sequence[Sequence[Span]],
        documents: Mapping[str, Document],
        glossary: Glossary,
    ) -> "FactStore":
        """Read the facts of a snapshot.

        Args:
            pairs: Each passage, and its text with title and headings.
            spans: Of the sentences of each passage.
            documents: By id.
            glossary: Recognises names and terms.
        """
        lines = []
        for (passage, text), of_passage in zip(pairs, spans, strict=True):
            context = " ".join([documents[passage.document].metadata.title, *passage.headings])
            facts = facts_of(text, glossary, language=passage.language)
            sentences = [
                facts_of(
                    passage.text[start:end], glossary, context=context, language=passage.language
                )
                for start, end in of_passage
            ]
            value = [facts.as_json(), [sentence.as_json() for sentence in sentences]]
            lines.append(json.dumps(value, separators=(",", ":")))
        return cls(lines)

    @classmethod
    def load(cls, folder: Path) -> "FactStore":
        """Open what `save` wrote."""
        return cls((folder / _FILE).read_text("utf-8").splitlines())

    def save(self, folder: Path) -> None:
        """Write one file into a folder."""
        (folder / _FILE).write_text("".join(f"{line}\n" for line in self.lines), "utf-8")

    def of(self, row: int) -> tuple[Facts, list[Facts]]:
        """The facts of a passage, and of its sentences in order."""
        if row not in self._read:
            passage, sentences = json.loads(self.lines[row])
            self._read[row] = Facts.of_json(passage), [Facts.of_json(each) for each in sentences]
        return self._read[row]

    def of_all(self, rows: tuple[int, ...]) -> Facts:
        """All that some passages and their sentences name."""
        if rows not in self._unions:
            found = [self.of(row) for row in rows]
            self._unions[rows] = Facts.union(f for own, rest in found for f in (own, *rest))
        return self._unions[rows]
