"""Do a document's typed facts agree with its text? Do its language versions agree in numbers?"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from index.documents import Count, Document, EventFacts, ZoneFacts
from index.glossary import Glossary, fold
from index.language import primary
from index.numbers import numbers_in
from index.partial_date import PartialDate
from index.places import countries_in
from index.remark import Remark

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
_FIRST = re.compile(r"首届|第一届|\bfirst\b", re.IGNORECASE)
_SMALL = Decimal(31)
"""Up to here a number may be a word ("two", "both") in one language: not compared."""
Fault = tuple[str, Remark]
"""The key's name in the front matter, what is wrong."""


def unlike_numbers(zh: str, en: str) -> set[Decimal]:
    """Numbers above 31, or with decimals, that stand in one of two texts only."""
    return {
        number
        for number in numbers_in(zh) ^ numbers_in(en)
        if number > _SMALL or number != number.to_integral_value()
    }


def disagreements(document: Document, glossary: Glossary) -> Iterator[Fault]:
    """What is wrong with each typed fact that the text does not bear out."""
    reader = _Reader(document, glossary)
    metadata = document.metadata
    for city in metadata.cities:
        yield from reader.place("cities:", city)
    if metadata.event:
        yield from _of_event(metadata.event, reader, document)
    if metadata.zone:
        yield from _of_zone(metadata.zone, reader)
    if metadata.financing:
        yield from reader.names("providers", metadata.financing.providers)
        for limit in metadata.financing.limits:
            yield from reader.number("limits", limit.amount)
            yield from reader.number("limits", Decimal(limit.year))


def _of_event(event: EventFacts, reader: "_Reader", document: Document) -> Iterator[Fault]:
    if event.edition and not (event.edition == 1 and _FIRST.search(document.text)):
        yield from reader.number("edition", Decimal(event.edition))
    for key, day in (("start", event.start), ("end", event.end)):
        yield from reader.day(key, day)
    for session in event.usual:
        for month_day in (session.start, session.end):
            yield from reader.month_and_day("usual", month_day)
    yield from reader.place("city", event.city)
    yield from reader.countries("country", (event.country,) if event.country else ())
    yield from reader.countries("partner_countries", event.partner_countries)
    yield from reader.names("organisers", event.organisers)
    yield from reader.names("series", (event.series,) if event.series else ())


def _of_zone(zone: ZoneFacts, reader: "_Reader") -> Iterator[Fault]:
    yield from reader.place("city", zone.city)
    yield from reader.countries("country", (zone.country,))
    yield from reader.countries("partner_countries", zone.partner_countries)
    yield from reader.day("since", zone.since)
    if zone.area_km2:
        yield from reader.area("area_km2", zone.area_km2)
    yield from reader.count("firms", zone.firms)
    yield from reader.count("jobs", zone.jobs)
    yield from reader.names("developers", zone.developers)


def _not_in_text(key: str, value: object) -> Fault:
    text = "{key}: {value} does not stand in the text"
    return key, Remark.of("not_in_text", text, key=key, value=value)


class _Reader:
    """Looks values up in one document's title and text."""

    def __init__(self, document: Document, glossary: Glossary) -> None:
        self._language = primary(document.metadata.language)
        self._text = f"{document.metadata.title}\n{document.text}"
        self._glossary = glossary

    # Looked up once, and only in documents with facts of the kind: every build checks them all.
    @cached_property
    def _folded(self) -> str:
        return fold(self._text)

    @cached_property
    def _numbers(self) -> set[Decimal]:
        months = {Decimal(_MONTHS.index(month) + 1) for month in _MONTH.findall(self._text)}
        return numbers_in(self._text) | months

    @cached_property
    def _countries(self) -> frozenset[str]:
        return countries_in(self._text) | {"CN"}

    def number(self, key: str, value: Decimal) -> Iterator[Fault]:
        if value.normalize() not in self._numbers:
            yield _not_in_text(key, value)

    def count(self, key: str, count: Count | None) -> Iterator[Fault]:
        if count:
            yield from self.number(key, Decimal(count.count))
            yield from self.day(key, count.as_of)

    def area(self, key: str, km2: Decimal) -> Iterator[Fault]:
        if km2.normalize() not in self._numbers:
            yield from self.number(key, km2 * 100)  # in hectares

    def day(self, key: str, day: PartialDate | None) -> Iterator[Fault]:
        if day:
            for part in day.text.rstrip("~").split("-"):
                if Decimal(part) not in self._numbers:
                    yield _not_in_text(key, day)
                    return

    def month_and_day(self, key: str, month_day: str) -> Iterator[Fault]:
        for number in month_day.split("-"):
            if Decimal(number) not in self._numbers:
                yield _not_in_text(key, month_day)
                return

    def place(self, key: str, city: str | None) -> Iterator[Fault]:
        if city is None:
            return
        entry = self._glossary.by_english_name(city)
        if entry is None:
            text = "{key} '{value}' is not in the glossary: add its Chinese and English names"
            yield key, Remark.of("place_unknown", text, key=key, value=city)
        elif not any(fold(form) in self._folded for form in entry.forms_in(self._language)):
            text = "{key} '{value}' does not stand in the text"
            yield key, Remark.of("not_in_text", text, key=key, value=city)

    def countries(self, key: str, codes: tuple[str, ...]) -> Iterator[Fault]:
        missing = [code for code in codes if code not in self._countries]
        if missing:
            text, values = "{key}: {value} not named in the text", ", ".join(missing)
            yield key, Remark.of("not_in_text", text, key=key, value=values)

    def names(self, key: str, ids: tuple[str, ...]) -> Iterator[Fault]:
        for identity in ids:
            entry = self._glossary.entries.get(identity)
            if entry is None:
                text = "{key}: '{value}' is not in the glossary"
                yield key, Remark.of("name_unknown", text, key=key, value=identity)
            elif not any(fold(form) in self._folded for form in entry.all_forms()):
                yield _not_in_text(key, entry.en)
