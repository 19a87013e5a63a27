"""Fits when to abstain: examples from labelled questions, and weights from examples."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bot.answers.abstention import MAX_DEVIATION, AbstentionWeights
from bot.answers.features import (
    ABSTENTION_FEATURES,
    AbstentionFeatures,
    features_of,
    is_other_language,
)
from bot.errors import InputError
from bot.evaluation.sets import NO_NAMES, REPORTED_KINDS, Part, part_of, scoped
from bot.training.reading import read_case
from index import Glossary, LabelledQuestion, LabelledSet, Retriever, auroc

L2_PENALTY = 0.03
"""Of the weights, against a mean loss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question that neither a rule nor an empty result decides.

    Attributes:
        features: Of the question and what was found.
        is_answerable: Whether what was found may answer it.
        is_other: The first hit is in another language than the question.
        part: What the question is used for.
        weight: How often it counts.
    """

    features: AbstentionFeatures
    is_answerable: bool
    is_other: bool
    part: Part
    weight: float = 1.0


def examples_of(
    sets: Sequence[LabelledSet], retriever: Retriever, today: date
) -> Iterator[Example]:
    """Examples of labelled sets.

    Questions without an answer in their own language are those that the sets call withheld or
    off-topic. Between languages, parallel sets give both kinds: a question is asked with and
    without the passages that answer it.
    """
    for labelled in sets:
        for question in labelled.questions:
            if labelled.parallel:
                relevant = labelled.relevant_documents(question)
                for is_answerable, scope in (
                    (True, retriever),
                    (False, _without(relevant, retriever)),
                ):
                    example = _example(question, scope, today, is_answerable=is_answerable)
                    if example and example.is_other:
                        yield example
            elif question.answerable or question.unanswerable_kind in REPORTED_KINDS:
                example = _example(question, scoped(retriever, question.against), today)
                if example:
                    yield example


def own_examples_of(
    own: LabelledSet,
    retriever: Retriever,
    glossary: Glossary,
    today: date,
    weight: float,
) -> Iterator[Example]:
    """Examples of questions about the served corpus; the set is named after their part."""
    for question in own.questions:
        if question.unanswerable_kind == "declared-gap":  # a document says that it is not known
            continue
        example = _example(
            question, retriever, today, glossary=glossary, part=Part(own.name), weight=weight
        )
        if example:
            yield example


def _without(left_out: frozenset[str], retriever: Retriever) -> Retriever:
    return Retriever(
        retriever.snapshot, retriever.encoder, scope=lambda identity: identity not in left_out
    )


def _example(
    question: LabelledQuestion,
    retriever: Retriever,
    today: date,
    *,
    is_answerable: bool | None = None,
    glossary: Glossary = NO_NAMES,
    part: Part | None = None,
    weight: float = 1.0,
) -> Example | None:
    """A question as an example; None if it is refused whatever the weights."""
    case = read_case(question, retriever, today, glossary)
    if case is None or not any(sentence.holds_asked for sentence in case.sentences):
        return None
    return Example(
        features=features_of(
            case.question,
            case.found,
            retriever,
            glossary,
            case.sentences,
            declares_gap=case.gap is not None,
        ),
        is_answerable=question.answerable if is_answerable is None else is_answerable,
        is_other=is_other_language(case.question, case.found),
        part=part or part_of(question),
        weight=weight,
    )


def fit_weights(
    training: Sequence[Example],
    deciding: Sequence[Example],
    max_refused: float,
    ignored: Sequence[str] = (),
) -> AbstentionWeights:
    """Fit a logistic function; answerable and unanswerable examples count half each.

    Args:
        training: What the weights are fitted on, of both kinds.
        deciding: What the threshold is chosen on; one at least is answerable.
        max_refused: The share of these that is refused.
        ignored: Features that get no weight.

    Raises:
        InputError: Examples of a kind are missing.
    """
    if len({e.is_answerable for e in training}) < 2 or not any(e.is_answerable for e in deciding):
        raise InputError(
            "the sets need answerable and withheld or off-topic questions, and a parallel set"
        )
    rows, labels = _table(training), np.array([e.is_answerable for e in training])
    counts = np.array([e.weight for e in training])
    scaler = StandardScaler().fit(rows, sample_weight=counts)
    used = np.array([name not in ignored for name in ABSTENTION_FEATURES])
    shares = np.where(labels, counts / counts[labels].sum(), counts / counts[~labels].sum()) / 2
    model = LogisticRegression(C=1 / L2_PENALTY, tol=1e-8, max_iter=10_000)
    model.fit(_with_squares(scaler.transform(rows) * used), labels, sample_weight=shares)
    weights, squares = np.split(model.coef_[0], 2)
    fitted = AbstentionWeights(
        intercept=round(float(model.intercept_[0]), 6),
        threshold=0.0,
        features={
            name: tuple(round(float(value), 6) for value in row)
            for name, *row in zip(
                ABSTENTION_FEATURES, scaler.mean_, scaler.scale_, weights, squares, strict=True
            )
        },
    )
    answerable = [fitted.log_odds(e.features) for e in deciding if e.is_answerable]
    threshold = round(float(np.quantile(answerable, max_refused)), 6)
    return fitted.model_copy(update={"threshold": threshold})


def _table(examples: Sequence[Example]) -> npt.NDArray[np.float64]:
    return np.array([astuple(example.features) for example in examples])


def _with_squares(scaled: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.hstack([scaled, np.minimum(MAX_DEVIATION, np.abs(scaled)) ** 2])


def metrics_of(weights: AbstentionWeights, examples: Sequence[Example]) -> dict[str, float]:
    """How well weights tell examples apart that they were not made from."""
    scores: dict[bool, list[float]] = {True: [], False: []}
    for example in examples:
        scores[example.is_answerable].append(weights.log_odds(example.features))
    if not scores[True] or not scores[False]:
        return {}
    answered = {
        kind: sum(score >= weights.threshold for score in scores[kind]) / len(scores[kind])
        for kind in scores
    }
    return {
        "auroc": round(auroc(scores[True], scores[False]), 4),
        "answerable_refused": round(1 - answered[True], 4),
        "unanswerable_refused": round(1 - answered[False], 4),
    }
