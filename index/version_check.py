"""What differs between the language versions of a document and must not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.documents import Document, Metadata, sources_named
from index.fact_check import unlike_numbers
from index.remark import Remark

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
    remark: Remark
    is_error: bool = True


def unlike_versions(family: Mapping[str, Document]) -> Iterator[Unlike]:
    """What is missing or differs among the versions of one document.

    Args:
        family: The versions by language, one at least.
    """
    missing = [language for language in _REQUIRED_VERSIONS if language not in family]
    if missing:
        first = next(iter(family.values()))
        text = "the version in {languages} is missing"
        remark = Remark.of("version_missing", text, languages=", ".join(missing))
        yield Unlike(first, "", remark, is_error=False)
        return
    zh, en = (family[language] for language in _REQUIRED_VERSIONS)
    for key in _SAME_IN_VERSIONS:
        if _shared(zh.metadata, key) != _shared(en.metadata, key):
            text = "{key} differs from the Chinese version"
            yield Unlike(en, f"{key}:", Remark.of("key_differs", text, key=key))
    for key in _AS_MANY_IN_VERSIONS:
        count, expected = (len(getattr(version.metadata, key)) for version in (en, zh))
        if count != expected:
            text = "{key} has {count} entries, {expected} in the Chinese version"
            remark = Remark.of("entries_differ", text, key=key, count=count, expected=expected)
            yield Unlike(en, f"{key}:", remark)
    caveats = zip(zh.metadata.caveats, en.metadata.caveats, strict=False)
    if any(sources_named(one) != sources_named(other) for one, other in caveats):
        text = "the marks behind the caveats differ from the Chinese version"
        yield Unlike(en, "caveats:", Remark.of("caveat_marks_differ", text))
    unlike = unlike_numbers(zh.text, en.text)
    if unlike:
        numbers = ", ".join(f"{number:f}" for number in sorted(unlike))
        text = "numbers in one language version only: {numbers}"
        yield Unlike(en, "", Remark.of("numbers_differ", text, numbers=numbers))


def _shared(metadata: Metadata, key: str) -> object:
    """What both versions have in common; the names of a source are written in each language."""
    if key != "sources":
        return getattr(metadata, key)
    return [
        (source.url, source.published, source.confidence, source.original_publisher is None)
        for source in metadata.sources
    ]
