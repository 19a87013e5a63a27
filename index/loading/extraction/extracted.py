"""What is taken out of a file, and why nothing can be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one document in a file, with the marks of `index.structure`.

    `title` is what the file says of itself; empty where it says nothing of use. `notes` say what
    was assumed in reading it. `part` tells the documents of an archive apart.
    """

    text: str
    title: str = ""
    notes: tuple[str, ...] = ()
    part: str = ""


class UnreadableError(ValueError):
    """A file that cannot be read; the message says why and what to do."""
