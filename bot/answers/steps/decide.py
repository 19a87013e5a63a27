"""Decides whether the sentences that were read answer the question: one calibrated threshold."""

from dataclasses import replace

from bot.answers.abstention import THRESHOLD
from bot.answers.case import Case, Outcome, Tools, best_of_dropped
from bot.answers.features import features_of, is_other_language
from bot.answers.reasons import Reason


def decide(case: Case, tools: Tools) -> Case | Outcome:
    """End if the probability that the sentences answer lies below the threshold."""
    question, found = case.question, case.found
    is_other = is_other_language(question, found)
    features = features_of(
        question,
        found,
        tools.retriever,
        tools.glossary,
        case.sentences,
        declares_gap=case.gap is not None,
    )
    confidence = tools.fit.weights(is_other=is_other).confidence(features)
    speaks_of_nothing = not is_other and features.unknown == 1 and len(question.words) > 1
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
