"""Chooses at most three exact quotes that together answer best."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools, best_of_dropped
from bot.answers.choosing import choose


def choose_quotes(case: Case, tools: Tools) -> Outcome:
    """End with quotes."""
    quotes = tuple(choose(case.sentences, case.of_clauses, tools.fit.answers))
    quoted = {quote.quote for quote in quotes}
    others = [sentence for sentence in case.sentences if sentence.quote not in quoted]
    case = replace(
        case,
        changed=f"quotes: {len(quotes)}",
        dropped=best_of_dropped(others),
        scores={quote.quote: quote.probability for quote in quotes},
    )
    return case.quotes_end(quotes)
