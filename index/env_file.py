"""Reads `.env` before the settings do: what cannot be understood there is named."""

import io
import re
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream

from index.errors import SettingsError

ENV_FILE = ".env"
_NAME = re.compile(r"[\w.-]+", re.ASCII)
_AS_UTF8 = "save it as UTF-8 text (in most editors under `Save as`)"


def variables(path: Path, prefix: str) -> set[str]:
    """The names that the file sets, as they are written; none if there is no file.

    Args:
        path: Of the file.
        prefix: Of our own variables; lines of others are left alone.

    Raises:
        SettingsError: It cannot be read, is no UTF-8 text, or one of our lines sets nothing.
    """
    text = _text(path)
    for binding in parse_stream(io.StringIO(text)):
        fault = _fault(binding, prefix)
        if fault:
            line = binding.original.line + _blank_lines(binding.original.string)
            raise SettingsError(f"{path}, line {line}: {fault}")
    return set(dotenv_values(stream=io.StringIO(text)))


def _text(path: Path) -> str:
    try:
        if path.is_dir():  # docker makes one where a file is to be mounted that is not there
            raise SettingsError(f"{path} is a folder: remove it, or write the settings as a file")
        text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text: {_AS_UTF8}") from error
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read ({error.strerror}): give the user who runs smebot the right "
            "to read it"
        ) from error
    if "\0" in text:
        raise SettingsError(f"{path} holds zero bytes, which no text has: {_AS_UTF8}")
    return text


def _fault(binding: Binding, prefix: str) -> str | None:
    is_ours = prefix in binding.original.string.upper()
    if binding.error and is_ours:
        return "not understood: write NAME=value, and close every quotation mark"
    if not binding.key or not is_ours:
        return None
    # what stands behind the name may be a secret
    name = _NAME.match(binding.key)
    if name and name[0] != binding.key:
        return f"no plain = stands behind {name[0]}: write {name[0]}=value"
    if binding.value is None:
        return f"{binding.key} has no value: write {binding.key}=value, or take the line out"
    return None


def _blank_lines(written: str) -> int:
    """How many empty lines stand before a statement, where the parser lets it begin."""
    return written[: -len(written.lstrip()) or None].count("\n")
