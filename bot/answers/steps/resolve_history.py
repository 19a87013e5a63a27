"""Lays out what a message in a conversation may ask; which of it is meant, reading tells."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.clauses import is_question, only_names
from bot.answers.cleaning import MAX_CHARS, cleaned
from bot.answers.question import (
    FOLLOW_UP,
    Question,
    completed,
    content_words,
    leans_on_earlier,
    reworded,
)
from bot.answers.small_talk import ready_reply
from index.facts import Facts, facts_of
from index.times import EDITION, YEAR, counted_on

_TURNS = 3
"""So many turns before a question may say what it is about."""
_WHOLE_WORDS = 5
"""From so many words that name something on, a question is whole. Of 120 questions of
`tests/labelled/dev`, asked after three others, 57 of 60 are quoted and 52 of 60 recognised (two
thirds and 44 % without it); of follow-ups 157 of 180 and 43 of 60 (159 and 43)."""


def resolve_history(case: Case, tools: Tools) -> Case:
    """The question as it stands, behind the turn before it, and behind the last few.

    No word tells whether a short question is a follow-up: "And how many from abroad?" may be one.
    Each is searched and read, and the one with the best answer goes on. "And the year after?" can
    only be the question before, of that year.
    """
    question = case.question
    starts_anew = case.starts_anew or not _may_go_on(case, tools) or _stands_alone(question)
    turns = () if starts_anew else _turns_of_subject(case)
    counted = _counted(turns, question.text)
    if counted:
        question, turns = reworded(question, counted, case.today), ()
    earlier = dict.fromkeys(["", *turns[-1:], " ".join(turns)])
    question = replace(question, talked_of=" ".join(turns))
    readings = tuple(completed(question, said, case.today) for said in earlier)
    changed = " | ".join(each.search_text for each in readings) if turns or counted else ""
    return replace(case, history=turns, readings=readings, changed=changed)


def _counted(turns: Sequence[str], text: str) -> str:
    """The question before, of the year or edition that a text names and nothing else; or ""."""
    asked, counted = "", ""
    for said in (*turns, text):
        rest = EDITION.sub(" ", YEAR.sub(" ", said))
        is_more = rest != said and content_words(rest)
        may_count = only_names(FOLLOW_UP.sub("", said)) and not is_more
        counted = counted_on(asked, said) if may_count else ""
        asked = counted or said
    return counted


def _stands_alone(question: Question) -> bool:
    """Whether a question has so many words of its own that nothing need be said before it.

    Behind another question it would be answered by what answers that one.
    """
    leans = FOLLOW_UP.search(question.text)
    return not leans and len(content_words(question.text)) >= _WHOLE_WORDS


def _may_go_on(case: Case, tools: Tools) -> bool:
    """Whether a message asks or names anything: "you are of no use" goes on from no question."""
    text = case.question.text
    asks = is_question(text) or FOLLOW_UP.search(text)
    return bool(asks) or facts_of(text, tools.glossary) != Facts()


def _turns_of_subject(case: Case) -> tuple[str, ...]:
    """The last few earlier turns that ask or tell something, oldest first.

    They begin with the last one that is understood alone: it opened what is talked about.
    """
    said = (cleaned(turn).text[-MAX_CHARS:] for turn in case.history)
    turns = [turn for turn in said if any(map(str.isalnum, turn)) and not ready_reply(turn)]
    opens = (n for n in reversed(range(len(turns))) if not leans_on_earlier(turns[n]))
    return tuple(turns[next(opens, 0) :][-_TURNS:])
