"""Names, dates and sentences of a report in its language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_skeleton

from bot.answers.reasons import Reason
from bot.dates import written
from bot.report.coverage import Cell, Grid, Line
from bot.report.questions import Column
from bot.texts import in_script_of, interface
from bot.texts import report as sentence
from index import Document, PartialDate
from index.places import country_name

_MANY, _MORE = 5, 2
"""From so many documents on a cell of the grid is drawn darker."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a report says things.

    Attributes:
        language: Of the report, BCP 47.
        documents: By their stems.
    """

    language: str
    documents: Mapping[str, Document]

    def say(self, key: str, **values: object) -> str:
        """A sentence of the files `report.*.yaml`."""
        return sentence(key, self.language, **values)

    def day(self, day: date) -> str:
        """A date with its year."""
        return written(PartialDate.parse(day), self.language)

    def short_day(self, day: date) -> str:
        """Month and day, as short as a chart needs it."""
        return str(format_skeleton("MMMd", day, locale=self._locale))

    def time(self, at: datetime) -> str:
        """A day and a time of it."""
        return f"{self.day(at.date())} {at:%H:%M}"

    def span(self, column: Column) -> str:
        """The days of a column."""
        days = dict.fromkeys((column.first, column.last))
        return " – ".join(map(self.day, days))

    def percent(self, share: float) -> str:
        """A share of 1, rounded."""
        return f"{share:.0%}"

    def language_name(self, code: str) -> str:
        """The usual name of a language; its code where there is none."""
        return str(self._locale.languages.get(code.replace("-", "_"), code))

    def country(self, code: str) -> str:
        """The usual name of a country."""
        return country_name(code, self.language)

    def topic(self, topic: str) -> str:
        """The name of a topic; "" is of documents without one."""
        return interface(f"topic_{topic}", self.language) if topic else self.say("no_topic")

    def because(self, reason: Reason) -> str:
        """Why questions ended as they did."""
        return interface(f"because_{reason}", self.language)

    def title(self, stem: str) -> str:
        """Of a document; its stem if it is served no more."""
        document = self.documents.get(stem)
        return in_script_of(self.language, document.metadata.title) if document else stem

    def cell(self, grid: Grid, line: Line, cell: Cell) -> str:
        """What a cell of the grid holds, year by year."""
        years = (
            self.say("cell_year", year=year, count=count)
            for year, count in zip(grid.years, cell.by_year, strict=True)
        )
        return self.say(
            "cell",
            country=self.country(line.country),
            topic=self.topic(cell.topic),
            years=self.say("comma").join(years),
        )

    @property
    def filters(self) -> dict[str, Callable[..., Any]]:
        """What a template writes behind a `|`."""
        return {
            "because": self.because,
            "country": self.country,
            "day": self.day,
            "language": self.language_name,
            "percent": self.percent,
            "time": self.time,
            "title": self.title,
            "topic": self.topic,
        }

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.language.replace("-", "_"))


def depth(documents: int) -> str:
    """The class of a cell of the grid by how much it holds."""
    if not documents:
        return "none"
    return "many" if documents >= _MANY else "more" if documents >= _MORE else "some"
