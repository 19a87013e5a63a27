"""Reads a question: what it says, in which language, and what an answer must not miss."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.stopwords import stopwords
from index import (
    UNKNOWN,
    Glossary,
    language_of,
    read_constraints,
    words,
)

MAX_CHARS = 1000
"""Longest question that is read whole; what follows is left out, and the answer says so."""

_SHORT_YEAR = re.compile(
    r"(?<![\d.第近约約過过了满滿达達有长長共短多])(?:(1[89]|2[1-9])年(?![以之期后後来來间間了多代老级租前历歷时時经經]|"
    r"的(?:历史|经验|期限|租))|(20)年(?=\s*(?:\d{1,2}月|[上下]半年|全年|底|初|[春秋]季)))"
)
"""A year as people type it: 25年9月."""
SPACES = re.compile(r"\s+")
FOLLOW_UP = re.compile(
    r"^(?:那|那么|还有|另外|其他|其它|它|他们|这个|这些|那个)|呢[？?]?$"
    r"|^(?:and|but|so|then|what about|how about|what if|does it|is it|"
    r"do they|are they|who else|where else)\b"
    r"|^(?:а|и|но|et|und|còn|thế còn|dan|lalu|e)\s|^¿?y\s|^では|^じゃあ|^그럼|^그러면|^وماذا",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:(?P<new>换个话题|換個話題|换个问题|on (?:another|a different) (?:topic|note|subject)"
    r"|changing the subject|(?:another|a different) question|другой вопрос|話は変わりますが"
    r"|다른 질문)|顺便(?:问一?[下句]|说一句)|再问一?[下句个]|请问一?下?|by the way|кстати|ところで"
    r"|그런데|بالمناسبة)"
    r"[\s,，:：;；.。、-]+",
    re.IGNORECASE,
)
"""Says that a question follows; some say that it has nothing to do with the one before."""
_NO_NAMES = Glossary()
_SENTENCE = re.compile(r"[^.!?。！？]+[.!?。！？]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, read.

    `search_text` is what is searched: the text, completed from earlier turns if it leans on them.
    `words` are the words that name something; `years`, `editions`, `codes` and `countries` (ISO
    codes) must not be missing where the answer stands.
    """

    text: str
    search_text: str
    language: str
    words: tuple[str, ...]
    years: frozenset[int]
    months: frozenset[int]
    """Months named together with their year."""
    editions: frozenset[int]
    codes: frozenset[str]
    countries: frozenset[str]
    was_cut: bool
    stressed: frozenset[str] = frozenset()
    """Words that tell what is asked; the others only what it is asked of."""
    label: str = ""
    """What this part of a longer message asks about."""
    starts_anew: bool = False
    """It says that it has nothing to do with what was said before."""

    @property
    def is_empty(self) -> bool:
        """Whether there is not one letter or digit."""
        return not any(character.isalnum() for character in self.text)


def read_question(
    raw: str,
    today: date,
    history: Sequence[str] = (),
    language: str | None = None,
    usual_language: str = "zh",
) -> Question:
    """Clean and analyse a question as it stands; `resolve_history` completes it.

    Args:
        raw: As typed, of any length.
        today: What "this year" means.
        history: Earlier user turns, oldest first: they tell the language of one without letters.
        language: Overrules the detected language.
        usual_language: Of a question without letters where no turn tells its language.
    """
    result = cleaned(raw)
    if language is None:
        turns = (clean(turn) for turn in (*reversed(history), ""))
        known = (language_of(said) for said in (result.text, *turns))
        language = next((found for found in known if found != UNKNOWN), usual_language)
    question = analysed(result.text, "", language, today, was_cut=result.was_cut)
    return replace(question, starts_anew=result.starts_anew)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A message without what carries no meaning."""

    text: str
    was_cut: bool
    starts_anew: bool
    """It says that it has nothing to do with what was said before."""


def cleaned(raw: str) -> Cleaned:
    """A message as it is read: cleaned, without lead-in and repetitions, cut if it is too long."""
    text = _said_once(clean(raw))
    lead_in = _LEAD_IN.match(text)
    if lead_in:
        text = text[lead_in.end() :]
    return Cleaned(text[:MAX_CHARS], len(text) > MAX_CHARS, bool(lead_in and lead_in["new"]))


def _said_once(text: str) -> str:
    """A text without sentences that it has said before."""
    sentences = _SENTENCE.findall(text)
    first: dict[str, str] = {}
    for sentence in sentences:
        first.setdefault(sentence.strip(), sentence)
    return "".join(first.values()).strip() if len(first) < len(sentences) else text


def analysed(
    text: str, earlier: str, language: str, today: date, *, was_cut: bool, label: str = ""
) -> Question:
    """A clean text as a question; what it leaves open is taken from what was said earlier."""
    search_text = earlier + text
    named = read_constraints(text, language, today, _NO_NAMES, earlier=earlier)
    return Question(
        text=text,
        search_text=search_text,
        language=language,
        words=content_words(search_text),
        years=named.years,
        months=named.months,
        editions=named.editions,
        codes=named.codes,
        countries=named.countries,
        was_cut=was_cut,
        label=label,
    )


def clean(raw: str) -> str:
    """Without control and invisible characters; white space is single spaces, years are whole."""
    raw = _western_digits(raw[: 20 * MAX_CHARS])
    visible = (
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in raw
        if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")
    )
    text = SPACES.sub(" ", "".join(visible)).strip()
    return _SHORT_YEAR.sub(lambda year: f"20{year[1] or year[2]}年", text)


def _western_digits(text: str) -> str:
    """Full-width, Arabic and other digits as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text
    )


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that name something, each once, in order."""
    empty = stopwords()
    return tuple(dict.fromkeys(word for word in words(text) if word not in empty))


def whole_words(found: Sequence[str]) -> list[str]:
    """Words that are no part of a longer one among them."""
    return [word for word in found if not any(word in other != word for other in found)]


def without(text: str, tokens: Sequence[str]) -> str:
    """A text less some pieces of it."""
    for token in tokens:
        text = text.replace(token, " ")
    return SPACES.sub(" ", text)
