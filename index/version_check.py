"""What differs between the language versions of a document and must not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.documents import Document, Metadata, sources_named
from index.fact_check import unlike_numbers

_REQUIRED_VERSIONS = ("zh", "en")
_SAME_IN_VERSIONS = (
    "topic",
    "countries",
    "provinces",
    "cities",
    "as_of",
    "valid_until",
    "retrospective",
    "sources",
    "event",
    "zone",
    "financing",
)
_AS_MANY_IN_VERSIONS = ("not_covered", "caveats")
"""Texts in the document's own language: each has its counterpart in the other version."""


@dataclass(frozen=True, slots=True)
class Unlike:
    """One difference, and where it is seen: a key of the front matter, or nowhere."""

    document: Document
    place: str
    text: str
    is_error: bool = True


def unlike_versions(family: Mapping[str, Document]) -> Iterator[Unlike]:
    """What is missing or differs among the versions of one document.

    Args:
        family: The versions by language, one at least.
    """
    missing = [language for language in _REQUIRED_VERSIONS if language not in family]
    if missing:
        first = next(iter(family.values()))
        text = f"the version in {', '.join(missing)} is missing"
        yield Unlike(first, "", text, is_error=False)
        return
    zh, en = (family[language] for language in _REQUIRED_VERSIONS)
    for key in _SAME_IN_VERSIONS:
        if _shared(zh.metadata, key) != _shared(en.metadata, key):
            yield Unlike(en, f"{key}:", f"{key} differs from the Chinese version")
    for key in _AS_MANY_IN_VERSIONS:
        count, expected = (len(getattr(version.metadata, key)) for version in (en, zh))
        if count != expected:
            text = f"{key} has {count} entries, {expected} in the Chinese version"
            yield Unlike(en, f"{key}:", text)
    caveats = zip(zh.metadata.caveats, en.metadata.caveats, strict=False)
    if any(sources_named(one) != sources_named(other) for one, other in caveats):
        text = "the marks behind the caveats differ from the Chinese version"
        yield Unlike(en, "caveats:", text)
    unlike = unlike_numbers(zh.text, en.text)
    if unlike:
        numbers = ", ".join(f"{number:f}" for number in sorted(unlike))
        yield Unlike(en, "", f"numbers in one language version only: {numbers}")


def _shared(metadata: Metadata, key: str) -> object:
    """What both versions have in common; the names of a source are written in each language."""
    if key != "sources":
        return getattr(metadata, key)
    return [
        (source.url, source.published, source.confidence, source.original_publisher is None)
        for source in metadata.sources
    ]
