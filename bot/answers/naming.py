"""Names in a question: what they are in full, and which hits are about something else.

A near miss is about the right matter of the wrong thing: another country, province, institution,
fair or zone than the question names. A hit that is about no particular one may still answer.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names, looked up once for all its hits."""

    things: frozenset[str]
    cities: frozenset[str]
    provinces: frozenset[str]
    countries: frozenset[str]


def named_in(question: Question, glossary: Glossary) -> Named:
    """The things and places that a question names; a city stands for its province as well."""
    cities = cities_in(question.search_text)
    return Named(
        things=things_in(question.search_text, glossary),
        cities=cities,
        provinces=provinces_in(question.search_text) | {province_of(city) for city in cities},
        countries=question.countries,
    )


def is_about_something_else(asked: Named, document: Document, glossary: Glossary) -> bool:
    """Whether a document is about another place or thing than the question names.

    Args:
        asked: What the question names.
        document: That was found.
        glossary: Recognises names.
    """
    return _other_place(asked, document) or _other_thing(asked.things, document, glossary)


def _other_place(asked: Named, document: Document) -> bool:
    metadata = document.metadata
    concerned = frozenset(metadata.countries) - {"CN"}
    if (
        asked.countries
        and concerned
        and not concern(asked.countries, concerned)
        and not asked.countries & countries_in(document.text)
    ):
        return True
    if asked.cities and metadata.cities and not asked.cities & cities_in(document.text):
        return True
    if not asked.provinces or not metadata.provinces:
        return False
    if asked.provinces & set(metadata.provinces):
        return False
    text = document.text
    return not (asked.provinces & provinces_in(text) or asked.cities & cities_in(text))


def _other_thing(asked: frozenset[str], document: Document, glossary: Glossary) -> bool:
    if not asked:
        return False
    named = _things_of(document.text, glossary) | _things_of(document.metadata.title, glossary)
    return not asked & named
