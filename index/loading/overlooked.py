"""What lies in a corpus and is not read, though it seems to be, or is read, though a copy."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from index.documents import CHECKS_FOLDER
from index.loading.files import is_there

SIDE_FILE = ".meta.yaml"
_SETTINGS = ("glossary.yaml",)
_BEHIND_LANGUAGE = re.compile(r"(.+\.[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?)[^\w.].*")
_NUMBERED = re.compile(r"(.+?)\s*[(（]\d{1,3}[)）]")
"""What file managers name a copy: `fair.zh (1)`, `fair.zh - 副本`, `notes(2)`."""
_ENDINGS = (".yaml", ".yml")


def side_file(path: Path) -> Path | None:
    """The file with the metadata of another one; None if there is none."""
    for side in (path.with_name(path.name + SIDE_FILE), path.with_suffix(SIDE_FILE)):
        if is_there(side):
            return side
    return None


def overlooked(directory: Path) -> Iterator[tuple[Path, str]]:
    """Linked folders, YAML files that are neither settings nor metadata of a file, and copies.

    Hidden files, drafts (`_name`, `name~`) and canned checks are left out on purpose, and not
    told of.

    Returns:
        (where it lies, why it is not read, or is twice, and what to do).
    """
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if Path(folder) == directory and CHECKS_FOLDER in folders:
            folders.remove(CHECKS_FOLDER)
        for name in folders:
            if Path(folder, name).is_symlink():
                yield (
                    Path(folder, name),
                    "a link to a folder, of which nothing is read: move its files here, "
                    "or name the folder in SMEBOT_CORPUS_DIRS",
                )
        for name in sorted(names):
            reason = _why_not_read(name, names) or _what_it_copies(name, names)
            if reason:
                yield Path(folder, name), reason


def _why_not_read(name: str, beside: list[str]) -> str | None:
    folded = name.lower()
    if not folded.endswith(_ENDINGS) or folded.startswith((".", "_")) or name in _SETTINGS:
        return None
    stem = name[: folded.rindex(".")]
    if f"{stem}.yaml".lower() in _SETTINGS:
        return f"not read: the glossary must be named {_SETTINGS[0]}"
    if not stem.lower().endswith(".meta"):
        return "not read: a YAML file is no document; save its text as .md, or move it away"
    if not name.endswith(SIDE_FILE):
        return f"not read: metadata of a file must be named {stem[:-5]}{SIDE_FILE}"
    described = stem.removesuffix(".meta")
    others = (other for other in beside if not other.lower().endswith(_ENDINGS))
    if any(described in (other, Path(other).stem) for other in others):
        return None
    return f"not read: there is no file {described} that these metadata belong to"


def _what_it_copies(name: str, beside: list[str]) -> str | None:
    path = Path(name)
    matches = (pattern.fullmatch(path.stem) for pattern in (_BEHIND_LANGUAGE, _NUMBERED))
    originals = (match[1] + path.suffix for match in matches if match)
    original = next((other for other in originals if other in beside), None)
    is_read = not name.startswith((".", "_")) and not name.lower().endswith(_ENDINGS)
    if original is None or not is_read:
        return None
    return f"looks like a copy of {original}, and both are read: delete one, or rename it"
