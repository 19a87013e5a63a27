"""The command `fit`: labelled questions -> when the reader's best sentence is an answer."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.answers.answerer import tools_of
from bot.answers.decision import DecisionFit, decision_fit_path, shipped_decision_fit
from bot.evaluation.sets import Part, open_sets
from bot.settings import BotSettings
from bot.training.decision import Example, calibrated, examples_of, metrics_of
from bot.training.provenance import commit_of_source, provenance, write_fit
from index import find_sets, say

_MAX_REFUSED = 0.06
"""Share of the questions whose best sentence answers that may be refused."""


def fit_decision(
    folders: Sequence[Path], settings: BotSettings, languages: Sequence[str], today: date
) -> Path:
    """Make the fit anew.

    Args:
        folders: Of labelled sets; one without passages asks about the corpus that is served.
        settings: Where the index of that corpus lies.
        languages: See `load_set`.
        today: The day on which the questions are asked.

    Returns:
        The file that was written.

    Raises:
        InputError: The sets lack a kind of question.
    """
    opened = open_sets(folders, settings, languages)
    examples: list[Example] = []
    for labelled in opened.sets:
        say(f"asking the questions of {labelled.name}")
        retriever = opened.asked_of(labelled)
        tools = tools_of(retriever, retriever.snapshot.glossary, opened.reader)
        examples += examples_of(labelled, tools, today)
    fitted = [example for example in examples if example.part is not Part.REPORT]
    calibration = calibrated(fitted, _MAX_REFUSED)
    reported = [example for example in examples if example.part is Part.REPORT]
    fit = DecisionFit(
        provenance=provenance(
            command=" ".join(["smebot fit", *(folder.name for folder in find_sets(folders))]),
            commit=commit_of_source(),
            encoder=opened.encoder,
            reader=opened.reader.name,
            folders=find_sets(folders),
            parts=(example.part for example in examples),
            metrics={"report": metrics_of(calibration.threshold, reported)},
        ),
        threshold=calibration.threshold,
        slope=calibration.slope,
    )
    write_fit(fit, decision_fit_path())
    shipped_decision_fit.cache_clear()
    return decision_fit_path()
