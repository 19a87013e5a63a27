"""Names in a question: what they are in full, and which hits are about something else.

A near miss is about the right matter of the wrong thing: another country, province, institution,
fair or zone than the question names. A hit that is about no particular one may still answer.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.constraints import asks_number
from bot.answers.parts import asking_part, clauses, compares
from bot.answers.question import Question, whole_words
from index import (
    Document,
    EntryKind,
    Found,
    Glossary,
    Retriever,
    cities_abroad_in,
    cities_in,
    concern,
    countries_in,
    fold,
    province_of,
    provinces_in,
    words,
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
_OWN_RULES = frozenset({"HK", "MO", "TW"})
"""Customs, taxes and subsidies there are their own: what holds for the mainland says nothing."""
_MANY = 2
"""From so many members on a class alone does not tell which is meant."""
_SAYS_LITTLE = frozenset(
    "开 办 举办 举行 召开 开幕 时间 日期 地点 参加 政策 规定 情况 介绍 信息 消息 优惠 "
    "hold held take place date open opening policy policie rule information".split()
)
"""What is asked of a thing, without telling which."""
_MOST_EXPANSIONS = 4
_ACRONYM = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]{2,}(?![A-Za-z0-9])")
_QUOTED = re.compile(
    r"[“「『《\"]([^”」』》\"]{4,30})[”」』》\"](平台|计划|計劃|项目|項目|贷|貸|险|險|产品|產品|基金)?"
)
_SINO_FOREIGN = re.compile(
    r"中[英美德法俄日韩韓马馬泰越印白哈蒙柬瑞埃缅緬荷葡](?=[中自经經贸貿合产產工投企])|(?:Sino|China)[-–]\w+|한중"
)
_NAME_OF_OFFER = re.compile(
    r"[贷貸险險保通宝寶卡券]$|(?:计划|計劃|項目|项目|基金|平台|行动|行動|工程|方案|试点|"
    r"補貼|补贴|專項|专项|产品|產品)$"
    r"|^(?:[A-Z][\w-]+ ?){2,}$"
)
_SAME_NAME = 0.7
_LOOKED_AT = 5
_SENTENCE = re.compile(r"[^.!?]+[.!?]?")
_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![\w-])")
_PLAIN = re.compile(r"\b[a-z]+\b")
_LOWER = re.compile(r"[a-z]")
_FEW = 2
_USUAL_ACRONYMS = frozenset(
    "APP ASAP B2B B2C B2G BTW CEO CFO CIF CNC CNY D2C DDP DDU ERP EUR EXW FAQ FCL FOB FYI GDP HKD "
    "IOT JPY LCL LED LLC LOGO LTD MOQ ODM OEM PCB PDF POS PPT PVC RMB SKU SME USB USD VAT VIP VPN"
    " WTO OEA OMC PYME PYMES TLC TVA IVA IBAN KMU MEI PME PMI CNUE EEUU UE AELC ACFTA ZLE".split()
)
"""Of trade and everyday life: no document need be about them."""


def expanded(question: Question, glossary: Glossary) -> str:
    """The search text with the usual Chinese and English names of what it names."""
    text = question.search_text
    added: list[str] = []
    mentions = sorted(glossary.mentions(text), key=lambda m: m.entry.kind is EntryKind.WORD)
    for mention in mentions:
        entry = mention.entry
        name = entry.zh if question.language.startswith("zh") else entry.en
        if name.casefold() not in text.casefold() and name not in added:
            added.append(name)
    return " ".join([text, *added[:_MOST_EXPANSIONS]])


def other_words(text: str, glossary: Glossary) -> dict[str, tuple[frozenset[str], ...]]:
    """For each word of what a text names, the words of that in its other forms.

    Args:
        text: Of a question.
        glossary: Recognises names and terms.
    """
    folded = fold(text)
    said: dict[str, tuple[frozenset[str], ...]] = {}
    for mention in glossary.mentions(text):
        other = tuple(words_of(form) for form in mention.entry.all_forms())
        for word in words_of(folded[mention.start : mention.end]):
            said[word] = (*said.get(word, ()), *other)
    return said


@lru_cache(maxsize=2**14)
def words_of(text: str) -> frozenset[str]:
    """The words of a text: the same sentences and names are looked at for many questions."""
    return frozenset(words(text))


def names_a_class_only(question: Question, glossary: Glossary) -> bool:
    """Whether a question names no particular thing, only a class of many: "the expo", 自贸区.

    How many there are may well be asked of a class, when one is held may not.
    """
    whole = whole_words(question.words)
    telling = [word for word in whole if word not in _SAYS_LITTLE]
    if len(telling) != 1 or len(whole) == 1 or asks_number(question):
        return False
    if question.years or question.editions or question.codes or question.countries:
        return False
    return _members_of(telling[0], glossary) >= _MANY


@lru_cache(maxsize=2**8)
def _members_of(word: str, glossary: Glossary) -> int:
    """How many things have a name that ends with a word."""
    return sum(
        any(fold(form).endswith(word) for form in entry.all_forms())
        for entry in glossary.entries.values()
        if entry.kind in _THINGS or entry.kind is EntryKind.POLICY
    )


def things_in(text: str, glossary: Glossary) -> frozenset[str]:
    """Ids of the institutions, companies, events, zones, programmes and products named."""
    return frozenset(m.entry.id for m in glossary.mentions(text) if m.entry.kind in _THINGS)


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


def unknown_names(question: Question, retriever: Retriever, glossary: Glossary) -> bool:
    """Whether a question names something by a name that no document has.

    Args:
        question: As read.
        retriever: Of the documents.
        glossary: Recognises names.
    """
    if question.language == "en" and any(
        _is_unknown(name, retriever, glossary) for name in _proper_names(question.text)
    ):
        return True
    acronyms = set(_ACRONYM.findall(question.search_text)) - _USUAL_ACRONYMS
    is_shouted = not _LOWER.search(question.search_text) and len(acronyms) > _FEW
    return not is_shouted and any(_is_unknown(name, retriever, glossary) for name in acronyms)


def _proper_names(text: str) -> set[str]:
    """Capitalised words within the English sentences that ask; none where all words are so."""
    names = {
        name
        for sentence in _SENTENCE.findall(text)
        if sentence.endswith("?")
        for name in _CAPITALISED.findall(sentence)
    }
    return names if len(_PLAIN.findall(text)) > len(names) else set()


def _is_unknown(name: str, retriever: Retriever, glossary: Glossary) -> bool:
    is_named = glossary.mentions(name) or countries_in(name) or cities_in(name)
    return not is_named and not all(map(retriever.knows, words(name)))


def asks_of_unknown(question: Question, found: Found, retriever: Retriever) -> bool:
    """Whether a question is about something called by a name that nothing found has.

    Such a name stands in quotation marks and says what it is called for: “小微无忧贷”, "Silk Road
    Smart Loan".

    Args:
        question: As read.
        found: What is left of what was found.
        retriever: That found it.
    """
    quoted = map("".join, _QUOTED.findall(question.search_text))
    names = [fold(name) for name in quoted if _NAME_OF_OFFER.search(name)]
    texts = [fold(retriever.context(hit.passage)) for hit in found.hits[:_LOOKED_AT]]
    return any(
        all(_shared_pairs(name, text) < _SAME_NAME for text in texts) for name in names if texts
    )


def _shared_pairs(name: str, text: str) -> float:
    """Share of a name's pairs of letters that a text has."""
    pairs = [name[i : i + 2] for i in range(len(name) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)


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
    countries: frozenset[str]
    partners: frozenset[str]
    """Countries of what it calls Sino-foreign: 中英, China-UK."""
    compares: bool


def named_in(question: Question, glossary: Glossary) -> Named:
    """The things and places that a question names; a city stands for its province as well."""
    cities = cities_in(question.search_text)
    folded = fold(question.search_text)
    return Named(
        things=things_in(question.search_text, glossary),
        forms=tuple(
            folded[mention.start : mention.end]
            for mention in glossary.mentions(question.search_text)
            if mention.entry.kind in _THINGS
        ),
        places=_places_in(asking_part(question.text), glossary) if asks_number(question) else (),
        cities=cities,
        provinces=provinces_in(question.search_text) | {province_of(city) for city in cities},
        countries=question.countries,
        partners=frozenset(
            code
            for pair in _SINO_FOREIGN.findall(question.search_text)
            for code in countries_in(pair.replace("-", " ").replace("–", " ")) - {"CN"}
        ),
        compares=compares(question),
    )


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
    asks_one_thing = not compares(question) and len(clauses(question)) == 1
    return asked if asked <= title and asks_one_thing else frozenset()


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
    if asked.cities and metadata.cities and not asked.cities & cities_in(document.text):
        return True
    if not asked.provinces or not metadata.provinces:
        return False
    if asked.provinces & set(metadata.provinces):
        return False
    text = document.text
    return not (asked.provinces & provinces_in(text) or asked.cities & cities_in(text))


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
