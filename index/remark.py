"""One line for people: in English, and as data for whoever says it in another language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be mended, or why something was not done.

    Attributes:
        text: In English, without its place.
        name: Of this message in other languages; empty where its words are not known before.
        values: What stands for the `{placeholders}` of those.
        path: The file that it is about; empty if none.
        line: Of the file; 0 if it is about all of it.
        details: What it comes from.
    """

    text: str
    name: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    line: int = 0
    details: tuple["Remark", ...] = ()

    @classmethod
    def of(cls, name: str, text: str, **values: object) -> "Remark":
        """A message of a closed list; the values stand for `{placeholders}` of the text."""
        said = {key: str(value) for key, value in values.items()}
        return cls(text.format(**said), name, said)

    @classmethod
    def read(cls, value: Any) -> "Remark":
        """One that was written down as JSON; a line of text is one without a name.

        Raises:
            TypeError: It is none.
        """
        if isinstance(value, str):  # as snapshots had them before
            return cls(value)
        details = tuple(map(cls.read, value.get("details", ())))
        return cls(**{**value, "details": details})

    def as_json(self) -> dict[str, Any]:
        """It as JSON knows it, for `read`."""
        return {
            "text": self.text,
            "name": self.name,
            "values": dict(self.values),
            "path": self.path,
            "line": self.line,
            "details": [each.as_json() for each in self.details],
        }

    def __str__(self) -> str:
        where = f"{self.path}, line {self.line}: " if self.line else f"{self.path}: "
        told = ": ".join(filter(None, [self.text, "; ".join(map(str, self.details))]))
        return f"{where if self.path else ''}{told}"
