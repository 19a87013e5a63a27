"""Names in a question: what they are in full, and which hits are about something else.

A near miss is about the right matter of the wrong thing: another country, province, institution,
fair or zone than the question names. A hit that is about no particular one may still answer.
"""

from functools import lru_cache

from bot.answers.question import Question
from index import (
    Document,
    EntryKind,
    Glossary,
    cities_in,
    concern,
    countries_in,
    province_of,
    provinces_in,
)

_THINGS = frozenset(
    {
        EntryKind.INSTITUTION,
        EntryKind.COMPANY,
        EntryKind.EVENT,
        EntryKind.ZONE,
        EntryKind.PROGRAMME,
        EntryKind.PRODUCT,
    }
)
_MOST_EXPANSIONS = 4


def expanded(question: Question, glossary: Glossary) -> str:
    """The search text with the usual Chinese and English names of what it names."""
    text = question.search_text
    added: list[str] = []
    for mention in glossary.mentions(text):
        entry = mention.entry
        name = entry.zh if question.language.startswith("zh") else entry.en
        if name.casefold() not in text.casefold() and name not in added:
            added.append(name)
    return " ".join([text, *added[:_MOST_EXPANSIONS]])


def things_in(text: str, glossary: Glossary) -> frozenset[str]:
    """Ids of the institutions, companies, events, zones, programmes and products named."""
    return frozenset(m.entry.id for m in glossary.mentions(text) if m.entry.kind in _THINGS)


@lru_cache(maxsize=2**11)
def _things_of(text: str, glossary: Glossary) -> frozenset[str]:
    """The same for a document's text, which is looked through for many questions."""
    return things_in(text, glossary)


@lru_cache(maxsize=2**11)
def _countries_of(text: str) -> frozenset[str]:
    return countries_in(text)


@lru_cache(maxsize=2**11)
def _cities_of(text: str) -> frozenset[str]:
    return cities_in(text)


def is_about_something_else(
    question: Question, things: frozenset[str], document: Document, glossary: Glossary
) -> bool:
    """Whether a document is about another place or thing than the question names.

    Args:
        question: As read.
        things: What `things_in` finds in it.
        document: That was found.
        glossary: Recognises names.
    """
    return _other_place(question, document) or _other_thing(things, document, glossary)


def _other_place(question: Question, document: Document) -> bool:
    metadata = document.metadata
    concerned = frozenset(metadata.countries) - {"CN"}
    if (
        question.countries
        and concerned
        and not concern(question.countries, concerned)
        and not question.countries & _countries_of(document.text)
    ):
        return True
    cities = cities_in(question.search_text)
    if cities and metadata.cities and not cities & _cities_of(document.text):
        return True
    asked = provinces_in(question.search_text) | {province_of(city) for city in cities}
    if not asked or not metadata.provinces or asked & set(metadata.provinces):
        return False
    return not (asked & provinces_in(document.text) or cities & _cities_of(document.text))


def _other_thing(asked: frozenset[str], document: Document, glossary: Glossary) -> bool:
    if not asked:
        return False
    named = _things_of(document.text, glossary) | _things_of(document.metadata.title, glossary)
    return not asked & named
