"""The typed facts of a document as people write them, for things that are set side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_compact_decimal, format_decimal, get_currency_name

from bot.dates import written, written_days
from bot.lists.kinds import EVENTS, FINANCING, ZONES, Item, ListKind
from bot.lists.listing import Lists
from bot.texts import interface, text
from index import Document, PartialDate
from index.language import primary
from index.places import country_name

_LARGE_PLACES_FIRST = ("zh", "ja")
"""Languages that write the country before the city, without a sign between them: 中国广州."""
_CURRENCY_BEHIND = ("zh", "ja")
"""Languages that write a currency's name behind the number, without a space: 1000万美元."""


@dataclass(frozen=True, slots=True)
class Column:
    """One of the things that are compared.

    Attributes:
        name: As the question calls it.
        document: Tells of it.
        facts: What that records, as `facts_shown` gives it.
    """

    name: str
    document: Document
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several things side by side. Invariant: a fact is recorded of at least one of them."""

    columns: tuple[Column, ...]
    language: str

    def __post_init__(self) -> None:
        if not any(column.facts for column in self.columns):
            raise ValueError("nothing is recorded of any of them")

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the facts that tell them apart, in the order in which they are first met."""
        values = {key: {column.facts.get(key) for column in self.columns} for key in self._met}
        return tuple(key for key, found in values.items() if len(found) > 1)

    @property
    def _met(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for column in self.columns for key in column.facts))

    def label(self, key: str) -> str:
        """What a fact is called."""
        return text(f"fact_{key}", self.language)

    def value(self, column: Column, key: str) -> str:
        """A fact of one of them, or that the documents are silent on it."""
        return column.facts.get(key) or text("not_stated", self.language)

    @property
    def written(self) -> str:
        """For each thing a line for each fact that tells it apart: a message has no columns.

        That they are the same is an answer too.
        """
        if not self.keys:
            rows = (self._row(key, self.columns[0]) for key in self._met)
            facts = text("semicolon", self.language).join(rows)
            return text("recorded_alike", self.language, facts=facts)
        lines = [text("side_by_side", self.language)]
        for column in self.columns:
            name, title = column.name, column.document.metadata.title
            lines.append(title if title == name else f"{name} — {title}")
            lines += [f"· {self._row(key, column)}" for key in self.keys]
        return "\n".join(lines)

    def _row(self, key: str, column: Column) -> str:
        value = self.value(column, key)
        return text("fact_row", self.language, name=self.label(key), value=value)


def facts_shown(document: Document, lists: Lists, language: str, today: date) -> dict[str, str]:
    """What is known of a fair, a zone or a financing product, by the key of its label.

    Args:
        document: Its document.
        lists: Tell when it takes place, and its names.
        language: That it is written in.
        today: The day that "next" refers to.
    """
    shown = _Shown(lists, language, today)
    found = {
        key: value
        for kind in (EVENTS, ZONES, FINANCING)
        for item in kind.items(document)
        for key, value in shown.of(kind, item)
    }
    until = document.metadata.valid_until
    return found | ({"valid_until": written(until, language)} if until else {})


class _Shown:
    """Writes typed facts in one language."""

    def __init__(self, lists: Lists, language: str, today: date) -> None:
        self._lists, self._language, self._today = lists, language, today

    def of(self, kind: ListKind[Any], item: Item[Any]) -> Iterator[tuple[str, str]]:
        """(key, value) of all that the facts of an item say."""
        facts, comma = item.facts, text("comma", self._language)
        by = [id_ for id_ in kind.named_by(facts) if id_ and id_ != kind.series(facts)]
        theme = getattr(facts, "theme", None)
        values = {
            "theme": text(f"theme_{theme}", self._language) if theme else "",
            "when": self._when(kind, item),
            "where": self._where(kind, item),
            "partners": comma.join(
                country_name(code, self._language) for code in kind.partners(facts)
            ),
            f"by_{kind.name}": comma.join(filter(None, map(self._name, by))),
            "since": self._day(getattr(facts, "since", None)),
            "area": self._area(getattr(facts, "area_km2", None)),
            "firms": self._count(getattr(facts, "firms", None)),
            "jobs": self._count(getattr(facts, "jobs", None)),
            "limits": comma.join(
                self._limit(limit.amount, limit.currency, limit.year)
                for limit in getattr(facts, "limits", ())
            ),
        }
        yield from ((key, value) for key, value in values.items() if value)

    def _when(self, kind: ListKind[Any], item: Item[Any]) -> str:
        period = self._lists.when(kind, item, self._today)
        if not period or not period.start:
            return ""
        days = written_days(period.start, period.end, self._language)
        if not period.stands:
            return days
        comma = interface("remark_comma", self._language)
        return f"{days}{comma}{interface(f'stands_{period.stands}', self._language)}"

    def _where(self, kind: ListKind[Any], item: Item[Any]) -> str:
        country, city = kind.place(item.facts)
        entry = self._lists.glossary.by_english_name(city or "")
        names = [self._name(entry.id) if entry else city]
        if country:
            names.insert(0, country_name(country, self._language))
        if primary(self._language) in _LARGE_PLACES_FIRST:
            return "".join(filter(None, names))
        return ", ".join(filter(None, reversed(names)))

    def _name(self, identity: str) -> str:
        entry = self._lists.glossary.entries.get(identity)
        if entry is None:
            return ""
        return next(iter(entry.forms_in(primary(self._language))), entry.en)

    def _day(self, day: PartialDate | None) -> str:
        return written(day, self._language) if day else ""

    def _area(self, area: Decimal | None) -> str:
        if area is None:
            return ""
        number = format_decimal(area, locale=_locale(self._language))
        return text("square_km", self._language, number=number)

    def _count(self, count: Any) -> str:
        if count is None:
            return ""
        number = format_decimal(count.count, locale=_locale(self._language))
        key = "count_at_least" if count.at_least else "count_of"
        return text(key, self._language, number=number, date=written(count.as_of, self._language))

    def _limit(self, amount: Decimal, currency: str, year: int) -> str:
        locale = _locale(self._language)
        number = format_compact_decimal(amount, locale=locale, fraction_digits=2)
        is_counted_behind = primary(self._language) in _CURRENCY_BEHIND
        name = get_currency_name(currency, locale=locale)
        money = f"{number}{name}" if is_counted_behind else f"{currency} {number}"
        return text("limit", self._language, money=money, year=year)


def _locale(language: str) -> str:
    return {"en": "en_GB", "zh-Hant": "zh_Hant"}.get(language, primary(language))
