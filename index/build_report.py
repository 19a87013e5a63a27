"""What a build did, and what differs between two sets of documents."""

from dataclasses import dataclass

from index.corpus_check import Finding
from index.errors import CorpusIndexError
from index.loading import Note
from index.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between a snapshot's documents and others: document ids, sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __str__(self) -> str:
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did. `encoded` counts the passages whose vectors were not in the cache.

    `problems` left documents out; `errors` are all that `smebot corpus check` calls so, these
    among them; `notes` say what was assumed in reading. An unchanged corpus is not checked anew.
    """

    manifest: Manifest
    changes: Changes
    problems: tuple[CorpusIndexError, ...]
    errors: tuple[CorpusIndexError | Finding, ...]
    notes: tuple[Note, ...]
    encoded: int
    is_new: bool
    is_published: bool = False
