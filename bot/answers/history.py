"""Reads a question in its conversation: completes a follow-up from what was asked before.

There are two kinds of follow-ups; anything else is a question of its own.

- An elliptical one only names another place, time, edition or thing: 上海呢？ "And the 137th?" It
  is the question before, with that put in its place.
- An anaphoric one asks something itself, but not of what. It says "it", "they" or 那里, begins as
  "And" does, or leaves out what it is about: 有多少展位？ It is searched with the question before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from bot.answers.cleaning import MAX_CHARS, clean
from bot.answers.question import (
    FOLLOW_UP,
    Question,
    analysed,
    content_words,
    whole_words,
)
from bot.answers.slots import Slot, SlotsOf, aligned, put_in_place, slots_in
from bot.answers.small_talk import ready_reply
from index import Glossary, language_of, primary

_ASKS_FOR = re.compile(
    r"多[少久长远大高]|几[个家届年月号天]|哪|谁|(?<!为)什么|啥"
    r"|\b(?:how (?:many|much|long|far|old|big)|what(?! about| if)|when|where|who|whose|which)\b",
    re.IGNORECASE,
)
"""Asks for a number, a name, a place or a time: even without another word it asks something."""
_ASKS_HOW = re.compile(r"怎么|怎样|如何|为何|为什么|\bhow\b(?! about)|\bwhy\b", re.IGNORECASE)
_ASKS = re.compile(
    r"[?？؟]|[呢吗么嘛][。!！]?$|^(?:(?:and|but|so|then),? )?"
    r"(?:do|does|did|is|are|was|were|can|could|should|will|may|must|has|have)\b",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"它|他们|她们|那里|那儿|那边|这里|这边|其中|该[国省市园区项]|上述|前者|后者|这个|那个|这些|那些"
    r"|\b(?:they|them|their|its)\b|\b(?:it|that|there|those)\W*$|\bit\b(?!.*\b(?:to|if|that)\b)",
    re.IGNORECASE,
)
"""Stands for a thing named before; "it" does not if a clause explains it: is it possible to."""
_DROP_TOPICS = ("zh", "ja", "ko")
"""Languages in which a question usually leaves out what it is about, where others say "it"."""
_FEW_WORDS = 3
"""A question of more words than that says what it is about."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question means in its conversation.

    Attributes:
        question: Completed from an earlier turn if it is likely a follow-up, else as it stands.
        otherwise: The other of the two, if there is doubt; tried if the first has no answer.
    """

    question: Question
    otherwise: Question | None = None


class _FollowUp(NamedTuple):
    earlier: str
    """The question before, which it goes on from; empty if that is put into the text."""
    text: str
    is_sure: bool
    """It cannot be a question of its own."""
    is_likely: bool = True
    """It is a follow-up rather than a question of its own."""


def resolve_history(
    question: Question, history: Sequence[str], today: date, glossary: Glossary
) -> Reading:
    """Read a question in its conversation.

    Args:
        question: Read alone.
        history: Earlier user turns, oldest first.
        today: What "this year" means.
        glossary: Recognises names.
    """
    slots_of = partial(slots_in, glossary=glossary, today=today)
    found = _follow_up(question.text, _turns(history, slots_of), slots_of)
    if found is None or question.is_empty:
        return Reading(question)
    completed = analysed(
        found.text,
        f"{found.earlier} ".lstrip(),
        question.language,
        today,
        was_cut=question.was_cut,
    )
    if found.is_sure:
        return Reading(completed)
    return Reading(completed, question) if found.is_likely else Reading(question, completed)


def _turns(history: Sequence[str], slots_of: SlotsOf) -> tuple[str, ...]:
    """The earlier turns that a question may go on from, each completed itself, oldest first."""
    turns: list[str] = []
    for said in (clean(raw)[:MAX_CHARS] for raw in history):
        tells = _asks(said) or slots_of(said) or len(content_words(said)) >= _FEW_WORDS
        if tells and any(map(str.isalnum, said)) and not ready_reply(said):
            found = _follow_up(said, turns, slots_of)
            likely = found if found and found.is_likely else _FollowUp("", said, is_sure=True)
            turns.append(f"{likely.earlier} {likely.text}".strip()[-MAX_CHARS:])
    return tuple(turns)


def _asks(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_ASKS_FOR, _ASKS_HOW, _ASKS))


def _follow_up(text: str, turns: Sequence[str], slots_of: SlotsOf) -> _FollowUp | None:
    """A message as a follow-up of one of the turns before it; None if it is none."""
    if not turns:
        return None
    named = slots_of(text)
    own_words = _own_words(text, named)
    asks_for = _ASKS_FOR.search(text)
    if named and not (own_words or asks_for or _ASKS_HOW.search(text)):
        return _elliptical(text, named, turns, slots_of)
    adds_something = named or own_words or asks_for
    if not adds_something or not _asks(text) or any(slot.is_thing for slot in named):
        return None
    return _anaphoric(text, named, own_words, turns, slots_of)


def _elliptical(
    text: str, named: Sequence[Slot], turns: Sequence[str], slots_of: SlotsOf
) -> _FollowUp | None:
    """It is sure where a turn names something that it takes the place of."""
    completed = _put_in_newest(text, named, turns, slots_of)
    if completed:
        return _FollowUp("", completed, is_sure=True)
    return _FollowUp(turns[-1], text, is_sure=False) if FOLLOW_UP.search(text) else None


def _anaphoric(
    text: str,
    named: Sequence[Slot],
    own_words: Sequence[str],
    turns: Sequence[str],
    slots_of: SlotsOf,
) -> _FollowUp | None:
    """It is sure where a word stands for a thing, or a whole clause begins as a follow-up."""
    whereabouts = [slot for slot in named if slot.is_where_or_when]
    refers_back, is_marked = bool(_ANAPHOR.search(text)), bool(FOLLOW_UP.search(text))
    count = len(whole_words(content_words(text)))
    leaves_out = not own_words or (count <= _FEW_WORDS and not whereabouts)
    if not (refers_back or is_marked or leaves_out):
        return None
    earlier = _put_in_newest(text, whereabouts, turns, slots_of) or turns[-1]
    is_sure = refers_back or (is_marked and count >= _FEW_WORDS)
    drops_topics = primary(language_of(text)) in _DROP_TOPICS
    return _FollowUp(earlier, text, is_sure, is_marked or not own_words or drops_topics)


def _put_in_newest(
    text: str, named: Sequence[Slot], turns: Sequence[str], slots_of: SlotsOf
) -> str | None:
    """The newest turn that names something of the same sort, with what a follow-up names."""
    completed = (put_in_place(turn, text, named, slots_of) for turn in reversed(turns))
    return next(filter(None, completed), None)


def _own_words(text: str, slots: Sequence[Slot]) -> tuple[str, ...]:
    """The words of a text besides what it names."""
    text = aligned(text)
    for slot in reversed(slots):
        text = f"{text[: slot.start]} {text[slot.end :]}"
    return content_words(FOLLOW_UP.sub(" ", text))
