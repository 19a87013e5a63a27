"""What several commands do with their options."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

PageLanguageOption = Annotated[
    str, typer.Option(help="Of the page: zh, zh-Hant or en (BCP 47; all others get English).")
]


class Engine(StrEnum):
    """What does the work of a build: this process, or a Ray cluster."""

    LOCAL = "local"
    RAY = "ray"


EngineOption = Annotated[
    Engine, typer.Option(help="What reads, chunks and encodes: this process, or a Ray cluster.")
]


def known(option: str, given: Sequence[str] | None, names_of: type[StrEnum]) -> tuple[str, ...]:
    """What was given for an option; typer would need the values before any command is known.

    Args:
        option: Its name.
        given: Any number of values.
        names_of: All values that there are.

    Raises:
        BadParameter: One is none of them.
    """
    from index.validation import meant

    names = [each.value for each in names_of]
    for value in given or ():
        if value not in names:
            hint = meant(value, names) or f"choose from {', '.join(names)}"
            raise typer.BadParameter(f"{option} {value}: {hint}")
    return tuple(given or ())
