"""YAML files -> checks."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.checks.values import Check
from bot.errors import CheckFileError
from index import Remark
from index.errors import DocumentError
from index.loading import load_yaml
from index.validation import explain

_ENDINGS = (".yaml", ".yml")


def load_checks(paths: Sequence[Path]) -> list[Check]:
    """All checks of files, and of all .yaml and .yml files below folders, in order.

    Raises:
        CheckFileError: Naming the file and the entry that is not sound.
    """
    checks: dict[str, Check] = {}
    for path in _files(paths):
        for check in _read(path):
            if check.id in checks:
                text = "{path}: the id '{check}' stands twice"
                raise CheckFileError(Remark.of("check_twice", text, path=path, check=check.id))
            checks[check.id] = check
    if not checks:
        text, places = "no checks in {path}: name .yaml files or a folder", map(str, paths)
        raise CheckFileError(Remark.of("no_checks", text, path=", ".join(places)))
    return list(checks.values())


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            text = (
                "{path}: no such file or folder: name another, set SMEBOT_CHECK_DIRS, "
                "or name a check with --id"
            )
            raise CheckFileError(Remark.of("no_check_folder", text, path=path))
        found += _below(path) if path.is_dir() else [path]
    return found


def _below(folder: Path) -> list[Path]:
    """Files of checks in a folder and in its folders, linked ones as well, each once."""
    found: dict[Path, Path] = {}
    for where, folders, names in os.walk(folder, followlinks=True):
        real = {Path(where, name).resolve(): name for name in sorted(folders)}
        above = {Path(where).resolve(), *Path(where).resolve().parents}
        # a link to a folder above would lead in circles
        folders[:] = [name for path, name in real.items() if path not in above]
        for name in sorted(names):
            if name.lower().endswith(_ENDINGS) and not name.startswith("."):
                found.setdefault(Path(where, name).resolve(), Path(where, name))
    return sorted(found.values())


def _read(path: Path) -> list[Check]:
    try:
        return parse_checks(path.read_text("utf-8"), path)
    except UnicodeDecodeError as error:
        raise CheckFileError(f"{path}: not UTF-8: save it with that encoding") from error


def parse_checks(text: str, path: Path) -> list[Check]:
    """The checks that a text holds, in order.

    Args:
        text: Of a file.
        path: Named where it is not sound.

    Raises:
        CheckFileError: It is not.
    """
    try:
        content = load_yaml(text, path)
    except DocumentError as error:
        raise CheckFileError(str(error)) from error
    if not isinstance(content, dict) or not isinstance(content.get("checks"), list):
        raise CheckFileError(f"{path}: the key 'checks' with a list is missing")
    defaults = {key: value for key, value in content.items() if key != "checks"}
    return [_check(path, n, defaults, entry) for n, entry in enumerate(content["checks"], 1)]


def _check(path: Path, number: int, defaults: dict[str, Any], entry: object) -> Check:
    if not isinstance(entry, dict):
        raise CheckFileError(f"{path}, entry {number}: must be `key: value` lines")
    try:
        return Check.model_validate(defaults | entry)
    except ValidationError as error:
        name = entry.get("id") or number
        raise CheckFileError(f"{path}, entry {name}: {explain(error, Check)}") from error
