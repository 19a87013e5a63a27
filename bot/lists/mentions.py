"""Which documents tell of something that is no filter of a list."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.lists.vocabulary import LETTER
from bot.stopwords import stopwords
from index import Document, Glossary, Retriever
from index.glossary import EntryKind, fold
from index.structure import Kind, units

_DENIES = re.compile(r"[没未不无]|\b(?:not?|without|none|nor)\b")
_CLAUSE = re.compile(r"[，；]")


def telling_of(
    phrase: str, documents: Sequence[Document], retriever: Retriever, glossary: Glossary
) -> list[Document]:
    """The documents that tell of something, in any of their languages.

    What they only say not to be so, or not to be known, they do not tell of. A single character,
    numbers and words that name nothing are not looked for.
    """
    folded = fold(phrase)
    has_letters = re.search(r"[^\W\d_]", folded)
    if len(folded) < 2 or not has_letters or stopwords().issuperset(folded.split()):
        return []
    pattern = re.escape(folded)
    if re.match(LETTER, folded):
        pattern = rf"(?<!{LETTER}){pattern.removesuffix('s')}s?(?!{LETTER})"
    places = _places_in(phrase, glossary)
    snapshot = retriever.snapshot

    def tells(version: str) -> bool:
        told = _without_denials(snapshot.documents[version].text)
        has_it = re.search(pattern, told) is not None
        return has_it and (not places or places <= _places_in(told, glossary))

    return [d for d in documents if any(map(tells, snapshot.versions[d.stem].values()))]


def _places_in(text: str, glossary: Glossary) -> set[str]:
    """The places of the glossary in a text: 中东欧 does not name 中东."""
    return {m.entry.id for m in glossary.mentions(text) if m.entry.kind is EntryKind.PLACE}


@lru_cache(maxsize=2**9)
def _without_denials(text: str) -> str:
    clauses = (
        fold(clause)
        for unit in units(text)
        if unit.kind is not Kind.HEADING
        for clause in _CLAUSE.split(text[unit.start : unit.end])
    )
    return "\n".join(clause for clause in clauses if not _DENIES.search(clause))
