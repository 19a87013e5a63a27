"""Decides whether the sentences that were read answer the question: one calibrated threshold."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools, best_of_dropped
from bot.answers.clauses import is_question, only_names
from bot.answers.decision import THRESHOLD
from bot.answers.evidence import Evidence
from bot.answers.question import content_words
from bot.answers.reasons import Reason

_FEWEST_WORDS = 2
"""A single word is a name, which `open_document` knows, or nothing that can be looked up."""


def decide(case: Case, tools: Tools) -> Case | Outcome:
    """End if the probability that the sentences answer lies below the threshold.

    What a document says that it does not hold is told then, if it is just what is asked for. Words
    that ask nothing, as people type them to search, are answered by a sentence that has them all.
    Of something else than the documents are about, a question that stands alone is told so.
    """
    confidence = tools.fit.confidence(case.reading)
    is_refused = confidence < THRESHOLD
    case = replace(
        case,
        confidence=confidence,
        scores={"confidence": confidence, "threshold": THRESHOLD},
        dropped=best_of_dropped(case.sentences) if is_refused else (),
    )
    if not is_refused:
        return case
    found = _with_all_words(case)
    if found:
        has_all = "a sentence has all words of a message that asks nothing"
        return replace(case, scores={}, dropped=(), changed=has_all).quotes_end((found,))
    gap = case.gap_asked_for
    if gap:
        return case.ends(Reason.NOT_COVERED, **gap.details)
    return case.ends(Reason.NOT_READ if case.history or case.near else Reason.NOT_FOUND)


def _with_all_words(case: Case) -> Evidence | None:
    """The best sentence that has all words of a message that asks nothing, headings included."""
    text = case.question.text
    words = {*content_words(text)}
    if len(words) < _FEWEST_WORDS or is_question(text) or not only_names(text):
        return None
    return next((s for s in case.sentences if words <= {*content_words(s.text)}), None)
