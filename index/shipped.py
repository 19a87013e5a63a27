"""The documents that come with an installed program; a clone has them at its top level."""

from pathlib import Path

SHIPPED = Path(__file__).parent / "shipped"
"""Holds `seeds` and `corpus`, the canned checks within that; a clone has no such folder."""
CORPUS_FOLDERS = ("seeds", "corpus")
"""Where documents lie in the folder that the program is run in, in a clone, and in `SHIPPED`."""
HOW_TO_OWN = (
    "it came with the program and would be lost with its next version: copy all of them with "
    "`smebot init DIR`, and run smebot there"
)


def shipped_root() -> Path:
    """The folder that holds `CORPUS_FOLDERS` as the program ships them."""
    return SHIPPED if SHIPPED.is_dir() else Path(__file__).parents[1]


def default_corpus_dirs() -> tuple[Path, ...]:
    """Those of the current directory; what was shipped where it has no corpus."""
    own = tuple(map(Path, CORPUS_FOLDERS))
    if own[-1].is_dir() or not SHIPPED.is_dir():
        return own
    return tuple(SHIPPED / name for name in CORPUS_FOLDERS)


def is_shipped(path: Path) -> bool:
    """Whether a file or folder belongs to the installed program, which nobody edits."""
    return path.resolve().is_relative_to(SHIPPED)
