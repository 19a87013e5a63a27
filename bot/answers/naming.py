"""Names in a question: what they are in full, in other words, and whether anybody knows them."""

import re
from functools import lru_cache

from bot.answers.question import Question, whole_words
from index import (
    THINGS,
    EntryKind,
    Found,
    Glossary,
    Retriever,
    asks_number,
    cities_in,
    countries_in,
    fold,
    words,
)

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
_NAME_OF_LAW = re.compile(r"[法例]$")
_NAME_OF_OFFER = re.compile(
    r"[贷貸险險保通宝寶卡券]$|(?:计划|計劃|項目|项目|基金|平台|行动|行動|工程|方案|试点|"
    r"補貼|补贴|專項|专项|产品|產品)$"
    r"|^(?:[A-Z][\w-]+ ?){2,}$"
)
_SAME_NAME = 0.7
_SAME_LAW = 0.9
"""Shares of the pairs of letters of a name: laws are called much alike."""
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
    if len(telling) != 1 or len(whole) == 1 or asks_number(question.text):
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
        if entry.kind in THINGS or entry.kind is EntryKind.POLICY
    )


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
    Smart Loan", 《中小企业促进法》.

    Args:
        question: As read.
        found: What is left of what was found.
        retriever: That found it.
    """
    quoted = ["".join(parts) for parts in _QUOTED.findall(question.search_text)]
    offers = [(fold(name), _SAME_NAME) for name in quoted if _NAME_OF_OFFER.search(name)]
    laws = [(fold(name), _SAME_LAW) for name in quoted if _NAME_OF_LAW.search(name)]
    texts = [fold(retriever.context(hit.passage)) for hit in found.hits[:_LOOKED_AT]]
    return bool(texts) and any(
        all(_shared_pairs(name, text) < enough for text in texts)
        for name, enough in (*offers, *laws)
    )


def _shared_pairs(name: str, text: str) -> float:
    """Share of a name's pairs of letters that a text has."""
    pairs = [name[i : i + 2] for i in range(len(name) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)
