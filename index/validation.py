"""What is wrong with keys and values that people wrote, said so that they can mend it.

Pydantic finds the faults; its own texts speak of tuples and instances, which mean nothing to
somebody who edits a YAML file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from json import JSONDecodeError
from types import MappingProxyType
from typing import Any, get_args

from pydantic import AfterValidator, BaseModel, ValidationError

_ONE_DATE = "must be a date such as 2026-02-15"
_WHOLE = "must be a whole number"
_NUMBER = "must be a number"
_LIST = "must be a list"
_ANY_LIST = "[a, b]"
_LINES = "must be `key: value` lines"
_EMPTY = "is empty: write it, or take the key away"
_TRUTH = "must be true or false"
_ENCODED = "in a name or password write # as %23, / as %2F, ? as %3F, @ as %40"
_TEXTS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("tuple_type", "list_type", "set_type", "frozen_set_type"), _LIST)
    | dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), _LINES)
    | dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), _WHOLE)
    | dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing"), _NUMBER)
    | dict.fromkeys(("bool_type", "bool_parsing"), _TRUTH)
    | dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        _ONE_DATE,
    )
    | {
        "json_invalid": "not valid JSON",
        "path_type": "must be the name of a folder or file, in quotes",
        "url_parsing": f"is not written scheme://host:port, the port a number; {_ENCODED}",
        "string_type": "must be text: put it in quotes",
        "string_too_short": "must not be empty",
        "too_short": "must not be empty",
    }
)
"""Kind of fault, as pydantic names it -> what to do."""


def written_like(pattern: str, example: str) -> AfterValidator:
    """Refuses text that a pattern does not match whole, showing how it is written."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{value!r} is not written like {example}")
        return value

    return AfterValidator(check)


def short_text(max_chars: int) -> AfterValidator:
    """Refuses text that says nothing, or more than a line or two."""

    def check(value: str) -> str:
        if not value.strip():
            raise ValueError("must not be empty")
        if len(value) > max_chars:
            raise ValueError(f"has {len(value)} characters, {max_chars} at most: shorten it")
        return value

    return AfterValidator(check)


def distinct(key: Callable[[Any], object]) -> AfterValidator:
    """Refuses a list of which two entries have the same key."""

    def check(values: tuple[Any, ...]) -> tuple[Any, ...]:
        keys = [key(value) for value in values]
        for number, found in enumerate(keys):
            if found in keys[:number]:
                raise ValueError(f"{found!r} stands twice: take one away")
        return values

    return AfterValidator(check)


@dataclass(frozen=True, slots=True)
class Fault:
    """The first fault of a value.

    `location` leads to it by keys and positions, `reason` is `text` without them, `others` counts
    the further faults.
    """

    location: tuple[int | str, ...]
    text: str
    reason: str
    others: int

    def __str__(self) -> str:
        return f"{self.text} (and {self.others} more)" if self.others else self.text


def explain(error: ValidationError, model: type[BaseModel], whole: str = _LINES) -> Fault:
    """The fault to be told first, in plain words.

    A key that nothing knows comes before one that is missing: it may be the same, misspelt.

    Args:
        error: What pydantic found.
        model: What the value was checked against; its keys are what a misspelt one may mean.
        whole: What to say of a value that has no keys at all.
    """
    faults: list[Any] = list(error.errors(include_url=False))
    first = min(faults, key=lambda fault: fault["type"] == "missing")
    location = tuple(part for part in first["loc"] if part != "[key]")
    key = ".".join(map(str, location))
    if first["type"] == "extra_forbidden":
        known = _model_at(model, location[:-1]).model_fields
        text = reason = f"unknown key {key!r}: {_meant(str(location[-1]), known)}"
    elif first["type"] == "missing":
        text = reason = f"the key {key!r} is missing"
    elif not key and first["type"] == "model_type":
        text = reason = whole
    else:
        reason = _reason(first, _example(model, location))
        text = f"{key}: {reason}" if key else reason
    return Fault(location, text, reason, len(faults) - 1)


def explain_json(error: ValueError | RecursionError, example: str) -> str:
    """Why a line is no JSON, in plain words; of several faults the parser sees the first.

    Args:
        error: What the parser found.
        example: A line as it should be.
    """
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8 text: save the file with that encoding"
    where = f" from character {error.colno} on" if isinstance(error, JSONDecodeError) else ""
    return (
        f"not valid JSON{where}: write {example} on one line, keys and texts in straight double "
        'quotes, a quote within them as \\"'
    )


def meant(word: str, known: Iterable[str]) -> str:
    """What a misspelt word may have meant, as a question; empty if nothing is near."""
    close = get_close_matches(word, list(known), 1)
    return f"did you mean {close[0]!r}?" if close else ""


def _meant(word: str, known: Iterable[str]) -> str:
    keys = sorted(known)
    return meant(word, keys) or f"known are {', '.join(keys)}"


def _reason(fault: Mapping[str, Any], example: str) -> str:
    kind = str(fault["type"])
    if kind in ("enum", "literal_error"):
        expected = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        return f"must be one of {expected}"
    if kind == "url_scheme":
        schemes = re.sub(r"'(\w+)'", r"\1://", str(fault["ctx"]["expected_schemes"]))
        return f"must begin with {schemes}"
    if fault["input"] is None:
        return _EMPTY
    text = _TEXTS.get(kind, "")
    if text == _LIST:
        return f"{_LIST}, such as {example or _ANY_LIST}"
    if text == _LINES and example:
        return f"{_LINES}, as in {example}"
    said = str(fault["msg"]).removeprefix("Value error, ")
    return text or said.replace("Input should be", "must be")


def _example(model: type[BaseModel], location: tuple[int | str, ...]) -> str:
    """How the list at a location, or around it, is written; empty if its key does not say so."""
    while location and isinstance(location[-1], int):
        location = location[:-1]
    keys = _model_at(model, location[:-1]).model_fields
    field = keys.get(str(location[-1])) if location else None
    return str(field.examples[0]) if field and field.examples else ""


def _model_at(model: type[BaseModel], location: tuple[int | str, ...]) -> type[BaseModel]:
    """What describes the value at a location."""
    for part in location:
        field = model.model_fields.get(str(part))
        if isinstance(part, int) or field is None:
            continue
        model = next(_models_in(field.annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation such as `tuple[Source, ...]` or `Event | None` names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
