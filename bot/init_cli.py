"""`smebot init DIR`: the shipped documents, checks and settings, copied to be edited."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from index.shipped import CORPUS_FOLDERS, shipped_root
from index.terminal import EXIT_DONE


def init(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Made if it is not there.", show_default=False)
    ],
) -> int:
    """Copy documents, canned checks and env.example into a folder of your own.

    What lies there already is never overwritten.
    """
    copied = kept = 0
    for source, target in _files(directory):
        if _copy(source, target):
            copied += 1
        else:
            kept += 1
    print(f"{directory}: {copied} files copied" + (f", {kept} were there already" if kept else ""))
    print(
        f"next: cd {directory}; cp -n env.example .env, and edit it; smebot index build; "
        "smebot doctor; smebot run"
    )
    return EXIT_DONE


def _files(directory: Path) -> Iterator[tuple[Path, Path]]:
    """What is to be copied, and where to."""
    root = shipped_root()
    for folder in CORPUS_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            relative = path.relative_to(root)
            if path.is_file() and not any(part.startswith(".") for part in relative.parts):
                yield path, directory / relative
    example = Path(__file__).parent / "deploy" / "env.example"
    yield example, directory / example.name


def _copy(source: Path, target: Path) -> bool:
    """Whether it was copied; not over a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source.open("rb") as given, target.open("xb") as taken:
            shutil.copyfileobj(given, taken)
    except FileExistsError:
        return False
    return True
