"""What the documents hold: topic by country by year, so that holes are seen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.report.values import Asked
from index import Document, Topic
from index.places import countries_in

_COUNTRIES = 20
"""So many rows: the countries with the most documents."""
_YEARS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """The documents about one topic and one country."""

    topic: Topic
    total: int
    by_year: tuple[int, ...]
    """In the order of the grid's years."""


@dataclass(frozen=True, slots=True)
class Line:
    """One country: what is held about it, and how often it was named in questions."""

    country: str
    cells: tuple[Cell, ...]
    asked: int
    missed: int
    """Of those, how many had no answer."""

    @property
    def held(self) -> int:
        """How many documents there are about it."""
        return sum(cell.total for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """All lines have a cell for each topic, in one order."""

    topics: tuple[Topic, ...]
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    """The countries with the most documents first."""
    more: tuple[Line, ...]
    """The others that a document or a question names."""

    @property
    def holes(self) -> int:
        """Cells of `lines` without a document."""
        return sum(cell.total == 0 for line in self.lines for cell in line.cells)

    @property
    def cells(self) -> int:
        """How many cells `lines` have."""
        return len(self.lines) * len(self.topics)


def coverage(documents: Sequence[Document], asked: Sequence[Asked], year: int) -> Grid:
    """The grid.

    Args:
        documents: One version of each.
        asked: Questions whose countries are counted.
        year: The last of the grid's years.
    """
    years = tuple(range(year - _YEARS + 1, year + 1))
    held: Counter[tuple[str, Topic]] = Counter()
    in_year: Counter[tuple[str, Topic, int]] = Counter()
    for document in documents:
        topic = document.metadata.topic
        if topic is None:
            continue
        for country in document.metadata.countries:
            held[country, topic] += 1
            in_year[country, topic, _year(document)] += 1
    named, missed = _named(asked), _named(one for one in asked if one.was_missed)
    lines = [
        Line(
            country,
            tuple(
                Cell(topic, held[country, topic], tuple(in_year[country, topic, y] for y in years))
                for topic in Topic
            ),
            named[country],
            missed[country],
        )
        for country in {country for country, _ in held} | set(named)
    ]
    lines.sort(key=lambda line: (-line.held, -line.asked, line.country))
    return Grid(tuple(Topic), years, tuple(lines[:_COUNTRIES]), tuple(lines[_COUNTRIES:]))


def _named(asked: Iterable[Asked]) -> Counter[str]:
    """How many questions name a country."""
    return Counter(
        country for one in asked for country in countries_in(one.question, one.language)
    )


def _year(document: Document) -> int:
    """Of its figures, else of its newest source; 0 if none has a date."""
    metadata = document.metadata
    if metadata.as_of:
        return metadata.as_of.first.year
    published = [source.published.first.year for source in metadata.sources if source.published]
    return max(published, default=0)
