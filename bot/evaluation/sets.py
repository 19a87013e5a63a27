"""Labelled sets: which question is for what, and one index of all their passages."""

from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from bot.settings import BotSettings
from index import (
    Glossary,
    LabelledQuestion,
    LabelledSet,
    Reader,
    Retriever,
    SnapshotStore,
    build_documents,
    find_sets,
    load_encoder,
    load_reader,
    load_set,
    progress_bar,
)

NO_NAMES = Glossary()
"""Labelled sets have no glossary."""
REPORTED_KINDS = ("off-topic", "withheld")
"""Unanswerable questions that are reported together; adversarial ones are reported
apart."""
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


def open_sets(
    folders: Sequence[Path], settings: BotSettings, languages: Sequence[str]
) -> tuple[list[LabelledSet], Retriever, Reader]:
    """Load labelled sets, index the passages of all of them together, and load the reader.

    Args:
        folders: Of sets, or folders of such folders.
        settings: Which model encodes, and where the index is kept.
        languages: See `load_set`.
    """
    sets = [load_set(folder, languages) for folder in find_sets(folders)]
    with progress_bar("unpacking the model") as progress:
        encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
        reader = load_reader(settings.reader_model, settings.models_dir, progress)
    data_dir = settings.data_dir / _FOLDER
    with progress_bar("encoding passages") as progress:
        documents = [document for labelled in sets for document in labelled.documents]
        build_documents(documents, data_dir, encoder, progress)
    return sets, Retriever(SnapshotStore(data_dir).open_current(), encoder), reader


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
