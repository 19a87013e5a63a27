"""What a list is narrowed to, and the words that say so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HOME = "CN"
EACH_YEAR = "*"
"""Stands for the year of a month or a day that is named without one."""
PLACES = frozenset({"country", "province", "city", "side"})
TIMES = frozenset({"year", "month", "day", "season", "standing"})
EMPTY_ROLES = frozenset({"asks", "when", "definition", "stop", "weak", "noun"})
"""Roles of words that narrow nothing."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Fields with the values wanted, any of which will do; other fields narrow nothing.

    Places are codes as in front matter, `month` and `day` are written `2026-12`, `2026-12-01`,
    with `*` for any year, `standing` is `upcoming`, `running` or `past`, `name` holds glossary
    ids. `side` is `home` (in China), `abroad`, or `partners`: countries are those to do business
    with, wherever that is. All other fields are typed facts of what is listed: `kind`, `audience`.
    """

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, readings: Iterable[tuple[str, str]]) -> "Filter":
        """A filter of (field, value), words without meaning among them."""
        values: dict[str, frozenset[str]] = {}
        for role, value in readings:
            if role not in EMPTY_ROLES:
                values[role] = values.get(role, frozenset()) | {value}
        return cls(values)

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.values.get(name, frozenset())


@dataclass(frozen=True, slots=True)
class Part:
    """What text[start:end] says: parts of a filter, as (role, value).

    `meaning` is the month or year meant, `2026-12`, where the words depend on the day they are
    said on. `rank` decides between parts of one length; the lowest is taken.
    """

    start: int
    end: int
    readings: tuple[tuple[str, str], ...]
    meaning: str = ""
    rank: int = 0

    @property
    def narrowing(self) -> list[tuple[str, str]]:
        """The readings that narrow a list."""
        return [(role, value) for role, value in self.readings if role not in EMPTY_ROLES]

    @property
    def names_listed(self) -> bool:
        """Whether it names what is listed, with its kind or without."""
        return any(role == "noun" for role, _ in self.readings)
