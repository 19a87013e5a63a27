"""Corpora of any size, made of the real one: its titles, headings and sentences, recombined."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import yaml

from index import Document, Retriever
from index.documents import Metadata
from index.structure import Kind, units

PASSAGES_A_DOCUMENT = 5
_TOPIC = "policy"
_Item = TypeVar("_Item")


@dataclass
class Material:
    """What the passages in one language are made of."""

    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    """How many sentences the passages have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recombined:
    """A document that nobody wrote."""

    stem: str
    title: str
    language: str
    text: str

    def as_document(self) -> Document:
        """As if it had been read."""
        metadata = Metadata.model_validate(self._front_matter)
        name = f"{self.stem}.{self.language}"
        return Document(id=name, stem=self.stem, metadata=metadata, text=self.text)

    @property
    def file_name(self) -> str:
        """Where it belongs in a corpus directory."""
        return f"{self.stem}.{self.language}.md"

    def as_markdown(self) -> str:
        """As it stands in a file."""
        front_matter = yaml.safe_dump(self._front_matter, allow_unicode=True)
        return f"---\n{front_matter}---\n{self.text}"

    @property
    def _front_matter(self) -> dict[str, object]:
        return {
            "title": self.title,
            "language": self.language,
            "topic": _TOPIC,
            "sources": [{"publisher": "smebot bench"}],
        }


def material_of(retriever: Retriever) -> dict[str, Material]:
    """What the passages that a retriever searches are made of, by language."""
    found: dict[str, Material] = defaultdict(Material)
    for passage in retriever.snapshot.passages:
        sentences = sentences_in(passage.text)
        if not sentences:
            continue
        material = found[passage.language]
        material.titles.append(retriever.document(passage).metadata.title)
        material.headings.extend(passage.headings[-1:])
        material.sentences.extend(sentences)
        material.counts.append(len(sentences))
    return dict(found)


def sentences_in(text: str) -> list[str]:
    """What of a passage stands below its headings, each in one line."""
    return [
        " ".join(text[unit.quote_start : unit.end].split())
        for unit in units(text)
        if unit.kind is not Kind.HEADING
    ]


def recombine(material: dict[str, Material], passages: int) -> Iterator[Recombined]:
    """Documents of a few passages each, the languages as often as in the real corpus.

    The same material and number always give the same documents.
    """
    random = np.random.default_rng(passages)
    languages = sorted(material)
    counts = np.array([len(material[language].counts) for language in languages])
    for number, first in enumerate(range(0, passages, PASSAGES_A_DOCUMENT)):
        language = languages[int(random.choice(len(languages), p=counts / counts.sum()))]
        parts = material[language]
        sections = [
            _section(parts, random) for _ in range(min(PASSAGES_A_DOCUMENT, passages - first))
        ]
        yield Recombined(
            stem=f"{_TOPIC}/recombined-{number:07}",
            title=_one_of(parts.titles, random),
            language=language,
            text="\n\n".join(sections) + "\n",
        )


def _section(parts: Material, random: np.random.Generator) -> str:
    heading = _one_of(parts.headings or parts.titles, random)
    count = _one_of(parts.counts, random)
    sentences = [_one_of(parts.sentences, random) for _ in range(count)]
    return "\n\n".join([f"## {heading}", *sentences])


def _one_of(items: Sequence[_Item], random: np.random.Generator) -> _Item:
    return items[int(random.integers(len(items)))]
