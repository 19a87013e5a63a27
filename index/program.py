"""Tells versions of this program apart, so that none takes over what another worked out."""

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_DISTRIBUTION = "smebot"
_NAME_ENDS = "<>=!~;[ ("


@cache
def program_digest() -> str:
    """Changes with the files of this package, with what it is installed with, and with Python."""
    digest = hashlib.sha256(sys.version.encode())
    for file in _files_below(files("index")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    for name in sorted(_needed()):
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()[:16]


def _files_below(folder: Traversable) -> Iterator[Traversable]:
    """Source and data, in one order everywhere; model weights have a name of their own."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in ("__pycache__", "shipped"):
            yield from _files_below(entry)
        elif entry.is_file() and not entry.name.endswith((".safetensors", ".pyc")):
            yield entry


def _needed() -> set[str]:
    try:
        lines = requires(_DISTRIBUTION) or []
    except PackageNotFoundError:  # run from its source
        return set()
    return {_name(line) for line in lines}


def _name(requirement: str) -> str:
    end = next((n for n, sign in enumerate(requirement) if sign in _NAME_ENDS), len(requirement))
    return requirement[:end]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # an extra
        return ""
