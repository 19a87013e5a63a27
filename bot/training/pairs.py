"""Labelled questions -> the pairs of question and sentence that a reader is trained on."""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index import Encoder
from index.language import letters_of, primary
from index.reader import in_conversation, readable
from index.structure import sentence_spans

QUESTIONS, TEXTS = "questions.jsonl", "texts.jsonl"
_RIGHT = 3
"""So many right sentences of a question for several things are learned; mostly there is one."""
_WRONG = 4
"""So many wrong sentences stand beside them: those of its document most like the question."""
_SHORTEST = 6
"""Characters of a sentence; shorter pieces say nothing."""
_ELSEWHERE = 8
"""Wrong sentences of other documents are drawn from so many nearest ones, ..."""
_OVERLAP = range(10, 30)
"""... or from these ranks, where documents overlap, so that the nearest may answer as well."""
_FROM_ELSEWHERE = 2
"""So many of them are learned."""
_BETWEEN_LANGUAGES = 0.5
"""Share of the questions that are also asked of their document in its other language."""
_AFTER_ANOTHER = 0.15
"""Share of the questions that are asked after one about something else: people change subjects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question and one sentence in its context.

    Attributes:
        question: As asked.
        text: Of `readable`.
        answers: Whether the sentence answers.
    """

    question: str
    text: str
    answers: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    document: str
    language: str
    number: int
    context: str
    text: str
    overlaps: bool

    @property
    def name(self) -> str:
        """As labels name it."""
        return f"{self.language}{self.number}"

    @property
    def readable(self) -> str:
        return readable(self.context, self.text)


def own_pairs(folder: Path, encoder: Encoder, seeds: Sequence[int]) -> list[list[Pair]]:
    """The pairs of labelled questions, in random order, drawn anew for each seed.

    Args:
        folder: With `questions.jsonl` and `texts.jsonl`; see `tests/labelled/README.md`.
        encoder: Tells which wrong sentences are near a question.
        seeds: Of the random choices.
    """
    labelled = _Labelled(folder, encoder)
    drawn = []
    for seed in seeds:
        chance = random.Random(seed)  # noqa: S311 - no secret
        drawn.append(_shuffled(labelled.pairs(chance), seed))
    return drawn


def public_pairs(folder: Path, seed: int) -> list[Pair]:
    """The pairs of public reading-comprehension sets, in random order.

    Args:
        folder: With files `*.jsonl.gz`; fields `lang`, `title`, `text`, `question`, `answerable`,
            `answers` with `text` and `start`, and `parallel`, equal for translations.
        seed: Of the random choices.
    """
    rows = [row for path in sorted(folder.glob("*.jsonl.gz")) for row in rows_of(path)]
    return _shuffled(_public(rows, random.Random(seed)), seed)  # noqa: S311 - no secret


def _shuffled(pairs: Iterable[Pair], seed: int) -> list[Pair]:
    shuffled = list(pairs)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - no secret
    return shuffled


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines, packed with gzip or not."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return [json.loads(line) for line in content.decode().split("\n") if line]


class _Labelled:
    """Labelled questions, and how near each is to all sentences."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._questions = rows_of(folder / QUESTIONS)
        self._sentences = [
            _Sentence(row["document"], row["language"], number, context, text, row["overlaps"])
            for row in rows_of(folder / TEXTS)
            for number, (context, text) in enumerate(row["sentences"], 1)
        ]
        texts = [f"{sentence.context}\n{sentence.text}" for sentence in self._sentences]
        self._vectors = encoder.encode_passages(texts)
        self._asked = encoder.encode_queries([_asked(question) for question in self._questions])
        self._kinds = np.array([(s.overlaps, s.language == "zh") for s in self._sentences])
        self._of_document = defaultdict(list)
        for row, sentence in enumerate(self._sentences):
            self._of_document[sentence.document].append(row)

    def pairs(self, chance: random.Random) -> Iterator[Pair]:
        """All pairs, with the random choices made once."""
        alone = [row["question"] for row in self._questions if not row.get("history")]
        for question, vector in zip(self._questions, self._asked, strict=True):
            asked = _asked(question)
            if not question.get("history") and chance.random() < _AFTER_ANOTHER:
                asked = in_conversation(asked, [chance.choice(alone)])
            for text, answers in self._read_for(question, vector, chance):
                yield Pair(question=asked, text=text.readable, answers=answers)

    def _read_for(
        self, question: dict[str, Any], vector: np.ndarray[Any, Any], chance: random.Random
    ) -> Iterator[tuple[_Sentence, bool]]:
        """Sentences that are read for a question, and whether each answers."""
        cosines = self._vectors @ vector
        if question["document"] is None:  # about another subject: no text is of its own
            yield from ((self._sentences[row], False) for row in np.argsort(-cosines)[:_WRONG])
            return
        own = sorted(self._of_document[question["document"]], key=lambda row: -cosines[row])
        languages = sorted({self._sentences[row].language for row in own})
        first = "zh" if primary(question["language"]) == "zh" else "en"
        first = first if first in languages else languages[0]
        for language in languages:
            if language != first and chance.random() > _BETWEEN_LANGUAGES:
                continue
            among = [self._sentences[n] for n in own if self._sentences[n].language == language]
            yield from _of_document(question, among, is_other=language != first)
        kind = (self._sentences[own[0]].overlaps, first == "zh")
        elsewhere = np.where((self._kinds == kind).all(axis=1), cosines, -1.0)
        elsewhere[own] = -1.0
        ranked = np.argsort(-elsewhere)[: np.count_nonzero(elsewhere > -1)]
        near = ranked[_OVERLAP.start : _OVERLAP.stop] if kind[0] else ranked[:_ELSEWHERE]
        for row in chance.sample(near.tolist(), min(_FROM_ELSEWHERE, len(near))):
            yield self._sentences[row], False


def _asked(question: dict[str, Any]) -> str:
    return in_conversation(question["question"], question.get("history", ()))


def _of_document(
    question: dict[str, Any], among: Sequence[_Sentence], *, is_other: bool
) -> Iterator[tuple[_Sentence, bool]]:
    """Right sentences and the nearest wrong ones; doubtful ones are left out."""
    of_name = {sentence.name: sentence for sentence in among}
    right = [of_name[name] for name in question["answers"] if name in of_name]
    near = [of_name[name] for name in question["near"] if name in of_name]
    known = [*question["answers"], *question["doubtful"], *question["near"]]
    wrong = [*near, *(sentence for sentence in among if sentence.name not in known)]
    yield from ((sentence, True) for sentence in right[:_RIGHT])
    yield from ((sentence, False) for sentence in wrong[: 2 if is_other else _WRONG])


def _public(rows: Sequence[dict[str, Any]], chance: random.Random) -> Iterator[Pair]:
    translated = {
        (row["parallel"], row["lang"]): (row["title"], row["text"])
        for row in rows
        if row.get("parallel")
    }
    answered = {row["text"] for row in rows if row["answers"]}
    for row in rows:
        title, text, question = row["title"], row["text"], row["question"]
        spans = _spans(text)
        other = translated.get((row.get("parallel"), "en" if row["lang"] == "zh" else "zh"))
        if not row["answerable"]:
            if text not in answered:  # it would be learned that nothing answers such texts
                continue
            wrong = _likest(question, text, spans)[:_WRONG]
            yield from (_cut(question, title, text, span, answers=False) for span in wrong)
        elif row["answers"]:
            answer = row["answers"][0]
            start, end = answer["start"], answer["start"] + len(answer["text"])
            right = [span for span in spans if span[0] <= start and end <= span[1]]
            if len(right) != 1:
                continue
            yield _cut(question, title, text, right[0], answers=True)
            wrong = [s for s in spans if answer["text"] not in text[s[0] : s[1]]]
            for span in _likest(question, text, wrong)[:_WRONG]:
                yield _cut(question, title, text, span, answers=False)
            if other and len(_spans(other[1])) == len(spans):
                at = spans.index(right[0])
                yield from _translated(question, *other, at, chance)


def _translated(
    question: str, title: str, text: str, at: int, chance: random.Random
) -> Iterator[Pair]:
    """The sentence at the same place of a translation, and another one."""
    spans = _spans(text)
    yield _cut(question, title, text, spans[at], answers=True)
    others = [span for n, span in enumerate(spans) if n != at]
    for span in chance.sample(others, min(_WRONG, len(others))):
        yield _cut(question, title, text, span, answers=False)


def _spans(text: str) -> list[tuple[int, int]]:
    spans = [(s, e) for s, e in sentence_spans(text, 0, len(text)) if e - s >= _SHORTEST]
    return spans or [(0, len(text))]


def _likest(question: str, text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that share most pairs of letters with a question first."""
    asked = _letter_pairs(question)

    def likeness(span: tuple[int, int]) -> float:
        said = _letter_pairs(text[span[0] : span[1]])
        return float(len(asked & said) / (len(said) + 5) ** 0.5)

    return sorted(spans, key=likeness, reverse=True)


def _letter_pairs(text: str) -> set[str]:
    letters = letters_of(text)
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def _cut(question: str, title: str, text: str, span: tuple[int, int], *, answers: bool) -> Pair:
    said = readable(title, text[span[0] : span[1]])
    return Pair(question=question, text=said, answers=answers)
