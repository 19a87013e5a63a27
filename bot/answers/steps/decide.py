"""Decides whether the sentences that were read answer the question: one calibrated threshold."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools, best_of_dropped
from bot.answers.decision import THRESHOLD
from bot.answers.reasons import Reason


def decide(case: Case, tools: Tools) -> Case | Outcome:
    """End if the probability that the sentences answer lies below the threshold.

    What a document says that it does not hold is told then, if it is just what is asked for.
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
    gap = case.gap_asked_for
    if gap:
        return case.ends(Reason.NOT_COVERED, **gap.details)
    return case.ends(Reason.NOT_READ)
