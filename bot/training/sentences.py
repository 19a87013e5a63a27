"""Fits which sentences answer: examples from labelled questions, and weights from examples."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.answers.sentence_scoring import SENTENCE_FEATURES, SentenceFeatures, SentenceWeights
from bot.errors import InputError
from bot.evaluation.sets import NO_NAMES, Part, part_of
from bot.training.reading import read_case
from index import LabelledQuestion, LabelledSet, Retriever, letters_of

L2_PENALTY = 1.0
"""Of the weights, against the sum of the questions' losses."""
_CONSTANT = 1e-6
"""A feature that varies less tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The sentences among which one question's answer was looked for."""

    features: Sequence[SentenceFeatures]
    holds_answer: Sequence[bool]
    part: Part


def choices_of(sets: Sequence[LabelledSet], retriever: Retriever, today: date) -> Iterator[Choice]:
    """Choices of the questions whose answers stand in the text word by word.

    None of the part for thresholds: the best sentence needs none.
    """
    for labelled in sets:
        for question in labelled.questions:
            is_verbatim = question.answers and question.answer_type == "verbatim"
            if question.answerable and is_verbatim and part_of(question) is not Part.THRESHOLD:
                relevant = labelled.relevant_documents(question)
                choice = _choice(question, relevant, retriever, today)
                if choice:
                    yield choice


def _choice(
    question: LabelledQuestion, relevant: frozenset[str], retriever: Retriever, today: date
) -> Choice | None:
    """The sentences found for a question; None where all of them or none hold its answer."""
    case = read_case(question, retriever, today, NO_NAMES)
    candidates = [e for e in case.sentences if e.holds_asked and e.features] if case else []
    answers = [letters_of(answer) for answer in question.answers]
    holds = [
        e.document.id in relevant and any(answer in letters_of(e.quote) for answer in answers)
        for e in candidates
    ]
    if all(holds) or not any(holds):
        return None
    features = [e.features for e in candidates if e.features]
    return Choice(features=features, holds_answer=holds, part=part_of(question))


def fit_weights(choices: Sequence[Choice], ignored: Sequence[str] = ()) -> SentenceWeights:
    """Fit weights by which a sentence that holds the answer comes first (a conditional logit).

    Scores are log-odds among the sentences of one question. Where several hold the answer, one
    that comes first is enough.

    Args:
        choices: What is fitted on, at least one.
        ignored: Features that get no weight.

    Raises:
        InputError: There is no choice.
    """
    if not choices:
        raise InputError("the sets need answerable questions with `answers` in the words of texts")
    table = np.array([astuple(sentence) for choice in choices for sentence in choice.features])
    scale = table.std(axis=0)
    scale[scale < _CONSTANT] = 1.0
    used = np.array([name not in ignored for name in SENTENCE_FEATURES])
    rows = table * used / scale
    holds = np.concatenate([choice.holds_answer for choice in choices])
    starts = _starts([len(choice.holds_answer) for choice in choices])
    starts_of_right = _starts([sum(choice.holds_answer) for choice in choices])

    def loss(weights: npt.NDArray[np.float64]) -> float:
        scores = rows @ weights
        of_all = np.logaddexp.reduceat(scores, starts)
        of_right = np.logaddexp.reduceat(scores[holds], starts_of_right)
        return float((of_all - of_right).sum() + L2_PENALTY * (weights @ weights) / 2)

    weights = minimize(loss, np.zeros(len(scale))).x
    return SentenceWeights(
        features=dict(zip(SENTENCE_FEATURES, (weights / scale).round(3).tolist(), strict=True))
    )


def _starts(lengths: Sequence[int]) -> npt.NDArray[np.int64]:
    """Where each of several groups begins that lie one after another."""
    return np.cumsum([0, *lengths[:-1]])


def metrics_of(weights: SentenceWeights, choices: Sequence[Choice]) -> dict[str, float]:
    """How often the best sentence holds the answer."""
    if not choices:
        return {}
    hits = [
        choice.holds_answer[max(range(len(scores)), key=scores.__getitem__)]
        for choice in choices
        for scores in [[weights.score(features) for features in choice.features]]
    ]
    return {"best_holds_answer": round(sum(hits) / len(hits), 4)}
