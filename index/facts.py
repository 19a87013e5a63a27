"""What a text names, read once: documents when they are built, questions when they are asked."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from index.glossary import Entry, EntryKind, Glossary, fold
from index.keeping import kept_with
from index.places import cities_abroad_in, cities_in, countries_in, province_of, provinces_in
from index.times import COMPARED, NOT_COUNTED, REPORTED, YEAR, editions_in, months_in, years_in

_CODE = re.compile(
    r"(?<![\d.,])(?:\d{4}|\d{4}\.\d{2}(?:\.\d{2,4})?|\d{8,10})(?!\d|[.,]\d)" + NOT_COUNTED
)
_NOTICE = re.compile(r"[〔\[（(【](20\d{2})[〕\]）)】]\s*第?(\d{1,4})[号號]")
_UNION = re.compile(r"欧盟|歐盟|\bEU\b|European Union")
SIDES = {
    "exports": re.compile(r"出口[总總]?[额額值]|\bexports\b", re.IGNORECASE),
    "imports": re.compile(r"[进進]口[总總]?[额額值]|\bimports\b", re.IGNORECASE),
    "spring": re.compile(
        r"春季|春[交展の]|\bspring\b|\bвесенн|\bвесной\b|mùa xuân|\bprimavera\b|춘계|봄|الربيع",
        re.IGNORECASE,
    ),
    "autumn": re.compile(
        r"秋季|秋[交展の]|\bautumn\b|\bосенн|\bосенью\b|mùa thu|\botoño\b|추계|가을|الخريف",
        re.IGNORECASE,
    ),
    "first phase": re.compile(r"[一首]期|\bphase (?:one|1|i)\b", re.IGNORECASE),
    "later phase": re.compile(r"[二三]期|\bphase (?:two|three|2|3|iii?)\b", re.IGNORECASE),
    "first half": re.compile(r"上半年|\bfirst half\b", re.IGNORECASE),
    "second half": re.compile(r"下半年|\bsecond half\b", re.IGNORECASE),
}
_WITHIN = ("zh", "en", "ru", "ja", "ko", "ar")
"""Languages whose places are named within longer words as well: Japan by Japanese.

Vietnamese and Spanish ones are not: Nga, Russia, is in ngành, and Rusia in Bielorrusia.
"""
OPPOSITES = (
    ("exports", "imports"),
    ("spring", "autumn"),
    ("first phase", "later phase"),
    ("first half", "second half"),
)
"""What is said of one is not said of the other."""
_NONE: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a text names.

    Attributes:
        years: That it is about; if it names none, those of its title and headings.
        context_years: Of its title and headings.
        report_years: In which something was reported.
        compared_years: That a figure is only compared with.
        compared_editions: The same of editions.
        months: Of any year.
        editions: Numbers of fairs and forums.
        countries: ISO 3166-1 codes, and EU.
        provinces: ISO 3166-2 codes.
        cities: English names of Chinese cities.
        cities_abroad: English names, folded.
        entries: Of the glossary, each as kind:id.
        codes: Customs codes and the numbers of notices.
        sides: Names in `SIDES`.
    """

    years: frozenset[int] = _NONE
    context_years: frozenset[int] = _NONE
    report_years: frozenset[int] = _NONE
    compared_years: frozenset[int] = _NONE
    compared_editions: frozenset[int] = _NONE
    months: frozenset[int] = _NONE
    editions: frozenset[int] = _NONE
    countries: frozenset[str] = _NONE
    provinces: frozenset[str] = _NONE
    cities: frozenset[str] = _NONE
    cities_abroad: frozenset[str] = _NONE
    entries: frozenset[str] = _NONE
    codes: frozenset[str] = _NONE
    sides: frozenset[str] = _NONE

    @property
    def all_years(self) -> frozenset[int]:
        """The years that it names, whatever for."""
        return self.years | self.context_years | self.report_years | self.compared_years

    @property
    def provinces_of_cities(self) -> frozenset[str]:
        """Where its Chinese cities lie."""
        return frozenset(map(province_of, self.cities))

    @property
    def places(self) -> frozenset[str]:
        """Places of the glossary, and cities abroad."""
        return self.cities_abroad | self.entries_of([EntryKind.PLACE])

    def entries_of(self, kinds: Collection[EntryKind]) -> frozenset[str]:
        """The entries of some kinds."""
        return frozenset(entry for entry in self.entries if entry.partition(":")[0] in kinds)

    @classmethod
    def union(cls, parts: Iterable["Facts"]) -> "Facts":
        """All that any of some texts names."""
        listed = list(parts)
        return cls(**{name: _NONE.union(*(getattr(p, name) for p in listed)) for name in _FIELDS})

    def as_json(self) -> dict[str, list[Any]]:
        """What is not empty, as lists."""
        return {name: sorted(found) for name in _FIELDS if (found := getattr(self, name))}

    @classmethod
    def of_json(cls, values: Mapping[str, Sequence[Any]]) -> "Facts":
        """What `as_json` gave."""
        return cls(**{name: frozenset(listed) for name, listed in values.items()})


_FIELDS = tuple(field.name for field in fields(Facts))


@kept_with("glossary", 2**12)  # what documents do not hold is read for each question near it
def facts_of(
    text: str,
    glossary: Glossary,
    *,
    context: str = "",
    language: str = "",
    today: date | None = None,
) -> Facts:
    """Read what a text names.

    Args:
        text: A sentence, a passage or a question.
        glossary: Recognises names and terms.
        context: Title and headings that a sentence stands below: what they name counts as well.
        language: Of the text, BCP 47.
        today: What "this year" means; if not given, only years in digits count.
    """
    whole = f"{context} {text}".strip()
    reported, compared = " ".join(REPORTED.findall(whole)), " ".join(COMPARED.findall(whole))
    own = _told(whole)
    context_years = years_in(_told(context))
    return Facts(
        years=years_in(_told(text), today) or context_years,
        context_years=context_years,
        report_years=years_in(reported),
        compared_years=years_in(compared),
        compared_editions=editions_in(compared),
        months=months_in(own),
        editions=editions_in(own),
        countries=_countries_in(whole, language),
        provinces=provinces_in(whole),
        cities=cities_in(whole),
        cities_abroad=frozenset(names[0] for names in cities_abroad_in(whole)),
        entries=_entries_in(whole, glossary),
        codes=_codes_in(whole),
        sides=frozenset(name for name, pattern in SIDES.items() if pattern.search(own)),
    )


def _told(text: str) -> str:
    """A text less the times at which things were reported, and those only compared with."""
    return COMPARED.sub(" ", REPORTED.sub(" ", text))


def _countries_in(text: str, language: str) -> frozenset[str]:
    union = frozenset({"EU"} if _UNION.search(text) else ())
    return countries_in(text, language) | union


def _entries_in(text: str, glossary: Glossary) -> frozenset[str]:
    """The names and terms used; a place also where it is part of a longer name."""
    folded = fold(text)
    named = [mention.entry for mention in glossary.mentions(text)]
    named += (entry for form, entry in _place_forms(glossary) if form in folded)
    return frozenset(f"{e.kind}:{e.id}" for e in named if e.kind is not EntryKind.WORD)


@kept_with("glossary", 1)
def _place_forms(glossary: Glossary) -> tuple[tuple[str, Entry], ...]:
    """Each folded form of each place in the languages of `_WITHIN`."""
    places = (entry for entry in glossary.entries.values() if entry.kind is EntryKind.PLACE)
    return tuple(
        (fold(form), entry)
        for entry in places
        for language in _WITHIN
        for form in entry.forms_in(language)
    )


def _codes_in(text: str) -> frozenset[str]:
    """Numbers that name a thing, such as 9810, 8517.62 or 〔2025〕43号, no years."""
    codes = {code for code in _CODE.findall(text) if not YEAR.fullmatch(code)}
    return frozenset(codes | {f"〔{year}〕{number}号" for year, number in _NOTICE.findall(text)})
