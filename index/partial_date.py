"""A date as exact as a source states it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year, as exact as the source states it.

    Written as in EDTF (ISO 8601-2): `2025-02-08`, `2025-02`, `2025`; a trailing `~` means
    "about". `first` and `last` are the days it may mean.
    """

    first: date
    last: date
    text: str

    @classmethod
    def parse(cls, value: object) -> "PartialDate":
        """Read a date from text, from a YAML date or from a YAML year number.

        Raises:
            ValueError: The value is none of the forms above, or no such day exists.
        """
        text = value.isoformat() if isinstance(value, date) else str(value).strip()
        match = _PARTIAL_DATE.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no date: write YYYY-MM-DD, YYYY-MM or YYYY")
        year, month, day = match[1], match[2], match[3]
        first = date(int(year), int(month or 1), int(day or 1))
        if day:
            last = first
        else:
            last_month = int(month or 12)
            last = date(int(year), last_month, monthrange(int(year), last_month)[1])
        return cls(first, last, text)

    @property
    def is_day(self) -> bool:
        """Whether it means one certain day."""
        return self.first == self.last and not self.is_about

    @property
    def is_about(self) -> bool:
        """Whether the source says "about"."""
        return self.text.endswith("~")

    def __str__(self) -> str:
        return self.text
