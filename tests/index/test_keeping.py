"""Results live as long as what they belong to."""

import gc
import weakref

import pytest

from index.glossary import Entry, Glossary
from index.keeping import kept_with


class Owner:
    """Anything that can be referred to."""


@pytest.fixture
def counted():
    """A function whose results are kept, and the list of its calls."""
    calls = []

    @kept_with("owner", 2)
    def function(text, owner, *, language=""):
        calls.append((text, owner, language))
        return f"{text} {language}"

    return function, calls


def test_a_result_is_computed_once_for_each_owner_and_argument(counted):
    function, calls = counted
    one, other = Owner(), Owner()

    found = [function("a", one), function("a", one), function("a", one, language="zh")]
    function("a", other)

    assert found == ["a ", "a ", "a zh"]
    assert calls == [("a", one, ""), ("a", one, "zh"), ("a", other, "")]


def test_only_the_last_results_are_kept(counted):
    function, calls = counted
    owner = Owner()

    for text in ("a", "b", "c", "a"):
        function(text, owner)

    assert len(calls) == 4


def test_nothing_keeps_the_owner_alive():
    glossary = Glossary([Entry(id="fair", kind="event", zh="广交会", en="Canton Fair")])
    assert glossary.mentions("广交会") == glossary.mentions("广交会") != ()
    alive = weakref.ref(glossary)

    gc.disable()  # what needs no collection is gone even from what `gc.freeze` has put aside
    try:
        del glossary
        assert alive() is None
    finally:
        gc.enable()
