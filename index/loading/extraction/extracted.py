"""What is taken out of a file, and why nothing can be."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one document in a file, with the marks of `index.structure`.

    `title` and `dated` are what the file says of itself; empty where it says nothing of use.
    `notes` say what was assumed in reading it. `part` tells the documents of an archive apart.
    """

    text: str
    title: str = ""
    notes: tuple[str, ...] = ()
    part: str = ""
    dated: str = ""
    """The day, YYYY-MM-DD, on which it was last changed, published or sent."""
    is_source: bool = False
    """Whether `text` is a file of text as it lies in an archive, which is still to be read."""


class Cause(StrEnum):
    """What keeps a file from being read, as far as people are told it in their language."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    PASSWORD = "password"  # noqa: S105 - the cause, not one
    PICTURES = "pictures"
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    DAMAGED = "damaged"
    LOCKED = "locked"
    UNSAFE = "unsafe"
    UNKNOWN_TYPE = "unknown_type"


class UnreadableError(ValueError):
    """A file that cannot be read; the message says why and what to do."""

    def __init__(self, problem: str, cause: Cause = Cause.UNREADABLE) -> None:
        super().__init__(problem)
        self.cause = cause
