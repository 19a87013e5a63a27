"""Names and terms in all their forms, and how they are recognised in a text."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from index.documents import GlossaryId
from index.keeping import kept_with
from index.language import TOLD, half_width, to_simplified
from index.scripts import with_old_tones, wrong_letters

_LANGUAGES = {*TOLD, "zh-Hant"}


def _one_that_is_told(language: str) -> str:
    if language not in _LANGUAGES:
        raise ValueError(f"{language!r} is none of {', '.join(sorted(_LANGUAGES))}")
    return language


def _one_form(form: str) -> str:
    comma = next((sign for sign in "，、" if sign in form), "")
    if comma:
        raise ValueError(f"{form!r} holds a {comma}: part forms by a plain comma")
    return form


Form = Annotated[str, Field(min_length=1), AfterValidator(_one_form)]
Language = Annotated[str, AfterValidator(_one_that_is_told)]


class EntryKind(StrEnum):
    """What an entry names."""

    INSTITUTION = "institution"
    COMPANY = "company"
    PROGRAMME = "programme"
    POLICY = "policy"
    PRODUCT = "product"
    EVENT = "event"
    ZONE = "zone"
    TERM = "term"
    PLACE = "place"
    WORD = "word"
    """Of everyday life: `forms` are what people say for what documents call by its name."""


class Entry(BaseModel):
    """One name or term. `forms` maps languages to further written or spoken forms.

    Readers are shown the first form of their language. A form in `capitals` names it only when
    written so: "SAFE" is an authority, "safe" is not; "Ambiente" is a fair, "ambiente" is not.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: GlossaryId
    kind: EntryKind
    zh: Form
    en: Form
    forms: dict[Language, tuple[Form, ...]] = {}
    ambiguous: tuple[str, ...] = ()
    capitals: tuple[Form, ...] = ()

    @model_validator(mode="after")
    def _is_sound(self) -> "Entry":
        for language in {"zh", "en", *self.forms}:
            forms = [wrong_letters(form, language) for form in self.forms_in(language)]
            if problem := next(filter(None, forms), ""):
                raise ValueError(problem)
        unknown = [form for form in self.capitals if form not in self.all_forms()]
        if unknown:
            raise ValueError(f"{unknown[0]!r} in `capitals` is none of the forms")
        return self

    def all_forms(self) -> Iterable[str]:
        """Every form, each once."""
        listed = (form for forms in self.forms.values() for form in forms)
        return dict.fromkeys([self.zh, self.en, *listed])

    def forms_in(self, language: str) -> Iterable[str]:
        """The forms that a text of this language may use."""
        usual = {"zh": [self.zh], "en": [self.en]}.get(language, [])
        return dict.fromkeys([*usual, *self.forms.get(language, ())])


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry named in a text, at text[start:end] of the folded text."""

    entry: Entry
    start: int
    end: int


class Glossary:
    """All entries, and a way to find them in a text."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._by_form: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for form in dict.fromkeys(map(fold, entry.all_forms())):
                self._by_form[form].append(entry)
        self._written_so = {fold(form): form for entry in entries for form in entry.capitals}
        self.in_capitals = frozenset(self._written_so)
        """Forms, folded, that name something only when written as in the glossary."""
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for form in sorted(self._by_form, key=len, reverse=True):
            self._by_start[form[:_START]].append(form)

    @classmethod
    def load(cls, path: Path) -> "Glossary":
        """Open what `save` wrote. Its entries were found sound when they were written.

        Raises:
            ValueError, KeyError, TypeError: It is no such file.
        """
        return cls([_entry_of(values) for values in json.loads(path.read_text("utf-8"))])

    def save(self, path: Path) -> None:
        """Write all entries into one file."""
        entries = [entry.model_dump(mode="json") for entry in self.entries.values()]
        path.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")

    @cached_property
    def digest(self) -> str:
        """Changes whenever an entry does."""
        entries = "\n".join(entry.model_dump_json() for entry in self.entries.values())
        return hashlib.sha256(entries.encode()).hexdigest()

    @kept_with("self", 2**8)
    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The entries that a text names, the longest form where several fit."""
        folded = fold(text)
        same_length = to_simplified(half_width(text))
        written = "".join(letter * len(letter.casefold()) for letter in same_length)
        mentions: list[Mention] = []
        start = 0
        while start < len(folded):
            form, end = self._longest_form(folded, start, written)
            mentions += (Mention(entry, start, end) for entry in self._by_form.get(form, ()))
            start = max(end, start + 1)
        return tuple(mentions)

    def _longest_form(self, folded: str, start: int, written: str) -> tuple[str, int]:
        """The longest form that begins there and where it ends; empty if none does.

        A pattern of all forms would take a second to compile, and longer for each text.
        """
        for length in range(_START, 0, -1):
            for form in self._by_start.get(folded[start : start + length], ()):
                end = _end_of(form, folded, start)
                if not end or not _is_whole(folded, start, end):
                    continue
                as_written = written[start : start + len(form)]
                if self._written_so.get(form, as_written) == as_written:
                    return form, end
        return "", start

    def by_english_name(self, name: str) -> Entry | None:
        """The entry whose English form this is."""
        return next(
            (e for e in self._by_form.get(fold(name), []) if name in e.forms_in("en")), None
        )


def _entry_of(values: dict[str, Any]) -> Entry:
    """An entry that is sound, without another look: that takes a second for all."""
    return Entry.model_construct(
        **values
        | {
            "kind": EntryKind(values["kind"]),
            "forms": {language: tuple(forms) for language, forms in values["forms"].items()},
            "ambiguous": tuple(values["ambiguous"]),
            "capitals": tuple(values["capitals"]),
        }
    )


def aligned(text: str) -> str:
    """The text that mentions are counted in: folded, if a letter of it folds into two (ß, ﬁ)."""
    folded = fold(text)
    return text if len(folded) == len(text) else folded


def fold(text: str) -> str:
    """Text as forms are compared: simplified, lower case, straight quotes, dashes, old tones."""
    return with_old_tones(to_simplified(half_width(text)).casefold().translate(_SAME))


_SAME = str.maketrans(
    {"’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " ", "（": "(", "）": ")"}
)


_START = 3
"""By so many first characters forms are looked up."""
_PLURAL = re.compile(r"(?<=[a-rt-z])s(?![a-z])")
_SHORTEST_WITH_PLURAL = 4
_CASES = (
    "а|я|о|е|и|ы|у|ю|ь|й|ой|ей|ий|ый|ая|яя|ое|ее|ие|ые|ом|ем|ым|им|ую|юю|ого|его|ому|ему|ах|ях|ам|ям"
    "|ами|ями|ых|их|ыми|ими|ов|ев|ью|ия|ии|ию|ием|иям|иях|ией|иями"
)
"""Endings of Russian nouns and adjectives."""
_DECLINED = re.compile(rf"([\u0400-\u04ff]{{3,}}?)(?:{_CASES})?(?![\u0400-\u04ff])")
_is_letter = re.compile(r"[a-z0-9\u00c0-\u024f\u0400-\u04ff\u1e00-\u1eff]").fullmatch


def _end_of(form: str, folded: str, start: int) -> int:
    """Where a form that begins there ends, with its plural or its Russian case; 0 if none does."""
    if _DECLINED.search(form):
        match = _in_any_case(form).match(folded, start)
        return match.end() if match else 0
    if not folded.startswith(form, start):
        return 0
    end = start + len(form)
    return end + bool(len(form) >= _SHORTEST_WITH_PLURAL and _PLURAL.match(folded, end))


@cache
def _in_any_case(form: str) -> re.Pattern[str]:
    """A pattern of a Russian name, each of its words with any ending."""
    return re.compile(_DECLINED.sub(rf"\1(?:{_CASES})?(?![\\u0400-\\u04ff])", re.escape(form)))


def _is_whole(folded: str, start: int, end: int) -> bool:
    """Whether a form there is no part of a longer Latin or Cyrillic word."""
    return not (
        _within_word(folded[start - 1 : start], folded[start])
        or _within_word(folded[end - 1], folded[end : end + 1])
    )


def _within_word(before: str, after: str) -> bool:
    return bool(_is_letter(before) and _is_letter(after))
