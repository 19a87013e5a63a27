"""Labelled questions -> what an encoder is trained on: right passages beside wrong ones."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.training.pairs import QUESTIONS, TEXTS, rows_of
from index import Encoder
from index.language import primary

_LONGEST = {"zh": 430, "ja": 430, "ko": 430}
"""Characters of a passage, by language; about what `index.chunking` makes of a document."""
_LONGEST_ELSE = 1200
_OTHERS = 2
"""So many wrong passages stand beside each right one, besides those of the other questions."""
_NEAREST = 24
"""They are drawn from so many nearest ones, ..."""
_OVERLAP = 6
"""... less so many where documents overlap: the nearest of all may answer as well."""
_SENTENCE = 0.4
"""Share of the questions that are to find one sentence: sentences are searched as well."""
_OWN_DOCUMENT = 0.6
"""Share of the rest that have another passage of the right document among the wrong ones."""
_TRANSLATED = 0.15
"""Share of the questions whose answer is to find the passage that says it in another language."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A question, and what answers it or does not.

    Attributes:
        question: As asked.
        passage: Answers; as the encoder sees passages, below title and headings.
        others: Two that do not.
        group: Passages of other questions that have this number may answer as well.
    """

    question: str
    passage: str
    others: tuple[str, str]
    group: int


@dataclass(frozen=True, slots=True)
class _Passage:
    document: str
    language: str
    context: str
    sentences: dict[str, str]

    @property
    def text(self) -> str:
        said = (" " if self.language == "en" else "").join(self.sentences.values())
        return f"{self.context}\n{said}"

    def one(self, name: str) -> str:
        """A single sentence below its title and headings."""
        return f"{self.context}\n{self.sentences[name]}"


class Contrasts:
    """Labelled questions over texts, and public ones over paragraphs."""

    def __init__(self, own: Path, public: Path) -> None:
        """Read both.

        Args:
            own: Folder of labelled questions, as `tests/labelled/reader`.
            public: Folder with files `*.jsonl.gz`; see `pairs.public_pairs`.
        """
        self._passages = [passage for row in rows_of(own / TEXTS) for passage in _passages_of(row)]
        self._overlaps = {row["document"] for row in rows_of(own / TEXTS) if row["overlaps"]}
        self._row = {
            (passage.document, name): row
            for row, passage in enumerate(self._passages)
            for name in passage.sentences
        }
        self._of_document = defaultdict(list)
        for passage in self._passages:
            self._of_document[passage.document, passage.language].append(passage)
        self._questions = [
            row
            for row in rows_of(own / QUESTIONS)
            if row["document"] and not row.get("history") and self._right(row)
        ]
        self._public = [
            row
            for path in sorted(public.glob("*.jsonl.gz"))
            for row in rows_of(path)
            if row["answerable"]
        ]

    def _right(self, question: dict[str, Any]) -> list[str]:
        return [n for n in question["answers"] if (question["document"], n) in self._row]

    def drawn(self, encoder: Encoder, seed: int) -> list[Contrast]:
        """All examples once, in random order, their choices drawn anew for each seed.

        Args:
            encoder: As trained so far; what it finds nearest is what it still has to learn.
            seed: Of the random choices.
        """
        chance = random.Random(seed)  # noqa: S311 - no secret
        contrasts = [*self._own(encoder, chance), *self._of_public(encoder, chance)]
        chance.shuffle(contrasts)
        return contrasts

    def _own(self, encoder: Encoder, chance: random.Random) -> Iterator[Contrast]:
        cosines = _Nearness(
            encoder, [q["question"] for q in self._questions], [p.text for p in self._passages]
        )
        groups = {document: n for n, document in enumerate({p.document for p in self._passages})}
        languages = np.array([passage.language for passage in self._passages])
        documents = np.array([groups[passage.document] for passage in self._passages])
        for question, near in zip(self._questions, cosines, strict=True):
            document, name = question["document"], chance.choice(self._right(question))
            right = self._row[document, name]
            passage, group = self._passages[right], groups[document]
            among = (languages == passage.language) & (documents != group) & (near < near[right])
            skipped = _OVERLAP if document in self._overlaps else 0
            ranked = np.argsort(-np.where(among, near, -2.0))[: np.count_nonzero(among)]
            far = [self._passages[row] for row in ranked[skipped : skipped + _NEAREST]]
            if len(far) < _OTHERS:
                continue
            wrong = chance.sample(far, _OTHERS)
            if chance.random() < _SENTENCE:
                told, others = passage.one(name), self._sentences(question, passage, wrong, chance)
            else:
                told, others = passage.text, self._texts(question, passage, wrong, chance)
            yield Contrast(question["question"], told, others, group)
            other = ("en" if passage.language == "zh" else "zh") + name[2:]
            if chance.random() < _TRANSLATED and (document, other) in self._row:
                said, there = passage.sentences[name], self._row[document, other]
                pair = (wrong[0].text, wrong[1].text)
                yield Contrast(said, self._passages[there].text, pair, group)

    def _texts(
        self,
        question: dict[str, Any],
        passage: _Passage,
        wrong: Sequence[_Passage],
        chance: random.Random,
    ) -> tuple[str, str]:
        """Two wrong passages, mostly one of them of the right document."""
        known = {*question["answers"], *question["doubtful"]}
        of_document = self._of_document[passage.document, passage.language]
        own = [other for other in of_document if not known & set(other.sentences)]
        takes_own = own and chance.random() < _OWN_DOCUMENT
        return (chance.choice(own) if takes_own else wrong[1]).text, wrong[0].text

    def _sentences(
        self,
        question: dict[str, Any],
        passage: _Passage,
        wrong: Sequence[_Passage],
        chance: random.Random,
    ) -> tuple[str, str]:
        """Two wrong sentences: one beside the right one, one of another document."""
        known = {*question["answers"], *question["doubtful"]}
        beside = [name for name in passage.sentences if name not in known]
        near = [name for name in question["near"] if name in beside]
        names = near[:1] or (chance.sample(beside, 1) if beside else [])
        first = [passage.one(name) for name in names]
        far = [other.one(chance.choice(list(other.sentences))) for other in wrong]
        return first[0] if first else far[1], far[0]

    def _of_public(self, encoder: Encoder, chance: random.Random) -> Iterator[Contrast]:
        texts = list(dict.fromkeys(_paragraph(row) for row in self._public))
        at = {text: row for row, text in enumerate(texts)}
        translated = {
            (row["parallel"], row["lang"]): _paragraph(row)
            for row in self._public
            if row.get("parallel")
        }
        cosines = _Nearness(encoder, [row["question"] for row in self._public], texts)
        for row, near in zip(self._public, cosines, strict=True):
            right = at[_paragraph(row)]
            ranked = np.argsort(-np.where(near < near[right], near, -2.0))[:_NEAREST]
            others = [texts[n] for n in ranked if n != right]
            if len(others) < _OTHERS:
                continue
            other = translated.get((row.get("parallel"), "en" if row["lang"] == "zh" else "zh"))
            told = other if other and chance.random() < 0.5 else texts[right]
            first, second = chance.sample(others, _OTHERS)
            yield Contrast(row["question"], told, (first, second), len(self._passages) + right)


class _Nearness:
    """The cosines of each question to all passages, computed a thousand questions at a time."""

    def __init__(self, encoder: Encoder, questions: Sequence[str], texts: Sequence[str]) -> None:
        self._questions = encoder.encode_queries(questions)
        self._texts = encoder.encode_passages(texts)

    def __iter__(self) -> Iterator[npt.NDArray[np.float32]]:
        for first in range(0, len(self._questions), 1000):
            yield from self._questions[first : first + 1000] @ self._texts.T


def _passages_of(row: dict[str, Any]) -> Iterator[_Passage]:
    language = primary(row["language"])
    longest = _LONGEST.get(language, _LONGEST_ELSE)
    numbered = [
        (f"{row['language']}{number}", context, said)
        for number, (context, said) in enumerate(row["sentences"], 1)
    ]
    for context, below in groupby(numbered, key=lambda sentence: sentence[1]):
        told: dict[str, str] = {}
        for name, _, said in below:
            if told and sum(map(len, told.values())) + len(said) > longest:
                yield _Passage(row["document"], language, context, told)
                told = {}
            told[name] = said
        yield _Passage(row["document"], language, context, told)


def _paragraph(row: dict[str, Any]) -> str:
    return f"{row['title']}\n{row['text']}"
