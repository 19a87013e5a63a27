"""Chooses at most three exact quotes that together answer best."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools, best_of_dropped
from bot.answers.choosing import choose
from bot.answers.clauses import own_clauses
from bot.answers.gaps import told_instead
from bot.answers.history import follows, is_answered_by
from bot.answers.values import Dropped, Reason
from bot.dates import has_expired


def choose_quotes(case: Case, tools: Tools) -> Outcome:
    """End with quotes, or because no sentence holds what is asked for."""
    read_alone = own_clauses(case.question, case.encodings_left)
    chosen = choose(
        case.question,
        case.found,
        case.sentences,
        tools.retriever,
        tools.glossary,
        read_alone,
    )
    quotes = tuple(
        quote for quote in chosen if follows(case.reading, quote, case.today, tools.glossary)
    )
    is_answered = bool(quotes) and is_answered_by(case.reading, quotes, case.today, tools.glossary)
    others = [sentence for sentence in case.sentences if sentence not in chosen]
    case = replace(
        case,
        encodings_left=case.encodings_left - len(read_alone),
        quotes=quotes,
        changed=f"quotes: {len(quotes)}" if chosen else "no sentence holds what is asked for",
        dropped=(
            *(
                Dropped(what=quote.quote, because="not what the follow-up asks")
                for quote in chosen
                if not is_answered or quote not in quotes
            ),
            *best_of_dropped(others),
        ),
        scores={quote.quote: quote.score for quote in quotes},
    )
    if not is_answered:
        return case.ends(Reason.NOT_READ)
    gap = told_instead(
        case.question,
        case.found,
        case.sentences,
        tools.retriever,
        tools.glossary,
        of_answer=True,
    )
    if gap:
        return case.ends(Reason.NOT_COVERED, **gap.details)
    if has_expired(quotes[0].document, case.today):
        return case.ends(Reason.OUT_OF_DATE)
    return case.ends(Reason.ANSWERED)
