"""Which methods there are: `@method("sendMessage")` above a function of (state, params)."""

from collections.abc import Callable
from typing import Any

from tests.telegram.fake.params import Params
from tests.telegram.fake.state import State

Method = Callable[[State, Params], Any]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a Bot API method; names are not case sensitive."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register
