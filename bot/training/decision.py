"""Fits when to answer: examples from labelled questions, and a threshold from examples."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.answers.case import Tools
from bot.errors import InputError
from bot.evaluation.asking import each_in_order
from bot.evaluation.sets import Part, part_of
from bot.training.reading import read_case
from index.evaluation import LabelledSet, auroc
from index.language import letters_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question that no gate decides.

    Attributes:
        reading: Log-odds by the reader; see `Case.reading`.
        is_answered: Whether the best sentence answers it.
        part: What the question is used for.
    """

    reading: float
    is_answered: bool
    part: Part


@dataclass(frozen=True, slots=True)
class Calibration:
    """From the reader's log-odds to a confidence; see `DecisionFit`."""

    threshold: float
    slope: float


def examples_of(labelled: LabelledSet, tools: Tools, today: date) -> Iterator[Example]:
    """Examples of a set whose answers are sentences, word by word.

    An answerable question whose best sentence is another one is no example: whether that one
    answers as well, nobody knows.
    """
    cases = each_in_order(partial(read_case, tools=tools, today=today), labelled.questions)
    for question, case in zip(labelled.questions, cases, strict=True):
        if case is None:
            continue
        answers = [letters_of(answer) for answer in question.answers]
        best = letters_of(case.sentences[0].quote)
        if question.answerable and not any(answer in best for answer in answers):
            continue
        yield Example(
            reading=case.reading,
            is_answered=question.answerable,
            part=part_of(question),
        )


def calibrated(examples: Sequence[Example], max_refused: float) -> Calibration:
    """Fit Platt scaling; answerable and unanswerable examples count half each.

    Args:
        examples: Of both kinds.
        max_refused: The share of the answered ones that lies below the threshold.

    Raises:
        InputError: Examples of a kind are missing.
    """
    if len({example.is_answered for example in examples}) < 2:
        raise InputError("the sets need answerable and unanswerable questions")
    readings = np.array([example.reading for example in examples])
    labels = np.array([example.is_answered for example in examples])
    model = LogisticRegression(C=np.inf, class_weight="balanced").fit(readings[:, None], labels)
    threshold = float(np.quantile(readings[labels], max_refused))
    return Calibration(round(threshold, 4), round(float(model.coef_[0, 0]), 4))


def metrics_of(threshold: float, examples: Sequence[Example]) -> dict[str, float]:
    """How well the two kinds are told apart, and at the threshold the share of each refused."""
    readings = {
        kind: [example.reading for example in examples if example.is_answered is kind]
        for kind in (True, False)
    }
    refused = {
        kind: sum(r < threshold for r in of_kind) / max(1, len(of_kind))
        for kind, of_kind in readings.items()
    }
    return {
        "auroc": round(auroc(readings[True], readings[False]), 4),
        "answered_refused": round(refused[True], 4),
        "recall": round(refused[False], 4),
    }
