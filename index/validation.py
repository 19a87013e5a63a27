"""What is wrong with keys and values that people wrote, said so that they can mend it.

Pydantic finds the faults; its own texts speak of tuples and instances, which mean nothing to
somebody who edits a YAML file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, get_args

from pydantic import AfterValidator, BaseModel, ValidationError

_ONE_DATE = "must be a date such as 2026-02-15"
_WHOLE = "must be a whole number"
_NUMBER = "must be a number"
_LIST = "must be a list, such as [a, b]"
_LINES = "must be `key: value` lines"
_TRUTH = "must be true or false"
_TEXTS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("tuple_type", "list_type", "set_type", "frozen_set_type"), _LIST)
    | dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), _LINES)
    | dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _WHOLE)
    | dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing"), _NUMBER)
    | dict.fromkeys(("bool_type", "bool_parsing"), _TRUTH)
    | dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        _ONE_DATE,
    )
    | {
        "json_invalid": "not valid JSON",
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


@dataclass(frozen=True, slots=True)
class Fault:
    """The first fault of a value.

    `location` leads to it by keys and positions, `others` counts the further faults.
    """

    location: tuple[int | str, ...]
    text: str
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
    faults: list[Any] = list(error.errors(include_url=False, include_input=False))
    first = min(faults, key=lambda fault: fault["type"] == "missing")
    location = tuple(first["loc"])
    key = ".".join(map(str, location))
    if first["type"] == "extra_forbidden":
        known = _keys_at(model, location[:-1])
        text = f"unknown key {key!r}: {_meant(str(location[-1]), known)}"
    elif first["type"] == "missing":
        text = f"the key {key!r} is missing"
    elif not key and first["type"] == "model_type":
        text = whole
    else:
        reason = _reason(first)
        text = f"{key}: {reason}" if key else reason
    return Fault(location, text, len(faults) - 1)


def meant(word: str, known: Iterable[str]) -> str:
    """What a misspelt word may have meant, as a question; empty if nothing is near."""
    close = get_close_matches(word, list(known), 1)
    return f"did you mean {close[0]!r}?" if close else ""


def _meant(word: str, known: Iterable[str]) -> str:
    keys = sorted(known)
    return meant(word, keys) or f"known are {', '.join(keys)}"


def _reason(fault: Mapping[str, Any]) -> str:
    kind = str(fault["type"])
    if kind in ("enum", "literal_error"):
        expected = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        return f"must be one of {expected}"
    text = str(fault["msg"]).removeprefix("Value error, ")
    return _TEXTS.get(kind, text.replace("Input should be", "must be"))


def _keys_at(model: type[BaseModel], location: tuple[int | str, ...]) -> set[str]:
    """The keys that the value at a location may have."""
    for part in location:
        field = model.model_fields.get(str(part))
        if isinstance(part, int) or field is None:
            continue
        model = next(_models_in(field.annotation), model)
    return set(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation such as `tuple[Source, ...]` or `Event | None` names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
