"""Decides whether the sentences that were read answer the question: one calibrated threshold."""

from dataclasses import replace

from bot.answers.abstention import THRESHOLD
from bot.answers.case import Case, Outcome, Tools, best_of_dropped
from bot.answers.signals import is_other_language, signals_of
from bot.answers.values import Reason


def decide(case: Case, tools: Tools) -> Case | Outcome:
    """End if the probability that the sentences answer lies below the threshold."""
    question, found = case.question, case.found
    is_other = is_other_language(question, found)
    signals = signals_of(question, found, tools.retriever, tools.glossary, case.sentences)
    weights = tools.fit.other_language if is_other else tools.fit.same_language
    confidence = weights.probability(signals)
    speaks_of_nothing = not is_other and signals.unknown == 1 and len(question.words) > 1
    if speaks_of_nothing:
        confidence = 0.0
    is_refused = confidence < THRESHOLD
    case = replace(
        case,
        confidence=confidence,
        scores={"confidence": confidence, "threshold": THRESHOLD},
        changed="no word of it is in the documents" if speaks_of_nothing else "",
        dropped=best_of_dropped(case.sentences) if is_refused else (),
    )
    if speaks_of_nothing:
        return case.ends(Reason.NOT_FOUND)
    return case.ends(Reason.NOT_READ) if is_refused else case
