"""What lies in a corpus and is not read, though whoever put it there may think that it is."""

import os
from collections.abc import Iterator
from pathlib import Path

_SIDE_FILE = ".meta.yaml"
_SETTINGS = ("glossary.yaml",)
_ENDINGS = (".yaml", ".yml")


def overlooked(directory: Path) -> Iterator[tuple[Path, str]]:
    """Linked folders, and YAML files that are neither settings nor metadata of a file.

    Hidden files and drafts (`_name`, `name~`) are left out on purpose, and not told of.

    Returns:
        (where it lies, why it is not read and what to do).
    """
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if Path(folder, name).is_symlink():
                yield (
                    Path(folder, name),
                    "a link to a folder, of which nothing is read: move its files here, "
                    "or name the folder in SMEBOT_CORPUS_DIRS",
                )
        for name in sorted(names):
            reason = _why_not_read(name, names)
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
    if not name.endswith(_SIDE_FILE):
        return f"not read: metadata of a file must be named {stem[:-5]}{_SIDE_FILE}"
    described = stem.removesuffix(".meta")
    others = (other for other in beside if not other.lower().endswith(_ENDINGS))
    if any(described in (other, Path(other).stem) for other in others):
        return None
    return f"not read: there is no file {described} that these metadata belong to"
