"""Chooses at most three exact quotes that together answer best."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.choosing import choose
from bot.answers.dates import has_expired
from bot.answers.evidence import declares_a_gap
from bot.answers.history import say_enough
from bot.answers.values import Dropped, Reason

_SHOWN = 3


def choose_quotes(case: Case, tools: Tools) -> Outcome:
    """End with quotes, or because no sentence holds what is asked for."""
    quotes = tuple(
        choose(case.question, case.found, case.sentences, tools.retriever, tools.glossary)
    )
    others = sorted(
        (sentence for sentence in case.sentences if sentence not in quotes),
        key=lambda sentence: -sentence.score,
    )
    case = replace(
        case,
        quotes=quotes,
        changed=f"{len(quotes)} quotes",
        dropped=tuple(
            Dropped(what=sentence.quote, because=f"score {sentence.score:.2f}")
            for sentence in others[:_SHOWN]
        ),
        scores={quote.quote: quote.score for quote in quotes},
    )
    if not quotes:
        return case.ends(Reason.NOT_READ)
    alone = case.otherwise
    is_completed = alone and len(alone.search_text) < len(case.question.search_text)
    if alone and is_completed and not say_enough(quotes, alone, tools.retriever, tools.glossary):
        return case.ends(Reason.NOT_READ)
    if declares_a_gap(quotes[0].quote):
        return case.ends(Reason.NOT_COVERED, gap=quotes[0].quote)
    if has_expired(quotes[0].document, case.today):
        return case.ends(Reason.OUT_OF_DATE)
    return case.ends(Reason.ANSWERED)
