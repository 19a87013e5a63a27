"""Reads the sentences of the hits: how probably does each answer the question?"""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.decision import ranked
from bot.answers.evidence import as_both, as_read, sentences_of
from bot.answers.gaps import nearest_gap
from bot.answers.reasons import Reason
from index import with_years

_TRACED = 3


def read(case: Case, tools: Tools) -> Case | Outcome:
    """Score the sentences of the hits; find what documents do not hold; end without a sentence."""
    question, found = case.question, case.found
    retriever, glossary = tools.retriever, tools.glossary
    near = sentences_of(question, found, retriever, glossary, case.today)
    asked, alone = (with_years(text, case.today) for text in (question.search_text, question.text))
    scored = as_read(tools.reader, asked, near)
    if alone != asked:  # the follow-up itself must be answered as well
        scored = as_both(scored, as_read(tools.reader, alone, near))
    sentences = ranked(scored, question, tools.fit)
    case = replace(
        case,
        sentences=sentences,
        gap=nearest_gap(question, found, retriever, glossary),
        changed=f"{len(sentences)} sentences",
        scores={sentence.quote: sentence.probability for sentence in sentences[:_TRACED]},
    )
    return case if sentences else case.ends(Reason.NOT_READ)
