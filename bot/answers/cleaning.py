"""A message as it is read: no invisible characters, no shouting, the signs of its script."""

import re
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass

from bot.texts import phrases

MAX_CHARS = 1000
"""Longest question that is read whole; what follows is left out, and the answer says so."""

SPACES = re.compile(r"\s+")
_SHORT_YEAR = re.compile(
    r"(?<![\d.第近约約过過了满滿达達有长長共短多])(?:(1[89]|2[1-9])年(?![以之期后後来來间間了多代老级租前历歷时時经經]|"
    r"的(?:历史|经验|期限|租))|(20)年(?=\s*(?:\d{1,2}月|[上下]半年|全年|底|初|[春秋]季)))"
)
"""A year as people type it: 25年9月."""
_SENTENCE = re.compile(r"[^.!?。！？]+[.!?。！？]*")
_SIGNS = " ,，:：;；.。、-"
_REPEATED = re.compile(r"[?!？！]{2,}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_BESIDE_HAN = re.compile(r"(?<=[\u3400-\u9fff])[,?!:;()]+|[,?!:;()]+(?=[\u3400-\u9fff])")
_TO_FULL_WIDTH = str.maketrans(",?!:;()", "，？！：；（）")
_TO_HALF_WIDTH = str.maketrans(
    {"，": ", ", "？": "? ", "！": "! ", "：": ": ", "；": "; ", "（": "(", "）": ")"}
)
_LATIN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_FEW_WORDS = 3
"""So many Latin words may be acronyms that stand side by side."""


def clean(raw: str) -> str:
    """Without control and invisible characters; white space is single spaces, years are whole.

    Signs have the width of their script, and of "?!!" one is left. A letter and its marks are one
    character (NFC): Windows types Vietnamese as two.
    """
    raw = _western_digits(raw[: 20 * MAX_CHARS])
    visible = (
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in raw
        if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")
    )
    composed = unicodedata.normalize("NFC", "".join(visible))
    text = _REPEATED.sub(lambda signs: _one_of(signs[0]), composed)
    if _CJK.search(text):
        text = _BESIDE_HAN.sub(lambda sign: sign[0].translate(_TO_FULL_WIDTH), text)
    else:
        text = text.translate(_TO_HALF_WIDTH)
    text = SPACES.sub(" ", text).strip()
    return _SHORT_YEAR.sub(lambda year: f"20{year[1] or year[2]}年", text)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A message without what carries no meaning."""

    text: str
    was_cut: bool
    starts_anew: bool
    """It says that it has nothing to do with what was said before."""


def cleaned(raw: str) -> Cleaned:
    """A message as it is read: clean, without lead-in and repetitions, cut if it is too long."""
    text, starts_anew = without_lead_in(said_once(clean(raw)))
    return Cleaned(text[:MAX_CHARS], len(text) > MAX_CHARS, starts_anew)


def _one_of(signs: str) -> str:
    return "?" if {"?", "？"} & set(signs) else "!"


def _western_digits(text: str) -> str:
    """Full-width, Arabic and other digits as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text
    )


def said_once(text: str) -> str:
    """A text without sentences that it has said before."""
    sentences = _SENTENCE.findall(text)
    first: dict[str, str] = {}
    for sentence in sentences:
        first.setdefault(sentence.strip(), sentence)
    return "".join(first.values()).strip() if len(first) < len(sentences) else text


def without_lead_in(text: str) -> tuple[str, bool]:
    """A text less the words that only say that a question follows.

    Returns:
        The rest, and whether it says that this has nothing to do with what was said before.
    """
    for kind in ("lead_in", "new_topic"):
        for phrase in (phrase for listed in phrases(kind).values() for phrase in listed):
            rest = text[len(phrase) :]
            if text.casefold().startswith(phrase) and rest[:1] in _SIGNS and rest.strip(_SIGNS):
                return rest.lstrip(_SIGNS), kind == "new_topic"
    return text, False


def in_usual_case(text: str, usual: Mapping[str, str], everyday: Set[str], names: Set[str]) -> str:
    """A text all in capitals, or with none, in the letters in which documents write its words.

    Args:
        text: As typed; one with capitals and small letters is left as it is.
        usual: Words in small letters -> as documents write them.
        everyday: Words that are written small; "may" is no month where one shouts.
        names: Of these, and of others, those that a shout may mean as names: US and SAFE. They
            stay small where the whole text is.
    """
    latin = _LATIN.findall(text)
    is_small = all(map(str.islower, latin))
    if len(latin) <= _FEW_WORDS or not (is_small or all(map(str.isupper, latin))):
        return text
    small = everyday | names if is_small else everyday - names

    def written(match: re.Match[str]) -> str:
        word = match[0].lower()
        parts = word.split("-") if word not in usual else [word]
        return "-".join(p if p in small else usual.get(p, p) for p in parts)

    text = _LATIN.sub(written, text)
    return text[:1].upper() + text[1:]
