"""What kind of thing is asked for, and whether a sentence holds one.

Who asks for a rent is not helped by an area, however near the sentence lies. Only kinds that can
be told for sure are listed, in `asked.yaml`; a question of no listed kind asks for anything.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from index import primary, to_simplified

_KNOWN = frozenset({"zh", "en", "ja"})
"""Languages of sentences that the patterns are made for."""
_HOW_MANY = re.compile(r"\{n:(.*?)\}(?=\||$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of thing that is asked for.

    Attributes:
        name: What it is called.
        question: Finds it in questions.
        sentence: Finds one in sentences.
        about: Finds what it is one of, in the sentence, its title and headings.
        is_count: It is a number of things.
        in_sentence: What it is one of must be named in the sentence itself.
        beside_else: It is told for sure, even where something else seems to be asked for.
        is_general: Another kind that is asked for besides says more.
    """

    name: str
    question: re.Pattern[str]
    sentence: re.Pattern[str]
    about: re.Pattern[str]
    is_count: bool
    in_sentence: bool
    beside_else: bool
    is_general: bool


@dataclass(frozen=True, slots=True)
class _Kinds:
    all: tuple[Asked, ...]
    asks_else: re.Pattern[str]
    """Asks for something else, so that a rent or a fee may only be what it is about."""
    uncounted: re.Pattern[str]
    """Numbers that count no things: dates, sums, shares, sizes."""


@lru_cache(maxsize=2**6)
def asked_in(text: str) -> tuple[Asked, ...]:
    """The kinds of things that a question asks for; none if it may be anything."""
    kinds = _kinds()
    text = f"{text}\n{to_simplified(text)}"  # Japanese shares characters with both scripts
    asks_else = kinds.asks_else.search(text)
    asked = tuple(
        kind
        for kind in kinds.all
        if (kind.beside_else or not asks_else) and kind.question.search(text)
    )
    return tuple(kind for kind in asked if not kind.is_general) or asked


def holds(asked: tuple[Asked, ...], sentence: str, context: str, language: str) -> bool:
    """Whether a sentence holds one of the kinds asked for.

    Args:
        asked: What `asked_in` found.
        sentence: A sentence of a document.
        context: Its title and headings.
        language: Of the document.
    """
    if not asked or primary(language) not in _KNOWN:
        return True
    counts = _kinds().uncounted.sub(" ", sentence)
    return any(
        kind.sentence.search(counts if kind.is_count else sentence)
        and kind.about.search(sentence if kind.in_sentence else f"{context} {sentence}")
        for kind in asked
    )


@cache
def _kinds() -> _Kinds:
    content = yaml.safe_load(files(__package__).joinpath("asked.yaml").read_text("utf-8"))
    things = {name: _joined(pattern) for name, pattern in content["things"].items()}
    kinds = [_read(kind, things, content["how many"]) for kind in content["kinds"]]
    return _Kinds(tuple(kinds), _compiled(content["asks else"]), _compiled(content["uncounted"]))


def _read(kind: dict[str, Any], things: dict[str, str], how_many: dict[str, str]) -> Asked:
    questions = [
        _counting(_joined(pattern), how_many.get(language, ""))
        for language, pattern in kind["asks"].items()
    ]
    is_count = kind["holds"] == ["number"]
    return Asked(
        name=kind["name"],
        question=_compiled("|".join(questions)),
        sentence=_compiled("|".join(things[name] for name in kind["holds"])),
        about=_compiled(kind.get("about", "")),
        is_count=is_count,
        in_sentence=is_count or kind.get("in sentence", False),
        beside_else=kind.get("beside else", False),
        is_general=kind.get("general", False),
    )


def _counting(pattern: str, how_many: str) -> str:
    """A pattern with its words for what is counted put into "how many ..."."""
    return _HOW_MANY.sub(lambda words: how_many.replace("WORDS", words[1]), pattern)


def _joined(pattern: str) -> str:
    """A pattern over several lines of the file as one."""
    return pattern.replace("\n|", "|").replace(" |", "|").strip()


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_joined(pattern), re.IGNORECASE)
