"""Every sentence that the program itself says to a user, one YAML file a language.

Quotes come from documents and are never here. A key means the same in every file.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from index import primary, to_traditional

LANGUAGES = ("zh", "en", "ru", "ja", "ko", "ar")
INTERFACE_LANGUAGES = ("zh", "en")
_FALLBACK = "en"


def text(key: str, to: str, **values: object) -> str:
    """The sentence of this key in a language, English where there is none in it.

    Args:
        key: As in the files.
        to: The language, BCP 47; `zh-Hant` is turned from `zh`.
        values: What stands for the `{placeholders}`.
    """
    sentence = str(_sentences(_closest(to))[key]).format(**values)
    return to_traditional(sentence) if to == "zh-Hant" else sentence


def interface(key: str, to: str, **values: object) -> str:
    """A sentence of the chat interface, which speaks Chinese in both scripts and English.

    Args:
        key: As in the files `interface.*.yaml`.
        to: The language, BCP 47; all others get English.
        values: What stands for the `{placeholders}`.
    """
    code = primary(to) if primary(to) in INTERFACE_LANGUAGES else _FALLBACK
    sentence = str(_sentences(f"interface.{code}")[key]).format(**values)
    return to_traditional(sentence) if to == "zh-Hant" else sentence


def phrases(key: str) -> dict[str, list[str]]:
    """The lists of a key, by language."""
    return {language: list(_sentences(language)[key]) for language in LANGUAGES}


def _closest(language: str) -> str:
    return primary(language) if primary(language) in LANGUAGES else _FALLBACK


@cache
def _sentences(name: str) -> dict[str, Any]:
    source = files(__name__).joinpath(f"{name}.yaml").read_text("utf-8")
    return dict(yaml.safe_load(source))
