"""Fits on labelled questions when to abstain, and which sentences answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.answers.abstention import Fit, fit_weights
from bot.answers.choosing import candidates_for
from bot.answers.finding import find
from bot.answers.gates import without_near_misses
from bot.answers.history import read_completed
from bot.answers.signals import Signals, is_other_language, names, signals_of
from bot.answers.weighing import TOLD_BY_WORDS, Choice, SentenceFit
from bot.answers.weighing import fit_weights as fit_sentence_weights
from bot.answers.weighing import names as feature_names
from bot.errors import InputError
from bot.evaluation import NO_NAMES, REPORTED_KINDS, Half, scoped
from index import Glossary, LabelledQuestion, LabelledSet, Retriever, letters_of

_ALLOWED_REFUSALS = 0.06
"""Share of answerable questions that a fit refuses at its threshold."""
_ALLOWED_BETWEEN = 0.35
"""The same between languages: parallel sets ask headlines, which are hard to tell apart, and
where the index has the question's language as well, it hardly ever is the other that answers."""
_ALLOWED_OF_OWN = 0.04
"""The same of a corpus's own questions, where the fit is for that corpus."""
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
    "best_coverage",
    "best_missing",
)
"""Signals that mean nothing between languages."""
_TOLD_BY_NAMES = frozenset({"best_coverage", "best_missing"})
"""Of these, what the glossary of a corpus tells between languages."""


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """Questions about the product's own corpus, and how often each counts in a fit."""

    questions: Sequence[LabelledQuestion]
    retriever: Retriever
    glossary: Glossary
    weight: int


@dataclass(frozen=True, slots=True)
class _Examples:
    """Signals of questions with an answer (True) and without (False)."""

    same: dict[bool, list[Signals]] = field(default_factory=lambda: {True: [], False: []})
    other: dict[bool, list[Signals]] = field(default_factory=lambda: {True: [], False: []})

    def of(self, *, is_other: bool) -> dict[bool, list[Signals]]:
        """Those whose first hit is in the question's language, or those in another."""
        return self.other if is_other else self.same


def fit(
    sets: Sequence[LabelledSet],
    retriever: Retriever,
    half: Half,
    fitted_on: str,
    own: OwnQuestions | None = None,
) -> Fit:
    """Fit abstention on one half of the labelled questions.

    Questions without an answer in their own language are those that the sets call withheld or
    off-topic. Between languages, parallel sets give both kinds as well: a question is asked with
    and without the passages that answer it.

    Raises:
        InputError: The sets do not hold questions of both kinds.
    """
    examples = _examples(sets, retriever, half)
    deciding = _own_examples(own) if own else _Examples()
    for is_other in (False, True):
        for answerable, signals in deciding.of(is_other=is_other).items():
            examples.of(is_other=is_other)[answerable].extend(signals * (own.weight if own else 0))
    if not all((*examples.same.values(), *examples.other.values())):
        raise InputError(
            "the sets need answerable and withheld or off-topic questions, and a parallel set"
        )
    return Fit(
        signals=names(),
        fitted_on=fitted_on,
        same_language=fit_weights(
            examples.same[True],
            examples.same[False],
            _ALLOWED_OF_OWN if own else _ALLOWED_REFUSALS,
            deciding=deciding.same[True],
        ),
        other_language=fit_weights(
            examples.other[True],
            examples.other[False],
            _ALLOWED_OF_OWN if own else _ALLOWED_BETWEEN,
            ignored=[name for name in _TOLD_BY_WORDS if not (own and name in _TOLD_BY_NAMES)],
            deciding=deciding.other[True],
        ),
    )


def _examples(sets: Sequence[LabelledSet], retriever: Retriever, half: Half) -> _Examples:
    found = _Examples()
    for labelled in sets:
        for question in filter(half, labelled.questions):
            if labelled.parallel:
                relevant = labelled.relevant_documents(question)
                for answerable, scope in (
                    (True, retriever),
                    (False, _apart_from(relevant, retriever)),
                ):
                    _add(found, question, scope, answerable=answerable, only_other=True)
            elif question.answerable or question.unanswerable_kind in REPORTED_KINDS:
                scope = scoped(retriever, question)
                _add(found, question, scope, answerable=question.answerable)
    return found


def _own_examples(own: OwnQuestions) -> _Examples:
    found = _Examples()
    for question in own.questions:
        if question.unanswerable_kind == "declared-gap":  # a document says that it does not know
            continue
        _add(found, question, own.retriever, own.glossary, answerable=question.answerable)
    return found


def _apart_from(left_out: frozenset[str], retriever: Retriever) -> Retriever:
    return Retriever(
        retriever.snapshot, retriever.encoder, scope=lambda identity: identity not in left_out
    )


def _add(
    examples: _Examples,
    question: LabelledQuestion,
    retriever: Retriever,
    glossary: Glossary = NO_NAMES,
    *,
    answerable: bool,
    only_other: bool = False,
) -> None:
    today = date.today()  # noqa: DTZ011
    read = read_completed(question.text, today, question.earlier_turns, question.language)
    found = find(read, retriever, glossary)
    kept = without_near_misses(read, found, retriever, glossary)
    candidates = candidates_for(read, kept, retriever, glossary)
    if not any(evidence.holds_asked for evidence in candidates):  # no answer, whatever the fit
        return
    is_other = is_other_language(read, kept)
    if is_other or not only_other:
        signals = signals_of(read, kept, retriever, glossary, candidates)
        examples.of(is_other=is_other)[answerable].append(signals)


def fit_sentences(
    sets: Sequence[LabelledSet], retriever: Retriever, half: Half, fitted_on: str
) -> SentenceFit:
    """Fit which sentences answer, on one half of the questions whose answers stand in the text.

    Between languages the same questions are fitted on without what their words tell.

    Raises:
        InputError: No set has such questions.
    """
    choices = [
        choice
        for labelled in sets
        for question in filter(half, labelled.questions)
        if question.answerable and question.answers and question.answer_type == "verbatim"
        if (choice := _choice(question, labelled.relevant_documents(question), retriever))
    ]
    if not choices:
        raise InputError("the sets need answerable questions with `answers` in the words of texts")
    return SentenceFit(
        features=feature_names(),
        fitted_on=fitted_on,
        same_language=fit_sentence_weights(choices),
        other_language=fit_sentence_weights(choices, ignored=TOLD_BY_WORDS),
    )


def _choice(
    question: LabelledQuestion, relevant: frozenset[str], retriever: Retriever
) -> Choice | None:
    """The sentences that were found for a question; None where all or none hold its answer."""
    today = date.today()  # noqa: DTZ011
    read = read_completed(question.text, today, question.earlier_turns, question.language)
    found = find(read, retriever, NO_NAMES)
    candidates = [
        evidence
        for evidence in candidates_for(read, found, retriever, NO_NAMES)
        if evidence.holds_asked
    ]
    golds = [letters_of(answer) for answer in question.answers]
    holds = [
        e.document.id in relevant and any(gold in letters_of(e.quote) for gold in golds)
        for e in candidates
    ]
    features = [e.features for e in candidates if e.features]
    return Choice(features, holds) if any(holds) and not all(holds) else None
