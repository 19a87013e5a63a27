"""Near misses: documents and sentences about another thing than the question names.

A near miss is about the right matter of the wrong country, province, institution, fair or zone. A
hit that is about no particular one may still answer.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.constraints import asks_number
from bot.answers.naming import THINGS, things_in
from bot.answers.parts import asking_part, clauses, compares, less_home
from bot.answers.question import Question
from index import (
    Document,
    EntryKind,
    Glossary,
    cities_abroad_in,
    cities_in,
    concern,
    countries_in,
    fold,
    province_of,
    provinces_in,
)

_OWN_RULES = frozenset({"HK", "MO", "TW"})
"""Customs, taxes and subsidies there are their own: what holds for the mainland says nothing."""
_SINO_FOREIGN = re.compile(
    r"中[英美德法俄日韩韓马馬泰越印白哈蒙柬瑞埃缅緬荷葡](?=[中自经經贸貿合产產工投企])|(?:Sino|China)[-–]\w+|한중"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names, looked up once for all its hits."""

    things: frozenset[str]
    forms: tuple[str, ...]
    """How it names them."""
    places: tuple[tuple[str, ...], ...]
    """All names of each place whose figures it asks for."""
    cities: frozenset[str]
    provinces: frozenset[str]
    home: str
    """The whole question: it tells where the asker sits."""
    countries: frozenset[str]
    partners: frozenset[str]
    """Countries of what it calls Sino-foreign: 中英, China-UK."""
    compares: bool


def named_in(question: Question, glossary: Glossary) -> Named:
    """The things and places that a question names; a city stands for its province as well."""
    text = less_home(question)
    cities = cities_in(text)
    folded = fold(question.search_text)
    return Named(
        things=things_in(question.search_text, glossary),
        forms=tuple(
            folded[mention.start : mention.end]
            for mention in glossary.mentions(question.search_text)
            if mention.entry.kind in THINGS
        ),
        places=_places_in(asking_part(question.text), glossary) if asks_number(question) else (),
        cities=cities,
        provinces=_provinces_of(text),
        home=_home(question),
        countries=question.countries,
        partners=frozenset(
            code
            for pair in _SINO_FOREIGN.findall(question.search_text)
            for code in countries_in(pair.replace("-", " ").replace("–", " ")) - {"CN"}
        ),
        compares=compares(question),
    )


def _home(question: Question) -> str:
    """Where the asker sits counts unless the question names a place itself."""
    text = question.search_text
    names_place = question.countries or provinces_in(text) or cities_in(text)
    return text if names_place else f"{question.told} {text}"


def is_about_something_else(asked: Named, document: Document, glossary: Glossary) -> bool:
    """Whether a document is about another place or thing than the question names.

    Args:
        asked: What the question names.
        document: That was found.
        glossary: Recognises names.
    """
    if _holds_elsewhere(asked, document) or _has_other_partners(asked, document):
        return True
    other_place = _other_place(asked, document) or _silent_on_places(asked, document)
    other_thing = _other_thing(asked, document, glossary)
    if asked.compares and asked.things:  # one by its name, the other by where it is
        return other_place and other_thing
    return other_place or other_thing


def subjects_of(question: Question, best: Document, glossary: Glossary) -> frozenset[str]:
    """Ids of the terms and policies that a question names, where the best document is about them.

    None if it names others besides, or asks several things.
    """
    asked = _terms_in(question.search_text, glossary)
    title = _terms_in(best.metadata.title, glossary)
    if not asked or not asked <= title or compares(question):
        return frozenset()
    return asked if len(clauses(question)) == 1 else frozenset()


def leaves_out(subjects: frozenset[str], document: Document, glossary: Glossary) -> bool:
    """Whether a document speaks of none of the terms and policies that a question is about."""
    texts = (document.metadata.title, document.text)
    return bool(subjects) and not any(subjects & _terms_in(text, glossary) for text in texts)


@lru_cache(maxsize=2**13)
def _terms_in(text: str, glossary: Glossary) -> frozenset[str]:
    kinds = (EntryKind.TERM, EntryKind.POLICY)
    return frozenset(m.entry.id for m in glossary.mentions(text) if m.entry.kind in kinds)


def speaks_of_another(asked: frozenset[str], text: str, glossary: Glossary) -> bool:
    """Whether a sentence names no thing asked about, but another one of its kind.

    Args:
        asked: Ids of the things that the question names.
        text: The sentence with its title and headings.
        glossary: Recognises names.
    """
    named = _things_of(text, glossary) if asked else frozenset()
    kind_of = {thing: glossary.entries[thing].kind for thing in asked | named}
    said = {kind_of[thing] for thing in asked & named}
    missed = {kind_of[thing] for thing in asked} - said
    return any(kind_of[thing] in missed for thing in named)


def _holds_elsewhere(asked: Named, document: Document) -> bool:
    regions = asked.countries & _OWN_RULES
    named = set(document.metadata.countries) | countries_in(document.text)
    return bool(regions) and not regions & named


def _has_other_partners(asked: Named, document: Document) -> bool:
    named = frozenset(document.metadata.countries) | countries_in(document.text)
    return bool(asked.partners) and not concern(asked.partners, named)


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
    return (
        _is_of_other_cities(asked.cities, document)
        or _is_of_other_provinces(asked.cities, asked.provinces, document)
        or _is_offered_elsewhere(asked.home, document)
    )


def is_for_others(asked: Named, document: Document, glossary: Glossary) -> bool:
    """Whether a document is about another thing than a message names, or money for others."""
    return _is_offered_elsewhere(asked.home, document) or _other_thing(asked, document, glossary)


def _is_offered_elsewhere(text: str, document: Document) -> bool:
    """Whether a document is about money for firms of other places than a question names."""
    cities = cities_in(text)
    return bool(document.metadata.financing) and (
        _is_of_other_cities(cities, document)
        or _is_of_other_provinces(cities, _provinces_of(text), document)
    )


def _is_of_other_cities(cities: frozenset[str], document: Document) -> bool:
    return bool(cities and document.metadata.cities) and not cities & cities_in(document.text)


def _is_of_other_provinces(
    cities: frozenset[str], provinces: frozenset[str], document: Document
) -> bool:
    own = frozenset(document.metadata.provinces)
    if not provinces or not own or provinces & own:
        return False
    return not (provinces & provinces_in(document.text) or cities & cities_in(document.text))


def _provinces_of(text: str) -> frozenset[str]:
    """The provinces that a text names, and those of the cities that it names."""
    return provinces_in(text) | {province_of(city) for city in cities_in(text)}


def _silent_on_places(asked: Named, document: Document) -> bool:
    text = _folded(document.text) if asked.places else ""
    return bool(text) and not any(name in text for place in asked.places for name in place)


@lru_cache(maxsize=2**13)
def _folded(text: str) -> str:
    return fold(text)


def _other_thing(asked: Named, document: Document, glossary: Glossary) -> bool:
    title = document.metadata.title
    if not asked.things or any(form in fold(title) for form in asked.forms):
        return False
    return not asked.things & (_things_of(document.text, glossary) | _things_of(title, glossary))


def _places_in(text: str, glossary: Glossary) -> tuple[tuple[str, ...], ...]:
    """All names of each place that a text names: those of the glossary, and cities abroad."""
    listed = (
        tuple(map(fold, mention.entry.all_forms()))
        for mention in glossary.mentions(text)
        if mention.entry.kind is EntryKind.PLACE
    )
    return (*listed, *cities_abroad_in(text))


@lru_cache(maxsize=2**13)
def _things_of(text: str, glossary: Glossary) -> frozenset[str]:
    """The same for a document's text, which is looked through for many questions."""
    return things_in(text, glossary)
