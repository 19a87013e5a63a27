"""Fits the decision to answer or to abstain on labelled questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.abstention import Fit, fit_weights, without_near_misses
from bot.answers.naming import expanded
from bot.answers.question import read_question
from bot.answers.signals import Signals, is_other_language, names, signals_of
from bot.errors import InputError
from bot.evaluation import REPORTED_KINDS, Half, scoped
from index import Glossary, LabelledQuestion, LabelledSet, Retriever

_K = 10
_ALLOWED_REFUSALS = 0.07
"""Share of answerable questions that a fit refuses at its threshold."""
_TOLD_BY_WORDS = (
    "match",
    "match_lead",
    "sentence",
    "missing",
    "unknown",
    "words",
    "run",
    "run_share",
    "pairs",
    "triples",
)
"""Signals that mean nothing between languages."""


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """Questions about the product's own corpus, and how often each counts in a fit."""

    questions: Sequence[LabelledQuestion]
    retriever: Retriever
    glossary: Glossary
    weight: int


def fit(
    sets: Sequence[LabelledSet],
    retriever: Retriever,
    half: Half,
    fitted_on: str,
    own: OwnQuestions | None = None,
) -> Fit:
    """Fit abstention on one half of the labelled questions.

    Questions without an answer in their own language are those that the sets call withheld or
    off-topic. Between languages, parallel sets give both kinds: a question is asked with and
    without the passages that answer it.

    Raises:
        InputError: The sets do not hold questions of both kinds.
    """
    same: dict[bool, list[Signals]] = {True: [], False: []}
    other: dict[bool, list[Signals]] = {True: [], False: []}
    for labelled in sets:
        for question in filter(half, labelled.questions):
            if labelled.parallel:
                relevant = labelled.relevant_documents(question)
                for answerable in (True, False):
                    scope = _apart_from(frozenset() if answerable else relevant, retriever)
                    _add_signals(other[answerable], question, scope, is_other=True)
            elif question.answerable or question.unanswerable_kind in REPORTED_KINDS:
                scope = scoped(retriever, question)
                _add_signals(same[question.answerable], question, scope, is_other=False)
    if own:
        _add_own(same, other, own)
    if not all((*same.values(), *other.values())):
        raise InputError(
            "the sets need answerable and withheld or off-topic questions, and a parallel set"
        )
    return Fit(
        signals=names(),
        fitted_on=fitted_on,
        same_language=fit_weights(same[True], same[False], _ALLOWED_REFUSALS),
        other_language=fit_weights(
            other[True], other[False], _ALLOWED_REFUSALS, ignored=_TOLD_BY_WORDS
        ),
    )


def _add_own(
    same: dict[bool, list[Signals]], other: dict[bool, list[Signals]], own: OwnQuestions
) -> None:
    today = date.today()  # noqa: DTZ011
    for question in own.questions:
        if question.unanswerable_kind == "declared-gap":  # a document says that it does not know
            continue
        read = read_question(question.text, today, question.earlier_turns, question.language)
        text = expanded(read, own.glossary)
        found = own.retriever.search(text, read.language, _K)
        kept = without_near_misses(read, found, own.retriever, own.glossary)
        if kept.hits:
            kinds = other if is_other_language(read, kept) else same
            signals = signals_of(read, kept, own.retriever)
            kinds[question.answerable].extend([signals] * own.weight)


def _apart_from(left_out: frozenset[str], retriever: Retriever) -> Retriever:
    return Retriever(
        retriever.snapshot, retriever.encoder, scope=lambda identity: identity not in left_out
    )


def _add_signals(
    signals: list[Signals], question: LabelledQuestion, retriever: Retriever, *, is_other: bool
) -> None:
    today = date.today()  # noqa: DTZ011
    read = read_question(question.text, today, question.earlier_turns, question.language)
    found = retriever.search(read.search_text, read.language, _K)
    if found.hits and is_other_language(read, found) == is_other:
        signals.append(signals_of(read, found, retriever))
