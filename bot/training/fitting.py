"""The command `fit`: labelled questions -> when the reader's best sentence is an answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.answers.answerer import tools_of
from bot.answers.decision import DecisionFit, decision_fit_path, shipped_decision_fit
from bot.evaluation.sets import Opened, Part, open_sets
from bot.settings import BotSettings
from bot.training.decision import Example, calibrated, examples_of, metrics_of
from bot.training.provenance import commit_of_source, provenance, write_fit
from index.evaluation import LabelledSet, find_sets
from index.terminal import say

_MAX_REFUSED = 0.06
"""Share of the questions whose best sentence answers that may be refused."""


def fit_decision(
    folders: Sequence[Path],
    conversations: Sequence[Path],
    settings: BotSettings,
    languages: Sequence[str],
    today: date,
) -> Path:
    """Make the fit anew.

    Args:
        folders: Of labelled sets; one without passages asks about the corpus that is served.
        conversations: Of labelled sets whose follow-ups count, and nothing else of them. Without
            any, a conversation needs no more than a question alone.
        settings: Where the index of that corpus lies.
        languages: See `load_set`.
        today: The day on which the questions are asked.

    Returns:
        The file that was written.

    Raises:
        InputError: The sets lack a kind of question.
    """
    opened = open_sets([*folders, *conversations], settings, languages)
    in_conversation = {folder.name for folder in _sets(conversations)}
    alone, behind = _Asked(), _Asked()
    for labelled in opened.sets:
        say(f"asking the questions of {labelled.name}")
        if labelled.name in in_conversation:
            behind.ask(_follow_ups(labelled), opened, today)
        else:
            alone.ask(labelled, opened, today)
    calibration = calibrated(alone.fitted, _MAX_REFUSED)
    more = calibrated(behind.fitted, _MAX_REFUSED).threshold if conversations else None
    metrics = {"report": metrics_of(calibration.threshold, alone.reported)}
    if more is not None:
        metrics["in_conversation"] = metrics_of(more, behind.reported)
    fit = DecisionFit(
        provenance=provenance(
            command=_command(folders, conversations),
            commit=commit_of_source(),
            encoder=opened.encoder,
            reader=opened.reader.name,
            folders=[*_sets(folders), *_sets(conversations)],
            parts=(example.part for example in (*alone.examples, *behind.examples)),
            metrics=metrics,
        ),
        threshold=calibration.threshold,
        in_conversation=0.0 if more is None else round(more - calibration.threshold, 4),
        slope=calibration.slope,
    )
    write_fit(fit, decision_fit_path())
    shipped_decision_fit.cache_clear()
    return decision_fit_path()


def _sets(folders: Sequence[Path]) -> list[Path]:
    return list(find_sets(folders)) if folders else []


def _command(folders: Sequence[Path], conversations: Sequence[Path]) -> str:
    named = [folder.name for folder in _sets(folders)]
    for folder in _sets(conversations):
        named += ["--conversations", folder.name]
    return " ".join(["smebot fit", *named])


def _follow_ups(labelled: LabelledSet) -> LabelledSet:
    asked = tuple(question for question in labelled.questions if question.earlier_turns)
    return replace(labelled, questions=asked)


class _Asked:
    """Examples of some sets."""

    def __init__(self) -> None:
        self.examples: list[Example] = []

    def ask(self, labelled: LabelledSet, opened: Opened, today: date) -> None:
        """Add those of one set, as the reader reads them: whatever was fitted before."""
        retriever = opened.asked_of(labelled)
        fit = shipped_decision_fit().model_copy(update={"in_conversation": 0.0})
        tools = tools_of(retriever, retriever.snapshot.glossary, opened.reader, fit)
        self.examples += examples_of(labelled, tools, today)

    @property
    def fitted(self) -> list[Example]:
        return [example for example in self.examples if example.part is not Part.REPORT]

    @property
    def reported(self) -> list[Example]:
        return [example for example in self.examples if example.part is Part.REPORT]
