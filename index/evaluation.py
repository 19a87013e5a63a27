"""Retrieval measured on labelled sets.

A set is a folder with `passages.jsonl`, `questions.jsonl` and, where it has follow-ups,
`rewrites.jsonl`.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from index.documents import Document
from index.errors import EvaluationError
from index.loading import load_documents
from index.validation import explain

_PASSAGES, _QUESTIONS, _REWRITES = "passages.jsonl", "questions.jsonl", "rewrites.jsonl"


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: str
    text: str


class _Passage(BaseModel):
    """What of a passage's line the loader does not keep."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str
    lang: str | None = None
    parallel: Annotated[str | None, Field(pattern=r"^\d+(-|$)")] = None


class LabelledQuestion(BaseModel):
    """One question and what answers it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    text: str
    language: Annotated[str, Field(validation_alias=AliasChoices("language", "lang"))]
    relevant: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    answer_type: str = "verbatim"
    answerable: bool = True
    unanswerable_kind: str | None = None
    against: tuple[str, ...] = ()
    history: tuple[_Turn, ...] = ()
    history_user: tuple[str, ...] = ()
    rewrite: str | None = None

    @property
    def earlier_turns(self) -> tuple[str, ...]:
        """What the person asked before, oldest first."""
        return self.history_user or tuple(t.text for t in self.history if t.role == "user")


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set's passages as documents (ids `set#passage`) and its questions.

    `parallel` maps a passage id to what it says in every language, in parallel sets.
    """

    name: str
    documents: tuple[Document, ...]
    questions: tuple[LabelledQuestion, ...]
    rewrites: tuple[LabelledQuestion, ...]
    parallel: dict[str, str] = field(default_factory=dict)

    def relevant_documents(self, question: LabelledQuestion) -> frozenset[str]:
        """The documents that answer; in a parallel set, in whatever language they are kept."""
        if not self.parallel:
            return frozenset(f"{self.name}#{passage}" for passage in question.relevant)
        said = {self.parallel[passage] for passage in question.relevant}
        kept = {document.id for document in self.documents}
        return frozenset(
            name
            for passage, text in self.parallel.items()
            if text in said and (name := f"{self.name}#{passage}") in kept
        )


def load_set(folder: Path, languages: Sequence[str] = ()) -> LabelledSet:
    """Read one labelled set.

    Args:
        folder: Holds the files.
        languages: For parallel sets: article n is kept in languages[n % len(languages)] only;
            all passages are kept if none are given.

    Raises:
        EvaluationError: A file is missing or a line is not sound.
        DocumentError: A passage cannot be read.
    """
    passages, rewrites = folder / _PASSAGES, folder / _REWRITES
    documents: tuple[Document, ...] = ()
    parallel: dict[str, str] = {}
    if passages.is_file():
        rows = list(_labelled(passages, _Passage))
        parallel = {row.id: row.parallel for row in rows if row.parallel}
        kept = {row.id for row in rows if _is_kept(row, languages)}
        documents = tuple(
            _renamed(document, folder.name)
            for document in load_documents(passages, folder)
            if document.id.partition("#")[2] in kept
        )
    if not (folder / _QUESTIONS).is_file():
        raise EvaluationError(f"{folder}: {_QUESTIONS} is missing: name folders of labelled sets")
    questions = tuple(_labelled(folder / _QUESTIONS, LabelledQuestion))
    for question in questions if parallel else ():
        for passage in question.relevant:
            if passage not in parallel:
                raise EvaluationError(
                    f"{folder}: question {question.id} names no passage: {passage}"
                )
    return LabelledSet(
        name=folder.name,
        documents=documents,
        questions=questions,
        rewrites=tuple(_labelled(rewrites, LabelledQuestion)) if rewrites.is_file() else (),
        parallel=parallel,
    )


def find_sets(folders: Iterable[Path]) -> list[Path]:
    """The folders of labelled sets among or below the folders given.

    Raises:
        EvaluationError: There is none.
    """
    found = []
    for folder in folders:
        if (folder / _QUESTIONS).is_file():
            found.append(folder)
        elif folder.is_dir():
            found += sorted(path.parent for path in folder.glob(f"*/{_QUESTIONS}"))
    if not found:
        raise EvaluationError(f"no labelled sets in {', '.join(map(str, folders))}")
    return found


def _is_kept(row: _Passage, languages: Sequence[str]) -> bool:
    if not languages or not row.parallel:
        return True
    article = int(row.parallel.partition("-")[0])
    return row.lang == languages[article % len(languages)]


def _renamed(document: Document, set_name: str) -> Document:
    identity = f"{set_name}#{document.id.partition('#')[2]}"
    return Document(id=identity, stem=identity, metadata=document.metadata, text=document.text)


_Row = TypeVar("_Row", bound=BaseModel)


def _labelled(path: Path, kind: type[_Row]) -> Iterator[_Row]:
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield kind.model_validate_json(line)
        except ValidationError as error:
            fault = explain(error, kind, "must be an object")
            raise EvaluationError(f"{path}, line {number}: {fault}") from error


@dataclass(frozen=True, slots=True)
class Ranks:
    """The ranks (from 1) at which one question's relevant documents were first met."""

    ranks: tuple[int, ...]
    relevant: int

    @classmethod
    def of(cls, documents: Sequence[str], relevant: frozenset[str]) -> "Ranks":
        """Look the relevant documents up among those of the hits, best first."""
        first: dict[str, int] = {}
        for rank, document in enumerate(documents, 1):
            if document in relevant:
                first.setdefault(document, rank)
        return cls(tuple(first.values()), len(relevant))

    def hit_at(self, k: int) -> bool:
        """Success@k: whether one relevant document is among the first k hits."""
        return bool(self.ranks) and self.ranks[0] <= k

    @property
    def reciprocal(self) -> float:
        """For MRR@10."""
        return 1 / self.ranks[0] if self.hit_at(10) else 0.0

    @property
    def ndcg(self) -> float:
        """nDCG@10 with relevance 0 or 1."""
        gain = sum(1 / math.log2(rank + 1) for rank in self.ranks if rank <= 10)
        ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(self.relevant, 10) + 1))
        return gain / ideal if ideal else 0.0


def wilson(successes: float, n: int) -> tuple[float, float]:
    """95 % confidence interval of a rate (Wilson 1927)."""
    if not n:
        return 0.0, 1.0
    z = 1.96
    rate = successes / n
    middle = rate + z * z / (2 * n)
    spread = z * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Chance that a positive scores above a negative, ties half; 0.5 if either is empty."""
    if not positive or not negative:
        return 0.5
    ordered = sorted(negative)
    wins = sum(
        (bisect_left(ordered, score) + bisect_right(ordered, score)) / 2 for score in positive
    )
    return wins / (len(positive) * len(negative))
