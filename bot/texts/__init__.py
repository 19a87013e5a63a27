"""Every sentence that the program itself says to a user, one YAML file a language.

Quotes come from documents and are never here. A key means the same in every file.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, partial
from importlib.resources import files
from typing import Any

from bot.shipped import parsed
from index import Remark
from index.language import primary, to_traditional, to_traditional_wording

LANGUAGES = ("zh", "en", "ru", "vi", "es", "ja", "ko", "ar")
INTERFACE_LANGUAGES = ("zh", "en", "ru", "vi", "es", "ar")
REPORT_LANGUAGES = ("zh", "en")
_FALLBACK = "en"
_RIGHT_TO_LEFT = frozenset({"ar"})
_STATUS = re.compile(r"[a-z]+(?:_[a-z]+)*")
"""The status of an answer as it stands in a remark."""
_ISOLATE, _END = "\u2068", "\u2069"
"""FIRST STRONG ISOLATE and its end. Source: Unicode Standard Annex 9, section 2.4."""


def text(key: str, to: str, **values: object) -> str:
    """The sentence of this key in a language, English where there is none in it.

    Args:
        key: As in the files.
        to: The language, BCP 47; `zh-Hant` is turned from `zh`.
        values: What stands for the `{placeholders}`.
    """
    return _sentence(_nearest(to, LANGUAGES), key, to, values)


def interface(key: str, to: str, **values: object) -> str:
    """A sentence of the chat interface, which speaks `INTERFACE_LANGUAGES`.

    Args:
        key: As in the files `interface.*.yaml`.
        to: The language, BCP 47; all others get English.
        values: What stands for the `{placeholders}`.
    """
    return _sentence(f"interface.{_nearest(to, INTERFACE_LANGUAGES)}", key, to, values)


def report(key: str, to: str, **values: object) -> str:
    """A sentence of staff's report; it and their other pages are in `REPORT_LANGUAGES`.

    Args:
        key: As in the files `report.*.yaml`.
        to: The language, BCP 47; all others get English.
        values: What stands for the `{placeholders}`.
    """
    return _sentence(f"report.{_nearest(to, REPORT_LANGUAGES)}", key, to, values)


def review(key: str, to: str, **values: object) -> str:
    """A sentence of the page that staff look at before they publish; as in `report`."""
    return _sentence(f"review.{_nearest(to, REPORT_LANGUAGES)}", key, to, values)


def checks(key: str, to: str, **values: object) -> str:
    """A sentence of the page of how the canned checks went; as in `report`."""
    return _sentence(f"checks.{_nearest(to, REPORT_LANGUAGES)}", key, to, values)


def remark(said: Remark, to: str) -> str:
    """What is to be mended or was not done, with its place and what it comes from.

    Names of files, keys and quotes stay as they are.

    Args:
        said: In English, and as data.
        to: The language, BCP 47; all but Chinese get English, and so does what has no name.
    """
    sentences = _sentences(
        f"remarks.{_nearest(to, REPORT_LANGUAGES)}", in_traditional=to == "zh-Hant"
    )
    values = said.values
    if said.name == "other_status" and _nearest(to, REPORT_LANGUAGES) != _FALLBACK:
        values = {name: _STATUS.sub(partial(_status, to), told) for name, told in values.items()}
    try:
        text = str(sentences[said.name]).format(**values)
    except KeyError:  # also one that an earlier version of the program wrote down
        text = said.text
    if said.details:
        text = sentences["because"].format(said=text, details=remarks(said.details, to))
    if not said.path:
        return text
    place = sentences["in_line" if said.line else "in_file"]
    return str(place.format(path=said.path, line=said.line, said=text))


def _status(to: str, found: re.Match[str]) -> str:
    return report(f"status_{found[0]}", to)


def remarks(said: Sequence[Remark], to: str) -> str:
    """Several in one line."""
    name = f"remarks.{_nearest(to, REPORT_LANGUAGES)}"
    separator = str(_sentences(name, in_traditional=to == "zh-Hant")["and"])
    return separator.join(remark(each, to) for each in said)


def phrases(key: str) -> dict[str, list[str]]:
    """The lists of a key, by language."""
    return {language: list(_sentences(language)[key]) for language in LANGUAGES}


def isolated(value: str, to: str) -> str:
    """A name or command as it may stand in a line of a language.

    A line that begins with a Latin name is laid out from left to right, and signs beside one
    change places: in a language written from right to left it is kept apart from its line.

    Args:
        value: What stands in the line.
        to: The language of the line, BCP 47.
    """
    if not is_right_to_left(to):
        return value
    directions = (unicodedata.bidirectional(character) for character in value)
    first = next((each for each in directions if each in ("L", "R", "AL")), "")
    return f"{_ISOLATE}{value}{_END}" if first == "L" else value


def in_script_of(language: str, words: str) -> str:
    """A title or a name as it stands in a line of a language: in traditional characters or not.

    Args:
        language: Of the line, BCP 47.
        words: As a document or the glossary has them.
    """
    return to_traditional(words) if language == "zh-Hant" else words


def is_right_to_left(language: str) -> bool:
    """Whether a language, BCP 47, is written from right to left."""
    return primary(language) in _RIGHT_TO_LEFT


def _sentence(name: str, key: str, to: str, values: dict[str, object]) -> str:
    in_traditional = to == "zh-Hant"
    sentence = str(_sentences(name, in_traditional=in_traditional)[key])
    said = {name: str(value) for name, value in values.items()}
    if in_traditional:
        said = {name: to_traditional(value) for name, value in said.items()}
    return sentence.format(**{name: isolated(value, to) for name, value in said.items()})


def _nearest(language: str, spoken: tuple[str, ...]) -> str:
    return primary(language) if primary(language) in spoken else _FALLBACK


@cache
def _sentences(name: str, *, in_traditional: bool = False) -> dict[str, Any]:
    source = files(__name__).joinpath(f"{name}.yaml").read_text("utf-8")
    return dict(parsed(to_traditional_wording(source) if in_traditional else source))
