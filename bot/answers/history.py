"""Completes a question that says only what is new from what was asked before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.cleaning import MAX_CHARS, clean
from bot.answers.evidence import Evidence
from bot.answers.question import (
    FOLLOW_UP,
    Question,
    analysed,
    content_words,
    read_question,
    whole_words,
)
from bot.answers.replacing import in_relation_to, replaced
from bot.answers.slots import (
    Slot,
    aligned,
    is_thing,
    is_where_or_when,
    names_all,
    names_something,
    slots_in,
)
from bot.answers.small_talk import ready_reply
from index import Glossary, primary, words

_ASKS_OWN = re.compile(
    r"多少|几[个家届年月号天]|哪|谁|什么|啥|怎么|怎样|如何|为何"
    r"|\b(?:how(?! about)|what(?! about| if)|when|where|who|whose|which|why)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？؟]|[呢吗么嘛][。!！]?$|^(?:(?:and|but|so|then),? )?"
    r"(?:do|does|did|is|are|was|were|can|could|should|will|may|must|has|have)\b",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"它|他们|她们|那里|那儿|那边|这里|这边|其中|该[国省市园区项]|上述|前者|后者|这个|那个|这些|那些"
    r"|\b(?:they|them|their|its)\b|\b(?:it|that|there|those)\W*$"
    r"|\b(?:does|did|has|had|will) it\b(?!.*\b(?:to|if|that)\b)",
    re.IGNORECASE,
)
"""Stands for a thing named before. English it and there do so at the end, it also as a subject
that no clause explains: when did it end, but not: is it possible to, how long does it take to."""
_SPOKEN_TO = ("zh", "en")
"""Languages whose questions are told from other messages by words, not only by their sign."""
_NO_NAMES = Glossary()
_FEW_WORDS = 2
_MOST_GUESSED = 5
"""Words of a question that may, at most, go on from the last though nothing says so."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, completed or as it stands, and what it names that the turns before did not."""

    question: Question
    new: tuple[Slot, ...] = ()
    own_words: tuple[str, ...] = ()
    """What a completed question itself says of what it asks."""
    before: str = ""
    """The question that it was completed from."""
    stands_for_a_thing: bool = False
    """It says they, there or 它 for what the question before was about."""
    is_sure: bool = True
    """It stands for a thing said before, or is a whole sentence that goes on from it; a word or
    two may name something new, which is not in the answer before."""
    about: tuple[Slot, ...] = ()
    """What the question before names: a guess holds if the quotes are about it."""
    says_all: str = ""
    """It is only guessed that this text goes on from the question before."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """A follow-up, completed: what stands before it, its text, the turn it is of, what is new."""

    earlier: str
    text: str
    before: str
    new: tuple[Slot, ...]


def resolve_history(
    question: Question,
    history: Sequence[str],
    today: date,
    glossary: Glossary,
    *,
    may_guess: bool = False,
) -> Reading:
    """Read a question in its conversation.

    It is completed only if it is elliptical: it names nothing but another place, edition, year or
    thing (上海呢; And the 137th?), which then replaces that of the newest turn that has one; or it
    begins or ends as a follow-up, or stands for a thing with 它, 那里, they. A message that asks
    nothing is never completed, however short it is.

    Args:
        question: Read alone.
        history: Earlier user turns, oldest first.
        today: What "this year" means.
        glossary: Recognises names.
        may_guess: Complete also what asks and names no thing, as where it has no answer alone.
    """
    if question.starts_anew or question.is_empty:
        return Reading(question)
    turns = _turns(history, today, glossary)
    found = _completed(question.text, turns, question.language, today, glossary, may_guess)
    if found is None:
        return Reading(question)
    own_words = _own_words(question.text, slots_in(question.text, glossary, today))
    earlier = f"{found.earlier} " if found.earlier else ""
    return Reading(
        analysed(found.text, earlier, question.language, today, was_cut=question.was_cut),
        _taking_place(found.new) if own_words else found.new,
        own_words,
        found.before,
        _stands_for_a_thing(question.text),
        _stands_for_a_thing(question.text)
        or (bool(FOLLOW_UP.search(question.text)) and len(whole_words(own_words)) > _FEW_WORDS),
    )


def read_completed(
    raw: str,
    today: date,
    history: Sequence[str] = (),
    language: str | None = None,
    glossary: Glossary = _NO_NAMES,
) -> Question:
    """A question as `read_question` and `resolve_history` read it, one after the other."""
    question = read_question(raw, today, history, language)
    return resolve_history(question, history, today, glossary).question


def _turns(history: Sequence[str], today: date, glossary: Glossary) -> tuple[str, ...]:
    """The earlier turns that a question may go on from, each completed itself, oldest first."""
    turns: list[str] = []
    for raw in history:
        said = clean(raw)[:MAX_CHARS]
        if ready_reply(said) or not _says_something(said, today, glossary):
            continue
        language = "zh" if re.search(r"[\u4e00-\u9fff]", said) else "en"
        is_short = len(whole_words(content_words(said))) <= _FEW_WORDS
        may_guess = is_short and not names_something(said, glossary, today)
        found = _completed(said, turns, language, today, glossary, may_guess)
        whole = f"{found.earlier} {found.text}".strip() if found else said
        turns.append(whole[-MAX_CHARS:])
    return tuple(turns)


def _says_something(said: str, today: date, glossary: Glossary) -> bool:
    if not any(map(str.isalnum, said)):
        return False
    asks = _ASKS.search(said) or _ASKS_OWN.search(said)
    return bool(asks or slots_in(said, glossary, today) or len(content_words(said)) > _FEW_WORDS)


def _completed(
    text: str,
    turns: Sequence[str],
    language: str,
    today: date,
    glossary: Glossary,
    may_guess: bool,
) -> _Whole | None:
    """A follow-up with what it leaves open; None if it leaves nothing open."""
    if not turns:
        return None
    new = slots_in(text, glossary, today)
    own = _own_words(text, new)
    asks_own = bool(_ASKS_OWN.search(text))
    is_marked = bool(FOLLOW_UP.search(text))
    names_only = bool(new) and not own and not asks_own
    if not names_only:
        asks = asks_own or bool(_ASKS.search(text)) or primary(language) not in _SPOKEN_TO
        if not asks or not _leans(text, new, own, is_marked=is_marked, may_guess=may_guess):
            return None
        new = _taking_place(new)
    for turn in reversed(turns):
        named = in_relation_to(turn, new, glossary, today)
        other = replaced(turn, text, named, glossary, today)
        if other:
            return (
                _Whole("", other, turn, named) if names_only else _Whole(other, text, turn, named)
            )
    if names_only and not is_marked:
        return None
    return _Whole(turns[-1], text, turns[-1], new)


def _taking_place(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Without terms: in a sentence of its own one may be what is asked of the thing before."""
    return tuple(slot for slot in slots if is_thing(slot) or is_where_or_when(slot))


def _leans(
    text: str, new: Sequence[Slot], own: Sequence[str], *, is_marked: bool, may_guess: bool
) -> bool:
    """Whether a message that asks something leaves open what of."""
    names_thing = any(map(is_thing, new))
    if may_guess:
        return not names_thing and len(whole_words(content_words(text))) <= _MOST_GUESSED
    if names_thing:
        return is_marked and not own
    names_nothing = not own and all(map(is_where_or_when, new)) and _ASKS_OWN.search(text)
    return is_marked or _stands_for_a_thing(text) or bool(names_nothing)


def _stands_for_a_thing(text: str) -> bool:
    return bool(_ANAPHOR.search(text))


def _own_words(text: str, slots: Sequence[Slot]) -> tuple[str, ...]:
    """The words of a text besides what it names by name."""
    text = aligned(text)
    for slot in reversed(slots):
        text = f"{text[: slot.start]} {text[slot.end :]}"
    return content_words(FOLLOW_UP.sub(" ", text))


def readings_of(
    question: Question, history: Sequence[str], today: date, glossary: Glossary
) -> tuple[Reading, Reading | None]:
    """What a question means in its conversation, and what it may mean instead.

    有多少展位？ after a question about one fair asks for that fair's booths, though another
    fair's documents answer it as it stands.
    """
    reading = resolve_history(question, history, today, glossary)
    if reading.before or not history:
        return reading, None
    guess = resolve_history(question, history, today, glossary, may_guess=True)
    if not guess.before:
        return reading, None
    before = slots_in(guess.before, glossary, today)
    if before and not names_something(question.text, glossary, today):
        about = tuple(slot for slot in before if is_thing(slot) or is_where_or_when(slot))
        return replace(guess, about=about, says_all=question.text), reading
    return reading, guess


def follows(reading: Reading, quote: Evidence, today: date, glossary: Glossary) -> bool:
    """Whether a quote is about what a follow-up newly names."""
    return names_all(reading.new, quote.document, quote.quote, glossary, today)


def is_answered_by(
    reading: Reading, quotes: Sequence[Evidence], today: date, glossary: Glossary
) -> bool:
    """Whether quotes answer what a follow-up itself asks, and not only the question before.

    Its own words must stand in the documents. Where it is only guessed that it is a follow-up,
    quotes and titles must have all of its words, and one must be about what was named before.
    """
    if reading.says_all:
        return _have_all(quotes, reading.says_all) and any(
            names_all(reading.about, quote.document, quote.quote, glossary, today)
            for quote in quotes
        )
    if reading.is_sure or not reading.own_words:
        return True
    if any(primary(q.language) != primary(reading.question.language) for q in quotes):
        return True
    texts = (f"{quote.document.metadata.title} {quote.document.text}" for quote in quotes)
    return bool(set(reading.own_words) & {word for text in texts for word in words(text)})


def _have_all(quotes: Sequence[Evidence], text: str) -> bool:
    own = content_words(FOLLOW_UP.sub(" ", text))
    held = {word for q in quotes for word in words(f"{q.document.metadata.title} {q.quote}")}
    return all(any(part in held for part in own if part in word) for word in whole_words(own))
