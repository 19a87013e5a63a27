"""Scores the sentences of the hits: how well does each answer?"""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.choosing import candidates_for
from bot.answers.reasons import Reason


def read(case: Case, tools: Tools) -> Case | Outcome:
    """Score all sentences of the hits; end if there is none that may answer."""
    sentences = tuple(candidates_for(case.question, case.found, tools.retriever, tools.glossary))
    best = sorted(sentences, key=lambda sentence: -sentence.score)[:3]
    case = replace(
        case,
        sentences=sentences,
        changed=f"{len(sentences)} sentences",
        scores={sentence.quote: sentence.score for sentence in best},
    )
    return case if sentences else case.ends(Reason.NOT_READ)
