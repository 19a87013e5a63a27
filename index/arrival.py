"""A file that is handed over for the corpus: what it holds, and what it seems to be about."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from index.dates import Days, dates_in
from index.documents import Confidence, Document, Metadata
from index.errors import DocumentError
from index.fact_check import disagreements
from index.glossary import Glossary
from index.language import UNKNOWN, letters_of
from index.loading import is_document, is_readable, load_corpus, parts_of_name
from index.loading.decoding import encoding_of
from index.loading.extraction.extracted import Cause
from index.partial_date import PartialDate
from index.structure import Kind, units

_NAME_CHARS, _NAME_BYTES = 60, 120
_BEGINNING_CHARS = 200
_TITLE_CHARS = 80
_HEAD_CHARS, _TAIL_CHARS = 1_500, 500
"""Where papers say of when they are: at the top, or below the signature at the end."""
_MOST = 3
"""So many guesses of one thing are offered."""
_VALIDITY = re.compile(
    r"有效期[^。；\n]{0,40}|(?:施行|执行|适用)至[^。；\n]{0,20}"
    r"|\b(?:valid (?:until|through|to)|expires?(?: on)?)\b[^.;\n]{0,40}",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 2
_CHECKED = ("cities", "event", "zone", "financing")
"""Typed facts that can be looked up in a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file that was read and does not lie in the corpus yet."""

    name: str
    """What it may be called there: no folder, no language, nothing hidden or reserved."""
    given_name: str
    documents: tuple[Document, ...]
    notes: tuple[str, ...]
    """What was left out or assumed in reading it, but for its encoding."""
    encoding: str
    """Which one was assumed; empty where that was plain."""
    describes_itself: bool
    """Whether it has front matter, so that nothing is to be asked."""

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n\n".join(document.text for document in self.documents)

    @property
    def beginning(self) -> str:
        """Its first words, without marks of headings and lists."""
        text = self.documents[0].text[:_HEAD_CHARS]
        said = (text[unit.quote_start : unit.end] for unit in units(text))
        return " ".join(" ".join(said).split())[:_BEGINNING_CHARS]

    @property
    def language(self) -> str:
        """Of its only document, BCP 47; `und` where there are several, or no letters."""
        return self.documents[0].metadata.language if len(self.documents) == 1 else UNKNOWN

    def titles(self) -> list[str]:
        """What it may be called, best first: its own title, its first heading, its name."""
        named = Path(self.given_name).stem.replace("_", " ").strip() or self.name
        first = self.documents[0]
        own = first.metadata.title if len(self.documents) == 1 else ""
        if own.replace("_", " ") == Path(self.name).stem.replace("_", " "):
            own = ""  # only its name, put in order
        headings = (
            first.text[unit.quote_start : unit.end]
            for unit in units(first.text[:_HEAD_CHARS])
            if unit.kind is Kind.HEADING
        )
        heading = next(headings, "") if len(self.documents) == 1 else ""
        return _distinct((own, heading, named))

    def days(self, today: date) -> list[str]:
        """When it may have been published: its own day, then those at its end and its top."""
        own = self.documents[0].metadata.as_of
        text = self.text
        found = [*dates_in(text[-_TAIL_CHARS:]), *dates_in(text[:_HEAD_CHARS])]
        named = [day for span in found if span[0] <= today and (day := _written(span))]
        exact = sorted(named, key=len, reverse=True)  # days before months
        return _distinct((str(own) if own else "", *exact))

    def valid_until(self, today: date) -> list[str]:
        """The last day that it may hold, where it names one that has not passed."""
        found = (dates_in(said) for said in _VALIDITY.findall(self.text))
        last = (max(days, key=lambda span: span[1]) for days in found if days)
        return _distinct(_written(span) for span in last if span[1] >= today)


def read_arrival(given_name: str, content: bytes) -> Arrival:
    """Read a file as if it lay in the corpus.

    Raises:
        DocumentError: It cannot be read; `cause` says why, as far as people are told.
        OSError: There is no room to put it aside.
    """
    name = tidy_name(given_name)
    if not is_readable(name):
        raise DocumentError(Path(name), "no reader for such files", cause=Cause.UNKNOWN_TYPE)
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        is_described = name.endswith(".md") and content.lstrip(b"\xef\xbb\xbf \r\n").startswith(
            b"---"
        )
        loaded = load_corpus([Path(folder)])
    if loaded.problems:
        raise loaded.problems[0]
    notes = [note.text for note in loaded.notes]
    return Arrival(
        name=name,
        given_name=given_name,
        documents=loaded.documents,
        notes=tuple(note for note in notes if not encoding_of(note)),
        encoding=next(filter(None, map(encoding_of, notes)), ""),
        describes_itself=is_described,
    )


def tidy_name(given: str) -> str:
    """A file's name as it may stand in the corpus: its ending in small letters, no language."""
    path = Path(unicodedata.normalize("NFC", given).replace("\\", "/"))
    stem, _ = parts_of_name(path.stem)
    stem = re.sub(r"\W+", "-", stem)[:_NAME_CHARS].strip("-_")
    stem = stem.encode()[:_NAME_BYTES].decode(errors="ignore")
    name = f"{stem or 'document'}{path.suffix.lower()}"
    return name if is_document(name) else f"document-{name}"


def publishers_named(text: str, documents: Iterable[Document]) -> list[str]:
    """Publishers that stand behind documents and are named in a text, the most frequent first."""
    known = Counter(
        name
        for document in documents
        for source in document.metadata.sources
        if source.confidence is not Confidence.KNOWN and (name := source.author)
    )
    letters = letters_of(text)
    return [
        name
        for name, _ in known.most_common()
        if len(name) > _FEWEST_LETTERS and letters_of(name) in letters
    ][:_MOST]


def inherit(metadata: Metadata, old: Metadata, text: str, glossary: Glossary) -> Metadata:
    """What is known of a new version, with whom the old one concerned.

    Of the old one's typed facts those are kept that the new text bears out.
    """
    concerned = {"countries": old.countries, "provinces": old.provinces}
    metadata = metadata.model_copy(update=concerned)
    for key in _CHECKED:
        with_it = metadata.model_copy(update={key: getattr(old, key)})
        document = Document(id="new", stem="new", metadata=with_it, text=text)
        if not any(disagreements(document, glossary)):
            metadata = with_it
    return metadata


def _written(span: Days) -> str:
    """A day or a month; a year is too little to go by."""
    first, last = span
    if first == last:
        return first.isoformat()
    month = PartialDate.parse(f"{first:%Y-%m}")
    return month.text if (month.first, month.last) == span else ""


def _distinct(values: Iterable[str]) -> list[str]:
    """The first few of them that say something, each once."""
    shown = (" ".join(value.split())[:_TITLE_CHARS] for value in values)
    kept: Sequence[str] = [*dict.fromkeys(filter(None, shown))]
    return list(kept[:_MOST])
