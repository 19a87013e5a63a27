"""Chooses at most three exact quotes that together answer best."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools, best_of_dropped
from bot.answers.choosing import choose
from bot.answers.clauses import own_clauses
from bot.answers.evidence import Evidence
from bot.answers.history import say_enough
from bot.answers.reasons import Reason
from bot.answers.values import Dropped
from bot.dates import has_expired


def choose_quotes(case: Case, tools: Tools) -> Outcome:
    """End with quotes, or because no sentence holds what is asked for."""
    read_alone = own_clauses(case.question, case.encodings_left)
    quotes = tuple(
        choose(
            case.question,
            case.found,
            case.sentences,
            tools.retriever,
            tools.glossary,
            read_alone,
        )
    )
    is_answered = bool(quotes) and _answers_itself(case, quotes, tools)
    others = [sentence for sentence in case.sentences if sentence not in quotes]
    case = replace(
        case,
        encodings_left=case.encodings_left - len(read_alone),
        quotes=quotes,
        changed=f"quotes: {len(quotes)}" if quotes else "no sentence holds what is asked for",
        dropped=(
            *(
                Dropped(what=quote.quote, because="not what the follow-up asks")
                for quote in quotes
                if not is_answered
            ),
            *best_of_dropped(others),
        ),
        scores={quote.quote: quote.score for quote in quotes},
    )
    if not is_answered:
        return case.ends(Reason.NOT_READ)
    if case.gap:
        return case.ends(Reason.NOT_COVERED, **case.gap.details)
    if has_expired(quotes[0].document, case.today):
        return case.ends(Reason.OUT_OF_DATE)
    return case.ends(Reason.ANSWERED)


def _answers_itself(case: Case, quotes: Sequence[Evidence], tools: Tools) -> bool:
    """Whether quotes answer what may be a follow-up, not only the question before it."""
    alone = case.otherwise
    if alone is None or len(alone.search_text) >= len(case.question.search_text):
        return True
    return say_enough(quotes, alone, tools.retriever, tools.glossary)
