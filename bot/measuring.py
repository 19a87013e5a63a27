"""The commands `eval` and `fit-...`: labelled sets -> one index -> figures or weights."""

import time
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.answers.abstention import Fit
from bot.answers.weighing import SentenceFit
from bot.evaluation import Half, Measurement, measure
from bot.fitting import OwnQuestions, fit
from bot.fitting import fit_sentences as fit_which_sentences
from bot.settings import BotSettings
from index import (
    LabelledQuestion,
    LabelledSet,
    Retriever,
    SnapshotStore,
    build_documents,
    find_sets,
    load_encoder,
    load_glossary,
    load_set,
    progress_bar,
)

_OWN_WEIGHT = 30
"""The own corpus is what the bot is for, but its questions are few."""
_FOLDER = "eval"
"""Below the data directory: the index of the sets, and their embeddings for the next run."""


def half_of(name: str) -> Half | None:
    """`even`, `odd` or `all` questions, by a hash of their id, so that halves never change.

    Raises:
        ValueError: Another name.
    """
    if name == "all":
        return None
    wanted = ("even", "odd").index(name)

    def is_chosen(question: LabelledQuestion) -> bool:
        return sha256(question.id.encode()).digest()[0] % 2 == wanted

    return is_chosen


def evaluate(
    folders: Sequence[Path], settings: BotSettings, languages: Sequence[str], half: Half | None
) -> Measurement:
    """Measure the sets in the folders."""
    started = time.perf_counter()
    sets, retriever = _prepare(folders, settings, languages)
    built = time.perf_counter() - started
    with progress_bar("asking") as progress:
        measurement = measure(sets, retriever, progress, half=half)
    measurement.seconds["index"] = built
    measurement.seconds["total"] = time.perf_counter() - started
    return measurement


def fit_abstention(
    folders: Sequence[Path],
    settings: BotSettings,
    languages: Sequence[str],
    half: str,
    own: Path | None,
) -> Fit:
    """Fit abstention on one half of the sets' questions, and on questions about the own corpus.

    Args:
        folders: Labelled sets.
        settings: Where the served index of the own corpus lies.
        languages: See `load_set`.
        half: `all`, `even` or `odd`.
        own: A folder with `questions.jsonl` about what is served.
    """
    sets, retriever = _prepare(folders, settings, languages)
    fitted_on = _fitted_on(half, sets)
    own_questions = None
    if own:
        served = SnapshotStore(settings.data_dir).open_current()
        glossary = load_glossary(settings.corpus_dirs)
        questions = load_set(own).questions
        own_questions = OwnQuestions(
            questions, Retriever(served, retriever.encoder), glossary, _OWN_WEIGHT
        )
        fitted_on += f", and {len(questions)} own questions, each {_OWN_WEIGHT} times"
    return fit(sets, retriever, half_of(half) or _every, fitted_on, own_questions)


def fit_sentences(
    folders: Sequence[Path], settings: BotSettings, languages: Sequence[str], half: str
) -> SentenceFit:
    """Fit which sentences answer on one half of the sets' questions: `all`, `even` or `odd`."""
    sets, retriever = _prepare(folders, settings, languages)
    fitted_on = _fitted_on(half, sets)
    return fit_which_sentences(sets, retriever, half_of(half) or _every, fitted_on)


def _every(_: LabelledQuestion) -> bool:
    return True


def _fitted_on(half: str, sets: Sequence[LabelledSet]) -> str:
    names = ", ".join(labelled.name for labelled in sets)
    return f"{half} questions of {names}"


def _prepare(
    folders: Sequence[Path], settings: BotSettings, languages: Sequence[str]
) -> tuple[list[LabelledSet], Retriever]:
    sets = [load_set(folder, languages) for folder in find_sets(folders)]
    with progress_bar("unpacking the model") as progress:
        encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
    data_dir = settings.data_dir / _FOLDER
    with progress_bar("encoding passages") as progress:
        documents = [document for labelled in sets for document in labelled.documents]
        build_documents(documents, data_dir, encoder, progress)
    return sets, Retriever(SnapshotStore(data_dir).open_current(), encoder)


def report_lines(report: dict[str, Any]) -> Iterable[str]:
    """The report as a table."""
    rates = " ".join(f"{name:>7}" for name in ("hit@1", "hit@5", "mrr@10", "ndcg@10", "quoted"))
    yield f"{'set':12} {'question':8} {'passage':8} {'n':>5} {rates}"
    for row in report["sets"]:
        quoted = row["quote_contains_answer"]
        yield (
            f"{row['set']:12} {row['question_language']:8} {row['passage_language']:8} "
            f"{row['questions']:5} {row['hit@1']:7.3f} {row['hit@5']:7.3f} {row['mrr@10']:7.3f} "
            f"{row['ndcg@10']:7.3f} {'-' if quoted is None else format(quoted, '.3f'):>7}"
        )
    for kind, values in report["abstention"].items():
        low, high = values["recall_95"]
        yield (
            f"abstention, {kind}: {values['questions']} questions, recall {values['recall']:.3f} "
            f"({low:.3f} to {high:.3f}), AUROC {values['auroc']:.3f}"
        )
    yield (
        f"off-topic and withheld together: AUROC {report['abstention_auroc']:.3f}, "
        f"recall {report['abstention_recall']:.3f}, "
        f"precision {report['abstention_precision']:.3f}, "
        f"F1 {report['abstention_f1']:.3f}; answerable refused "
        f"{report['answerable_refused']:.3f} of {report['answerable_questions']}"
    )
    for name, values in report["follow_ups"].items():
        yield f"follow-ups, {name}: {values['questions']} questions, hit@5 {values['hit@5']:.3f}"
    yield "seconds: " + ", ".join(f"{name} {value}" for name, value in report["seconds"].items())
