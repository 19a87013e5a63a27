"""What can go wrong in the index, each error saying what to do.

CorpusIndexError
├── DocumentError            one file cannot be read as a document
├── NoDocumentsError         nothing to build from
├── EncoderMismatchError     snapshot and configured encoder do not belong together
├── ModelError               the encoder's files cannot be had
├── SnapshotError            missing, damaged or unreadable snapshot
│   └── OutdatedSnapshotError  of another version's format
├── VectorsAwayError         the engine that searches vectors cannot be asked
├── SharedSnapshotsError     where replicas fetch snapshots from cannot be reached
├── BuildEngineError         the machines that should do the work of a build cannot
├── MissingPackageError      a setting needs a package that is not installed
├── PublicationBlockedError  something speaks against serving a snapshot
├── BuildLockedError         another build is running
├── GlossaryError            the glossary is not sound
├── EvaluationError          a labelled set is not sound
├── SkeletonError            a new document cannot be begun under this name
└── SettingsError            a setting is unknown or has a wrong value
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.remark import Remark


class CorpusIndexError(Exception):
    """Base of all errors of this package; its text is one line for the person at the keyboard.

    What staff are told elsewhere, and so in other languages, is given as a `Remark`.
    """


class DocumentError(CorpusIndexError):
    """One file cannot be read as a document; the others can."""

    def __init__(
        self, path: Path, problem: str, *, line: int | None = None, cause: str = "unreadable"
    ) -> None:
        name = "" if cause == "unreadable" else f"cannot_{cause}"
        place, said = (t.encode("utf-8", "replace").decode() for t in (str(path), problem))
        super().__init__(Remark(said, name, path=place, line=line or 0))
        self.path = path
        self.problem = problem
        self.line = line
        self.cause = cause
        """One of `extracted.Cause`, for whoever says it in another language."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Its parts, so that it can travel from one process to another."""
        return _document_error, (self.path, self.problem, self.line, self.cause)


def _document_error(path: Path, problem: str, line: int | None, cause: str) -> DocumentError:
    return DocumentError(path, problem, line=line, cause=cause)


class NoDocumentsError(CorpusIndexError):
    """There is nothing to build an index from."""


class EncoderMismatchError(CorpusIndexError):
    """The snapshot and the configured encoder do not belong together."""

    def __init__(self, *, snapshot: str, configured: str) -> None:
        text = (
            "the index was built with '{snapshot}', the settings name '{configured}': "
            "run `smebot index build`, or set SMEBOT_ENCODER_MODEL back"
        )
        super().__init__(
            Remark.of("other_encoder", text, snapshot=snapshot, configured=configured)
        )
        self.snapshot = snapshot
        self.configured = configured


class ModelError(CorpusIndexError):
    """The encoder's files cannot be had or used."""


class SnapshotError(CorpusIndexError):
    """A snapshot is missing, damaged or of another format."""


class OutdatedSnapshotError(SnapshotError):
    """A snapshot has the format of another version of the program."""


class VectorsAwayError(CorpusIndexError):
    """The engine that searches vectors cannot be asked, or does not hold what it should."""

    def __init__(self, uri: str, problem: str, remedy: str = "") -> None:
        remedy = remedy or "look with `smebot doctor`, or set SMEBOT_VECTOR_STORE=faiss"
        super().__init__(f"Milvus at {uri}: {problem}: {remedy}")
        self.uri = uri
        self.problem = problem


class SharedSnapshotsError(CorpusIndexError):
    """The place that replicas fetch snapshots from cannot be reached or written."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(
            f"{url}: {problem}: see whether SMEBOT_SNAPSHOTS_URL is right and can be reached"
        )
        self.url = url


class BuildEngineError(CorpusIndexError):
    """The machines that should do the work of a build cannot."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"Ray: {problem}: look with `ray status`, or build without `--engine ray`"
        )
        self.problem = problem


class MissingPackageError(CorpusIndexError):
    """A setting needs a package that is not installed."""

    def __init__(self, wanted: str, package: str, *, extra: str) -> None:
        super().__init__(
            f"{wanted} needs the package {package}: install it with `pip install "
            f"'smebot[{extra}]'`"
        )
        self.package = package


class PublicationBlockedError(CorpusIndexError):
    """Something speaks against serving a snapshot, and nobody gave a reason to do it."""

    def __init__(self, snapshot: str, objections: Sequence[Remark]) -> None:
        more = f" (and {len(objections) - 1} more)" if len(objections) > 1 else ""
        super().__init__(
            f"{snapshot} is not published: {objections[0]}{more}: mend that and build again, or "
            f'publish it as it is with `smebot index publish {snapshot} --override "REASON"`'
        )
        self.snapshot = snapshot
        self.objections = tuple(objections)


class BuildLockedError(CorpusIndexError):
    """Another build is at work in the same data directory."""

    def __init__(self, data_dir: Path, *, by: str, since: str) -> None:
        who = f" ({by}, since {since} UTC)" if by else ""
        super().__init__(
            f"another build is running in {data_dir}{who}: wait until it is done, then try again"
        )
        self.by = by
        """Empty where that is not known."""
        self.since = since


class GlossaryError(CorpusIndexError):
    """The glossary is not sound."""


class SettingsError(CorpusIndexError):
    """A setting is unknown or has a wrong value."""


class EvaluationError(CorpusIndexError):
    """A labelled set is not sound."""


class SkeletonError(CorpusIndexError):
    """A new document cannot be begun under this name."""
