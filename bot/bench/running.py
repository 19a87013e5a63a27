"""All parts of `smebot bench`, one after the other."""

import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from bot.answers.answerer import Answerer
from bot.app import make_answerer
from bot.bench.asking import Asked, measure_questions
from bot.bench.changing import Changed, measure_change
from bot.bench.encoding import Encoded, float32_encoder, measure_encoder, some_passages
from bot.bench.machine import Machine, resident_bytes, size_bytes
from bot.bench.questions import Question, spread_out
from bot.bench.serving import CLIENTS, Served, measure_clients
from bot.bench.starting import SMEBOT, Start, measure_start
from bot.bench.working_folder import working_folder
from bot.settings import BotSettings
from bot.warming import warm
from index import Manifest, SnapshotStore, snapshot_store
from index.terminal import progress_bar, say


class Part(StrEnum):
    """What can be measured by itself, in the order in which it is."""

    START = "start"
    QUESTIONS = "questions"
    CLIENTS = "clients"
    SIZE = "size"
    ENCODER = "encoder"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured."""

    parts: Collection[str] = tuple(Part)
    runs: int = 5
    """Of the program, for its start."""
    served: int = 200
    """Questions asked by each number of clients."""
    documents: int = 1000
    """In the corpus of which one is changed."""
    program: Sequence[str] = SMEBOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Bytes, first in memory, then on the disk."""

    before_loading: int
    """This process with nothing but Python's modules."""
    loaded: int
    """With models, index and dictionaries."""
    asked: int
    """After the questions of the parts before."""
    snapshot: int
    models: int
    """Encoder and reader as they are unpacked."""
    cache: int
    """Vectors kept for the next build."""


@dataclass(kw_only=True)
class Report:
    """What was measured; a part that was not is None."""

    machine: Machine
    snapshot: str
    documents: int
    passages: int
    start: Start | None = None
    questions: Asked | None = None
    clients: tuple[Served, ...] | None = None
    size: Size | None = None
    encoder: Encoded | None = None
    change: Changed | None = None
    took_s: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """One object for programs; parts that were not measured are missing."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return dict(rounded(given))


def rounded(value: Any) -> Any:
    """The same with no more digits than were measured."""
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """An answerer, and what it took of the memory."""

    answerer: Answerer
    before_bytes: int
    loaded_bytes: int


class Bench:
    """Measures the parts of a plan in one process."""

    def __init__(self, settings: BotSettings, questions: Sequence[Question], plan: Plan) -> None:
        """Prepare to measure.

        Args:
            settings: Where the index lies and which models are used.
            questions: At least one.
            plan: What is measured.
        """
        self._settings = settings
        self._questions = questions
        self._plan = plan

    def run(self) -> Report:
        """Measure what the plan says.

        Raises:
            BotError: Something cannot be measured.
            CorpusIndexError: There is no usable index or model.
            OSError: Something cannot be read or written.
        """
        began = time.perf_counter()
        manifest = self._manifest()
        report = Report(
            machine=Machine.here(),
            snapshot=manifest.snapshot_id,
            documents=len(manifest.documents),
            passages=manifest.passages,
        )
        measures: dict[Part, Callable[[], object]] = {
            Part.START: self._start,
            Part.QUESTIONS: self._asked,
            Part.CLIENTS: self._served,
            Part.SIZE: self._size,
            Part.ENCODER: self._encoded,
            Part.CHANGE: self._changed,
        }
        for part, measure in measures.items():
            if part in self._plan.parts:
                setattr(report, part, measure())
        report.took_s = time.perf_counter() - began
        return report

    def _manifest(self) -> Manifest:
        store = snapshot_store(self._settings)
        return store.manifest(store.current_id())

    @cached_property
    def _loaded(self) -> _Loaded:
        before = resident_bytes()
        answerer = make_answerer(self._settings)
        warm(answerer, self._questions[0].today)
        return _Loaded(answerer=answerer, before_bytes=before, loaded_bytes=resident_bytes())

    def _start(self) -> Start:
        if sys.dont_write_bytecode:
            say("note: PYTHONDONTWRITEBYTECODE is set: each start may compile the program anew")
        with progress_bar("starting") as progress:
            plan = self._plan
            return measure_start(self._questions[0].text, plan.runs, progress, plan.program)

    def _asked(self) -> Asked:
        with progress_bar("asking") as progress:
            return measure_questions(self._loaded.answerer, self._questions, progress)

    def _served(self) -> tuple[Served, ...]:
        questions = spread_out(self._questions, self._plan.served)
        served = []
        for clients in CLIENTS:
            with progress_bar(f"asking, {clients} at once") as progress:
                served.append(measure_clients(self._loaded.answerer, questions, clients, progress))
        return tuple(served)

    def _size(self) -> Size:
        data_dir = self._settings.data_dir
        return Size(
            before_loading=self._loaded.before_bytes,
            loaded=self._loaded.loaded_bytes,
            asked=resident_bytes(),
            snapshot=size_bytes(SnapshotStore(data_dir).folder(self._manifest().snapshot_id)),
            models=size_bytes(self._settings.models_dir),
            cache=size_bytes(data_dir / "embeddings.sqlite"),
        )

    def _encoded(self) -> Encoded:
        encoder = self._loaded.answerer.retriever.encoder
        with progress_bar("unpacking the model") as progress:
            float32 = float32_encoder(self._settings, encoder, progress)
        with progress_bar("encoding passages") as progress:
            texts = some_passages(self._loaded.answerer.retriever)
            return measure_encoder(encoder, float32, texts, progress)

    def _changed(self) -> Changed:
        data_dir, documents = self._settings.data_dir, self._plan.documents
        retriever = self._loaded.answerer.retriever
        with working_folder(data_dir) as folder, progress_bar("encoding passages") as progress:
            return measure_change(retriever, data_dir, folder, documents, progress)
