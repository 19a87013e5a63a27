"""Which language a text is written in.

Codes are BCP 47; Chinese is `zh` (simplified) or `zh-Hant` (traditional).
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector
    from opencc import OpenCC

UNKNOWN = "und"
"""BCP 47 for an undetermined language."""

_SCRIPTS = {
    "ja": re.compile(r"[\u3041-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"),
    "zh": re.compile(r"[\u3400-\u9fff\uf900-\ufaff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
}
_LETTER = re.compile(r"[^\W\d_]")
_HAN = _SCRIPTS["zh"]
_DETECTED = (
    "ENGLISH RUSSIAN ARABIC VIETNAMESE SPANISH GERMAN FRENCH PORTUGUESE ITALIAN INDONESIAN MALAY "
    "TURKISH PERSIAN HINDI KAZAKH UKRAINIAN POLISH ROMANIAN DUTCH CZECH HUNGARIAN"
)


def language_of(text: str) -> str:
    """The language of a text; `und` where it has no letters.

    Scripts of one language decide by themselves: one character of them carries about as much as
    a word. Texts in Latin, Cyrillic and Arabic letters go to lingua.
    """
    letters = len(_LETTER.findall(text))
    if not letters:
        return UNKNOWN
    shares = {code: len(script.findall(text)) / letters for code, script in _SCRIPTS.items()}
    if shares["ja"] > 0.1 and shares["ja"] + shares["zh"] > 0.3:
        return "ja"
    code, share = max(shares.items(), key=lambda item: item[1])
    if share > 0.25:
        return _chinese_script(text) if code == "zh" else code
    if text.isascii() and letters < 4:
        return "en"
    found = _detector().detect_language_of(text)
    return found.iso_code_639_1.name.lower() if found else UNKNOWN


def primary(language: str) -> str:
    """The language without script or region: `zh` of `zh-Hant`."""
    return language.partition("-")[0]


def to_simplified(text: str) -> str:
    """Traditional Chinese characters turned into simplified ones, all else as it is."""
    return _converter("t2s").convert(text) if _HAN.search(text) else text


def to_traditional(text: str) -> str:
    """Simplified Chinese characters turned into traditional ones, all else as it is."""
    return _converter("s2t").convert(text) if _HAN.search(text) else text


def _chinese_script(text: str) -> str:
    han = _HAN.findall(text)
    simple = sum(a != b for a, b in zip(to_traditional("".join(han)), han, strict=False))
    traditional = sum(a != b for a, b in zip(to_simplified("".join(han)), han, strict=False))
    return "zh-Hant" if traditional > simple else "zh"


@cache
def _converter(name: str) -> "OpenCC":
    from opencc import OpenCC

    return OpenCC(name)


@cache
def _detector() -> "LanguageDetector":
    from lingua import Language, LanguageDetectorBuilder

    languages = [getattr(Language, name) for name in _DETECTED.split()]
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
