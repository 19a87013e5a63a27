"""One size of an index: written by one process, opened and asked by another."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.answers.answerer import Answerer
from bot.bench.corpora import material_of, recombine
from bot.bench.figures import Spread
from bot.bench.machine import resident_bytes, size_bytes
from bot.bench.mixing import MixingEncoder
from bot.bench.questions import Question
from bot.settings import BotSettings
from bot.warming import warm
from index import (
    Encoder,
    Progress,
    Retriever,
    SnapshotStore,
    load_encoder,
    load_reader,
    snapshot_store,
)
from index.building import build_documents
from index.encoder import Vectors
from index.language import language_of

_K = 10
"""Of recall@k."""
_ROWS_AT_ONCE = 4096
_SAME = 1e-5
"""Scores that differ by less are one: of passages that are equally near, any may be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An index of recombined passages."""

    passages: int
    write_s: float
    """Encoding left out: vectors are mixed."""
    disk_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What it is to answer from it, in a process that does nothing else."""

    load_s: float
    """Opening the snapshot; models, dictionaries and the first question not counted."""
    first_answer_s: float
    loaded_bytes: int
    """Resident memory with models and dictionaries, once everything is warm."""
    asked_bytes: int
    """The same after the questions."""
    search_ms: Spread
    answer_ms: Spread
    recall_at_10: float
    """Share of the ten nearest passages, by exact search, that the store finds."""


def write_size(settings: BotSettings, passages: int, folder: Path, progress: Progress) -> Written:
    """Write an index as every build does, but of documents that nobody wrote.

    Args:
        settings: Where the real index and the models lie.
        passages: About how many.
        folder: Gets it; used as a data directory.
        progress: Told how many texts are done.

    Raises:
        CorpusIndexError: There is no usable index or model.
        OSError: Something cannot be written.
    """
    encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
    retriever = Retriever(snapshot_store(settings).open_current(), encoder)
    mixing = MixingEncoder.of(retriever, settings.data_dir)
    documents = [each.as_document() for each in recombine(material_of(retriever), passages)]
    started = time.perf_counter()
    manifest = build_documents(documents, folder, mixing, progress, retriever.snapshot.glossary)
    return Written(
        passages=manifest.passages,
        write_s=time.perf_counter() - started,
        disk_bytes=size_bytes(SnapshotStore(folder).folder(manifest.snapshot_id)),
    )


def open_size(
    settings: BotSettings, folder: Path, questions: Sequence[Question], progress: Progress
) -> Opened:
    """Open what `write_size` wrote, and answer from it.

    Args:
        settings: As there.
        folder: As there.
        questions: At least one.
        progress: Told how many questions are done.

    Raises:
        CorpusIndexError: There is no usable index or model.
    """
    encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
    reader = load_reader(settings.reader_model, settings.models_dir, progress)
    started = time.perf_counter()
    snapshot = SnapshotStore(folder).open_current()
    load_s = time.perf_counter() - started
    retriever = Retriever(snapshot, encoder)
    answerer = Answerer(retriever, snapshot.glossary, reader)
    first_answer_s = _seconds(questions[0], answerer)
    warm(answerer, questions[0].today)
    loaded = resident_bytes()
    answers = []
    for done, question in enumerate(questions, 1):
        answers.append(1000 * _seconds(question, answerer))
        progress(done, len(questions))
    asked = resident_bytes()
    return Opened(
        load_s=load_s,
        first_answer_s=first_answer_s,
        loaded_bytes=loaded,
        asked_bytes=asked,
        search_ms=Spread.of([_searched_ms(question, retriever) for question in questions]),
        answer_ms=Spread.of(answers),
        recall_at_10=_recall(retriever, _mixing(settings, encoder), questions),
    )


def _seconds(question: Question, answerer: Answerer) -> float:
    started = time.perf_counter()
    question.ask(answerer)
    return time.perf_counter() - started


def _searched_ms(question: Question, retriever: Retriever) -> float:
    return retriever.search(question.text, language_of(question.text)).search_ms


def _mixing(settings: BotSettings, encoder: Encoder) -> MixingEncoder:
    real = Retriever(snapshot_store(settings).open_current(), encoder)
    return MixingEncoder.of(real, settings.data_dir)


def _recall(retriever: Retriever, mixing: MixingEncoder, questions: Sequence[Question]) -> float:
    """Compare what the store finds with all vectors, computed anew."""
    asked = [retriever.vector(each.text, language_of(each.text)) for each in questions]
    found = [retriever.snapshot.vectors.search(vector, _K)[0] for vector in asked]
    best = np.full((len(asked), _K), -np.inf, np.float32)
    scores_found = np.full((len(asked), _K), -np.inf, np.float32)
    for rows, vectors in _exact(retriever, mixing):
        scores = np.array(asked) @ vectors.T
        best = np.sort(np.concatenate([best, scores], axis=1), axis=1)[:, -_K:]
        for question, chosen in enumerate(found):
            here = (chosen >= rows.start) & (chosen < rows.stop)
            scores_found[question, np.flatnonzero(here)] = scores[
                question, chosen[here] - rows.start
            ]
    least = np.maximum(best[:, :1], np.finfo(np.float32).min)  # where there are fewer than ten
    wanted = np.isfinite(best).sum()
    return float((scores_found >= least - _SAME).sum() / wanted)


def _exact(retriever: Retriever, mixing: MixingEncoder) -> Iterator[tuple[range, Vectors]]:
    """The vectors of all passages as they were before the store got them."""
    snapshot = retriever.snapshot
    for first in range(0, len(snapshot.passages), _ROWS_AT_ONCE):
        rows = range(first, min(first + _ROWS_AT_ONCE, len(snapshot.passages)))
        passages = [snapshot.passages[row] for row in rows]
        vectors = mixing.encode_passages([retriever.context(each) for each in passages])
        languages = [passage.language for passage in passages]
        yield rows, snapshot.space.centre_passages(vectors, languages)
