"""`smebot ask --batch`: questions as JSON lines in, answers as JSON lines out, in order."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answers.answerer import Answerer
from bot.errors import InputError
from index.validation import explain, explain_json

_EXAMPLE = '{"id": "1", "text": "..."}'


class Line(BaseModel):
    """One question of a file."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    text: str
    history: tuple[str, ...] = ()
    as_of: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A line that is no question, and why."""

    id: str | int | None
    text: str


def lines_of(source: str) -> Iterator[Line | Fault]:
    """The questions of a file, in order; blank lines are passed over.

    Args:
        source: A file of JSON lines, or `-` for standard input.

    Raises:
        InputError: The file cannot be read.
    """
    for number, row in enumerate(_rows(source), 1):
        if not row.strip():
            continue
        try:
            yield Line.model_validate(json.loads(row.decode("utf-8-sig").rstrip()))
        except (ValidationError, ValueError, RecursionError) as error:
            yield Fault(id=_id_of(row), text=f"{source}, line {number}: {_reason(error)}")


def answer_batch(
    source: str, answerer: Answerer, today: date, *, with_trace: bool = False
) -> Iterator[dict[str, Any]]:
    """One object a line: the answer with the line's `id`, or `id` and `error`.

    Args:
        source: A file of JSON lines, or `-` for standard input.
        answerer: Asked.
        today: For lines without `as_of`.
        with_trace: Whether answers tell what each step did.

    Raises:
        InputError: The file cannot be read.
    """
    for line in lines_of(source):
        if isinstance(line, Fault):
            yield {"id": line.id, "error": line.text}
            continue
        answer = answerer.answer(
            line.text, today=line.as_of or today, history=line.history, language=line.language
        )
        yield {"id": line.id, **answer.as_json(with_trace=with_trace)}


def _rows(source: str) -> Iterator[bytes]:
    if source == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(source).open("rb") as file:
            yield from file
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror}") from error


def _reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, ValidationError):
        return str(explain(error, Line, f"must be an object: {_EXAMPLE}"))
    return explain_json(error, _EXAMPLE)


def _id_of(row: bytes) -> str | int | None:
    """The id of a line that is not sound, if it has one."""
    try:
        identity = json.loads(row)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return identity if isinstance(identity, str | int) else None
