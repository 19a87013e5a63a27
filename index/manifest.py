"""What a snapshot was built from, and whether its files are still what they were."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import OutdatedSnapshotError, SnapshotError
from index.remark import Remark
from index.soundness import SoundFiles, checksum_of

FORMAT = 13
"""Raise when the files change, or what is made of the same documents: then all is built anew."""
MANIFEST = "manifest.json"
_SEAL = "checksum"
"""Key of the manifest's own checksum."""
_REMARKS = ("errors", "warnings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot was built from. `documents` maps ids to content hashes.

    `errors` and `warnings` are what `smebot corpus check` said of the corpus then;
    sentences that two documents share are looked for by that command alone. `program` tells
    versions of the program apart. `search_method` is how vectors are searched, in FAISS's words,
    and `recall_at_10` what share of the ten nearest that finds.
    """

    snapshot_id: str
    format: int
    created: str
    encoder: str
    content: str
    program: str
    documents: Mapping[str, str]
    passages: int
    search_method: str
    recall_at_10: float
    errors: Sequence[Remark]
    warnings: Sequence[Remark]
    checksums: Mapping[str, str]

    @property
    def subjects(self) -> int:
        """How many documents there are, each counted once in all its languages."""
        return len(set(map(_subject_of, self.documents)))

    @property
    def created_at(self) -> datetime:
        return datetime.fromisoformat(self.created)


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between a snapshot's documents and others: document ids, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def between(cls, before: Mapping[str, str], after: Mapping[str, str]) -> "Changes":
        """Compare documents by the hashes of their contents."""
        return cls(
            added=tuple(sorted(after.keys() - before.keys())),
            changed=tuple(
                sorted(i for i in after.keys() & before.keys() if after[i] != before[i])
            ),
            removed=tuple(sorted(before.keys() - after.keys())),
        )

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __str__(self) -> str:
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed"


def _subject_of(document: str) -> tuple[str, str]:
    from index.loading.files import parts_of_name  # and with it what reads documents

    name, _, part = document.partition("#")
    return parts_of_name(name)[0], part


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, the last file of a snapshot, with a checksum of itself."""
    values: dict[str, Any] = {
        field.name: getattr(manifest, field.name) for field in fields(manifest)
    }
    values |= {key: [each.as_json() for each in values[key]] for key in _REMARKS}
    sealed = values | {_SEAL: _seal(values)}
    lines = (f"{json.dumps(key)}: {json.dumps(sealed[key], ensure_ascii=False)}" for key in sealed)
    (folder / MANIFEST).write_text("{\n" + ",\n".join(lines) + "\n}", "utf-8")


def _seal(values: Mapping[str, Any]) -> str:
    """sha256 of the manifest's own values, which no other file's checksum covers."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def checksums_of(folder: Path, checksum: Callable[[Path], str] = checksum_of) -> dict[str, str]:
    """sha256 of every file but the manifest, by its path in the folder."""
    return {
        path.relative_to(folder).as_posix(): checksum(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a snapshot folder.

    Raises:
        OutdatedSnapshotError: It is of another version's format.
        SnapshotError: It is missing or damaged.
    """
    try:
        return _manifest_of((folder / MANIFEST).read_bytes())
    except _OutdatedError as error:
        text = "{path}: built by another version of smebot: run `smebot index build`"
        raise OutdatedSnapshotError(Remark.of("outdated_snapshot", text, path=folder)) from error
    except _AlteredError as error:
        raise damaged(folder, f"{MANIFEST} has been altered") from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise damaged(folder, f"{MANIFEST} is missing or damaged") from error


class _OutdatedError(Exception):
    """Of another format."""


class _AlteredError(Exception):
    """Its checksum is another one."""


@lru_cache(maxsize=2)  # a build asks for those of two snapshots, several times
def _manifest_of(content: bytes) -> Manifest:
    values = dict(json.loads(content.decode()))
    if values["format"] != FORMAT:
        raise _OutdatedError
    if values.pop(_SEAL) != _seal(values):
        raise _AlteredError
    manifest = Manifest(**values | {key: tuple(map(Remark.read, values[key])) for key in _REMARKS})
    if not isinstance(manifest.checksums, dict) or not isinstance(manifest.documents, dict):
        raise TypeError("checksums and documents must be objects")
    return manifest


def verify(folder: Path, sound: SoundFiles | None = None) -> Manifest:
    """Compare every file with its checksum.

    Args:
        folder: Of the snapshot.
        sound: Files that need not be read; every file is read if left out.

    Raises:
        SnapshotError: Naming the first file that is missing, altered or too much.
    """
    manifest = read_manifest(folder)
    found = checksums_of(folder, sound.checksum if sound else checksum_of)
    for name in sorted(manifest.checksums.keys() | found.keys()):
        if name not in found:
            raise damaged(folder, f"{name} is missing")
        if found[name] != manifest.checksums.get(name):
            raise damaged(folder, f"{name} has been altered or cut short")
    if sound:
        sound.save()
    return manifest


def damaged(folder: Path, problem: str) -> SnapshotError:
    """An error that names the snapshot, what is wrong with it, and the remedy."""
    text = "snapshot {path}: {problem}: run `smebot index build`, or `smebot index rollback`"
    return SnapshotError(Remark.of("damaged_snapshot", text, path=folder, problem=problem))
