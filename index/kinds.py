"""Which kinds of values a question asks for, and which of them a sentence holds.

Who asks for a rent is not helped by an area. Only kinds that can be told for sure are listed, in
`kinds.yaml`; a question of no listed kind asks for anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from index.glossary import fold
from index.language import primary

_KNOWN = frozenset({"zh", "en"})
"""Languages of sentences that the patterns are made for."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of value; see the head of `kinds.yaml`."""

    name: str
    question: re.Pattern[str]
    sentence: re.Pattern[str]
    about: re.Pattern[str]
    is_count: bool
    in_sentence: bool
    beside_else: bool
    is_general: bool

    def is_in(self, sentence: str, counts: str, context: str) -> bool:
        """Whether a folded sentence holds it; `counts` is the sentence less `uncounted`."""
        where = sentence if self.in_sentence else f"{context} {sentence}"
        value = self.sentence.search(counts if self.is_count else sentence)
        return bool(value and self.about.search(where))


@dataclass(frozen=True, slots=True)
class _Kinds:
    all: tuple[_Kind, ...]
    asks_else: re.Pattern[str]
    uncounted: re.Pattern[str]
    asks_number: re.Pattern[str]
    asks_date: re.Pattern[str]


@lru_cache(maxsize=2**6)
def kinds_asked(question: str) -> frozenset[str]:
    """Names of the kinds of values that a question asks for; none if it may be anything."""
    kinds = _kinds()
    text = fold(question)
    asks_else = kinds.asks_else.search(text)
    asked = [
        kind
        for kind in kinds.all
        if (kind.beside_else or not asks_else) and kind.question.search(text)
    ]
    particular = [kind for kind in asked if not kind.is_general]
    return frozenset(kind.name for kind in particular or asked)


@lru_cache(maxsize=2**6)
def asks_number(question: str) -> bool:
    """Whether a figure is asked for."""
    return bool(_kinds().asks_number.search(fold(question)))


@lru_cache(maxsize=2**6)
def asks_date(question: str) -> bool:
    """Whether a date is asked for."""
    return bool(_kinds().asks_date.search(fold(question)))


def kinds_held(sentence: str, context: str, language: str) -> frozenset[str]:
    """Names of the kinds of values that a sentence holds.

    Args:
        sentence: Of a document.
        context: Its title and headings, which may say what a value is one of.
        language: Of the sentence; in one without patterns it may hold anything.
    """
    kinds = _kinds()
    if primary(language) not in _KNOWN:
        return frozenset(kind.name for kind in kinds.all)
    sentence, context = fold(sentence), fold(context)
    counts = kinds.uncounted.sub(" ", sentence)
    return frozenset(kind.name for kind in kinds.all if kind.is_in(sentence, counts, context))


@cache
def _kinds() -> _Kinds:
    content = yaml.safe_load(files(__package__).joinpath("kinds.yaml").read_text("utf-8"))
    how_many = content["how many"]
    kinds = [_read(entry, content["values"]) for entry in content["kinds"]]
    for name, words in content["counts"].items():
        asks = {code: how_many[code].replace("WORDS", words[code]) for code in how_many}
        entry = {"name": name, "asks": {**asks, "more": words.get("asks", "(?!)")}}
        entry |= {"holds": ["number"], "in sentence": True, "about": words["about"]}
        kinds.append(_read(entry, content["values"]))
    names = ("asks else", "uncounted", "asks number", "asks date")
    return _Kinds(tuple(kinds), *(_compiled(content[name]) for name in names))


def _read(entry: Mapping[str, Any], values: Mapping[str, str]) -> _Kind:
    return _Kind(
        name=entry["name"],
        question=_compiled("|".join(entry["asks"].values())),
        sentence=_compiled("|".join(values[name] for name in entry["holds"])),
        about=_compiled(entry.get("about", "")),
        is_count=entry["holds"] == ["number"],
        in_sentence=entry.get("in sentence", False),
        beside_else=entry.get("beside else", False),
        is_general=entry.get("general", False),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that may be written over several lines."""
    return re.compile(pattern.replace(" |", "|").strip())
