"""Labelled sets: which question is for what, and one index of all their passages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from bot.errors import InputError
from bot.settings import BotSettings
from index import Reader, Retriever, SnapshotStore, load_encoder, load_reader, snapshot_store
from index.building import build_documents
from index.evaluation import LabelledQuestion, LabelledSet, find_sets, load_set
from index.terminal import progress_bar

REPORTED_KINDS = ("off-topic", "withheld")
"""Unanswerable questions that are reported together, adversarial ones apart; of sets without any
of these, all are."""
_FOLDER = "eval"
"""Below the data directory: the index of the sets, and their embeddings for the next run."""


class Part(StrEnum):
    """What a labelled question is used for."""

    TRAIN = "train"  # weights are fitted on it
    THRESHOLD = "threshold"  # the threshold is chosen on it
    REPORT = "report"  # nothing is made from it: figures of a fit are measured on it


def part_of(question: LabelledQuestion) -> Part:
    """The part of a question, by a hash of its id: half for training, a quarter for each other."""
    quarter = sha256(question.id.encode()).digest()[0] % 4
    return (Part.TRAIN, Part.THRESHOLD, Part.TRAIN, Part.REPORT)[quarter]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Labelled sets, and what their questions are asked of.

    Attributes:
        sets: As read.
        reader: Tells which sentences answer.
        retriever: Finds the passages of all sets.
        served: Finds those of the corpus that is served, for sets without passages of their own.
    """

    sets: Sequence[LabelledSet]
    reader: Reader
    retriever: Retriever | None = None
    served: Retriever | None = None

    @property
    def encoder(self) -> str:
        """The model whose vectors are compared."""
        return next(r.encoder.name for r in (self.retriever, self.served) if r)

    def asked_of(self, labelled: LabelledSet, against: Sequence[str] = ()) -> Retriever:
        """What finds the answers to a set's questions; labelled sets have no glossary.

        Args:
            labelled: One of the sets.
            against: Sets that its questions are asked of, if it has no passages of its own.
        """
        retriever = self.retriever if labelled.documents or against else self.served
        if retriever is None:
            raise InputError(f"{labelled.name}: name the sets too that its questions are asked of")
        return retriever

    def relevant(self, labelled: LabelledSet, question: LabelledQuestion) -> frozenset[str]:
        """Ids of the documents that answer; of the served corpus, those that are searched."""
        if labelled.documents:
            return labelled.relevant_documents(question)
        retriever = self.asked_of(labelled, question.against)
        documents = retriever.documents(question.language)
        return frozenset(d.id for d in documents if d.stem in question.relevant)


def open_sets(folders: Sequence[Path], settings: BotSettings, languages: Sequence[str]) -> Opened:
    """Load labelled sets, index the passages of all of them together, and load the models.

    Args:
        folders: Of sets, or folders of such folders.
        settings: Which models are used, where the index is kept, and which corpus is served.
        languages: See `load_set`.
    """
    sets = [load_set(folder, languages) for folder in find_sets(folders)]
    with progress_bar("unpacking the model") as progress:
        encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
        reader = load_reader(settings.reader_model, settings.models_dir, progress)
    opened = Opened(sets=sets, reader=reader)
    documents = [document for labelled in sets for document in labelled.documents]
    if documents:
        data_dir = settings.data_dir / _FOLDER
        with progress_bar("encoding passages") as progress:
            build_documents(documents, data_dir, encoder, progress)
        own = Retriever(SnapshotStore(data_dir).open_current(), encoder)
        opened = replace(opened, retriever=own)
    if any(_asks_served(labelled) for labelled in sets):
        served = Retriever(snapshot_store(settings).open_current(), encoder)
        opened = replace(opened, served=served)
    return opened


def _asks_served(labelled: LabelledSet) -> bool:
    return not labelled.documents and not all(q.against for q in labelled.questions)


def scoped(retriever: Retriever, against: Sequence[str]) -> Retriever:
    """A retriever that finds passages of some sets only; of all if none is named.

    Off-topic questions are asked of the sets that do not answer them.
    """
    if not against:
        return retriever
    return Retriever(
        retriever.snapshot,
        retriever.encoder,
        scope=lambda identity: identity.partition("#")[0] in against,
    )
