"""What a build did."""

from dataclasses import dataclass

from index.build_lock import Builder
from index.errors import CorpusIndexError
from index.loading import Note
from index.manifest import Changes, Manifest
from index.remark import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did. `encoded` counts the passages whose vectors were not in the cache.

    `problems` left documents out; `errors` are all that `smebot corpus check` calls so, these
    among them; `notes` say what was assumed in reading. An unchanged corpus is not checked anew.
    `unfinished` is who began the build before, if that was interrupted: this one has used what it
    had encoded.
    """

    manifest: Manifest
    changes: Changes
    problems: tuple[CorpusIndexError, ...]
    errors: tuple[Remark, ...]
    notes: tuple[Note, ...]
    encoded: int
    is_new: bool
    is_published: bool = False
    objections: tuple[Remark, ...] = ()
    """Why it was not published."""
    unfinished: Builder | None = None
