"""Scores the sentences of the hits: how well does each answer?"""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.choosing import candidates_for
from bot.answers.gaps import told_instead
from bot.answers.reasons import Reason


def read(case: Case, tools: Tools) -> Case | Outcome:
    """Score the sentences of the hits, and what documents do not hold; end without a sentence."""
    question, found = case.question, case.found
    retriever, glossary = tools.retriever, tools.glossary
    sentences = tuple(candidates_for(question, found, retriever, glossary))
    best = sorted(sentences, key=lambda sentence: -sentence.score)[:3]
    case = replace(
        case,
        sentences=sentences,
        changed=f"{len(sentences)} sentences",
        scores={sentence.quote: sentence.score for sentence in best},
    )
    if not sentences:
        return case.ends(Reason.NOT_READ)
    gap = told_instead(question, found, sentences, retriever, glossary, of_answer=True)
    return replace(case, gap=gap)
