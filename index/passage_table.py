"""What search asks of all passages, in arrays: language, versions, document."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.document_store import Catalogue
from index.documents import Passage
from index.language import primary
from index.vector_store import Selection

_KINDS, _KIND_OF, _FIRST = "kinds.json", "kind_of_passage.npy", "first_passage.npy"
_FALLBACKS = ("en", "zh")
"""Which version of a document is taken where it has none in the language that is wanted."""


def version_for(language: str, versions: Mapping[str, str]) -> str:
    """The document id to read: same language, same language in another script, a fallback.

    Args:
        language: That is wanted.
        versions: Language -> document id; at least one.
    """
    for wanted in (language, *_FALLBACKS):
        if wanted in versions:
            return versions[wanted]
        for code, document in versions.items():
            if primary(code) == primary(wanted):
                return document
    return next(iter(versions.values()))


@dataclass(frozen=True, slots=True)
class Kind:
    """What decides whether a passage is searched for a question; a corpus has some dozens.

    Attributes:
        language: Of the passage, script and region left out.
        version: The language of its document; empty if another document takes its place.
        versions: The languages that its document exists in.
    """

    language: str
    version: str
    versions: tuple[str, ...]

    def is_for(self, language: str) -> bool:
        """Whether this version of the document is the one for readers of a language."""
        return version_for(language, {code: code for code in self.versions}) == self.version


@dataclass(frozen=True, slots=True)
class PassageTable:
    """The passages of a snapshot, in the order of their documents.

    Attributes:
        kinds: All kinds there are.
        kind_of: int16, (passages,), positions in `kinds`.
        first: int64, (documents + 1,); the passages of document i are first[i] to first[i + 1].
    """

    kinds: Sequence[Kind]
    kind_of: npt.NDArray[np.int16]
    first: npt.NDArray[np.int64]

    @classmethod
    def build(cls, passages: Sequence[Passage], catalogue: Catalogue) -> "PassageTable":
        """Read off the passages of a snapshot.

        Args:
            passages: In the order of their documents.
            catalogue: Of these documents.
        """
        versions = catalogue.versions()
        counts = {name: len(list(of)) for name, of in groupby(passages, attrgetter("document"))}
        kinds: dict[Kind, int] = {}
        kind_of = []
        described = zip(catalogue.ids, catalogue.stems, catalogue.languages, strict=True)
        documents = {identity: (stem, language) for identity, stem, language in described}
        for passage in passages:
            stem, language = documents[passage.document]
            is_read = versions[stem][language] == passage.document
            kind = Kind(
                primary(passage.language), language if is_read else "", tuple(versions[stem])
            )
            kind_of.append(kinds.setdefault(kind, len(kinds)))
        first = np.cumsum([0, *(counts.get(identity, 0) for identity in catalogue.ids)])
        return cls(tuple(kinds), np.array(kind_of, np.int16), first.astype(np.int64))

    @classmethod
    def load(cls, folder: Path) -> "PassageTable":
        """Open what `save` wrote; the arrays stay on the disk until they are used."""
        kinds = json.loads((folder / _KINDS).read_text("utf-8"))
        return cls(
            tuple(Kind(language, version, tuple(of)) for language, version, of in kinds),
            np.load(folder / _KIND_OF, mmap_mode="r"),
            np.load(folder / _FIRST, mmap_mode="r"),
        )

    def save(self, folder: Path) -> None:
        """Write three files into a folder."""
        kinds = [[kind.language, kind.version, kind.versions] for kind in self.kinds]
        (folder / _KINDS).write_text(json.dumps(kinds), "utf-8")
        np.save(folder / _KIND_OF, self.kind_of)
        np.save(folder / _FIRST, self.first)

    def __len__(self) -> int:
        return len(self.kind_of)

    @property
    def languages(self) -> list[str]:
        """The languages that passages are in, script and region left out, sorted."""
        return sorted({kind.language for kind in self.kinds})

    def rows_of(self, document: int) -> range:
        """The rows of a document's passages.

        Args:
            document: Its place among all.
        """
        return range(int(self.first[document]), int(self.first[document + 1]))

    def languages_of(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.str_]:
        """The languages of some passages, script and region left out."""
        return np.array([kind.language for kind in self.kinds])[self.kind_of[rows]]

    def searched(self, language: str, *, written_in: str) -> Selection:
        """Which passages are searched for a question, of those in one language.

        Args:
            language: Of the question.
            written_in: Of the passages, script and region left out.
        """
        chosen = [kind.language == written_in and kind.is_for(language) for kind in self.kinds]
        mask = np.array(chosen, bool)
        return Selection(mask[self.kind_of], np.flatnonzero(mask).tolist())
