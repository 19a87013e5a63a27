"""Faults of keys and values, told in the words of the person who has to mend them."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.validation import explain, meant, written_like


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    width: Annotated[int, Field(gt=0)] = 1


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1)]
    colour: Colour = Colour.RED
    day: date | None = None
    tags: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()
    best: Part | None = None
    price: float = 0.0
    sold: bool = False
    code: Annotated[str, written_like(r"[A-Z]{2}", "CN")] = "CN"


def fault_of(value: object):
    with pytest.raises(ValidationError) as error:
        Thing.model_validate(value)
    return explain(error.value, Thing)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "the key 'name' is missing"),
        ({"nmae": "x"}, "unknown key 'nmae': did you mean 'name'? (and 1 more)"),
        ({"name": "x", "zzz": 1}, "unknown key 'zzz': known are best, code, colour"),
        ({"name": ""}, "name: must not be empty"),
        ({"name": None}, "name: is empty: write it, or take the key away"),
        ({"name": "x", "tags": None}, "tags: is empty: write it, or take the key away"),
        ({"name": 3}, "name: must be text: put it in quotes"),
        ({"name": "x", "colour": "green"}, "colour: must be one of red, blue"),
        ({"name": "x", "day": "soon"}, "day: must be a date such as 2026-02-15"),
        ({"name": "x", "tags": "a"}, "tags: must be a list, such as [a, b]"),
        ({"name": "x", "parts": "a"}, "parts: must be a list, such as [a, b]"),
        ({"name": "x", "parts": ["a"]}, "parts.0: must be `key: value` lines"),
        ({"name": "x", "parts": [{"widht": 2}]}, "unknown key 'parts.0.widht': did you mean"),
        ({"name": "x", "best": {"hight": 2}}, "unknown key 'best.hight': known are width"),
        ({"name": "x", "best": {"width": 0}}, "best.width: must be greater than 0"),
        ({"name": "x", "best": {"width": "two"}}, "best.width: must be a whole number"),
        ({"name": "x", "price": "much"}, "price: must be a number"),
        ({"name": "x", "sold": "perhaps"}, "sold: must be true or false"),
        ({"name": "x", "code": "China"}, "code: 'China' is not written like CN"),
        ("just text", "must be `key: value` lines"),
    ],
)
def test_a_fault_says_what_to_write(value, text):
    assert str(fault_of(value)).startswith(text)


def test_a_fault_knows_where_it_is():
    assert fault_of({"name": "x", "parts": [{}, {"width": -1}]}).location == ("parts", 1, "width")


def test_a_value_without_keys_is_called_what_the_caller_calls_it():
    with pytest.raises(ValidationError) as error:
        Thing.model_validate([1])

    assert str(explain(error.value, Thing, "must be an object")) == "must be an object"


def test_a_word_that_resembles_nothing_known_may_have_meant_nothing():
    assert meant("question", ["answer", "cite"]) == ""
