"""Which language a text is written in.

Codes are BCP 47; Chinese is `zh` (simplified) or `zh-Hant` (traditional).
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC
    from py3langid.langid import LanguageIdentifier

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
_TRADITIONAL = frozenset({"Hant", "TW", "HK", "MO"})
"""Scripts and regions of Chinese in traditional characters."""
_SCRIPT_LETTERS = 4
"""BCP 47 tells scripts (Hant) from regions (TW) by their length."""
_WORDING = {"通过": "通過", "对象": "對象", "类型": "類型", "发布": "發布", "准入": "准入"}
"""Words that OpenCC turns into others: 通过 (to pass) into 透過 (by means of), 准入 into 準入."""
_TAIWAN_QUOTATION_MARKS = str.maketrans("“”", "「」")
_OTHER_WORDING = re.compile(f"({'|'.join(_WORDING)})")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NOT_LETTERS = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
_HAN = _SCRIPTS["zh"]
_LATIN_WORD = re.compile(r"[a-z\u00c0-\u024f]+")
_CHINESE_WORDS = re.compile(r"[的吗呢吧是有在我你您了和与哪什怎几多能要不给对从到问谁啥么]")
_ENGLISH_WORDS = frozenset(
    "a an and are as at be by can do does did for from how i if in is it me my of on or our that "
    "the their there they this to was we were what when where which who why will with you "
    "your".split()
)
_TOO_SHORT = 4
"""Up to so many letters tell nothing: codes and acronyms, taken as English."""
_PRIORS = {"en": 6.0, "ru": 3.0}
"""How much more often than others these are written; measured on headlines and short questions."""
_DETECTED = "en ru ar vi es de fr pt it id ms tr fa hi kk uk pl ro nl cs hu".split()  # ISO 639-1
TOLD = (*_SCRIPTS, *_DETECTED)
"""All languages that `language_of` may find; Chinese in both scripts is `zh` here."""


def language_of(text: str) -> str:
    """The language of a text; `und` where it has no letters.

    A script of one language decides by itself. Chinese with Latin words in it is Chinese, unless
    the words that join the sentence are English. The rest goes to py3langid.
    """
    if not _LETTER.search(text):
        return UNKNOWN
    by_script = language_by_script(text)
    if by_script:
        return by_script
    latin = _LATIN_WORD.findall(text.casefold())
    if text.isascii() and len("".join(latin)) <= _TOO_SHORT:
        return "en"
    if 3 * sum(word in _ENGLISH_WORDS for word in latin) >= len(latin) > 0:
        return "en"
    return _detected(text)


def language_by_script(text: str) -> str | None:
    """The language that the letters alone tell: Chinese, Japanese, Korean, Thai, Greek, Hebrew."""
    letters = len(_LETTER.findall(text))
    counts = {code: len(script.findall(text)) for code, script in _SCRIPTS.items()}
    if counts["ja"] > 0.1 * letters and counts["ja"] + counts["zh"] > 0.3 * letters:
        return "ja"
    code, count = max(counts.items(), key=lambda item: item[1])
    if code == "zh":
        return _chinese_script(text) if _is_chinese(text, count) else None
    return code if count > 0.25 * letters else None


def _is_chinese(text: str, han: int) -> bool:
    """Whether Chinese characters carry the sentence, and not Latin words."""
    latin = _LATIN_WORD.findall(text.casefold())
    chinese_joins = len(_CHINESE_WORDS.findall(to_simplified(text)))
    english_joins = sum(word in _ENGLISH_WORDS for word in latin)
    if chinese_joins != english_joins:
        return han > 0 and chinese_joins > english_joins
    return han > len(latin)


def _detected(text: str) -> str:
    weighted = {
        language: probability * _PRIORS.get(language, 1.0)
        for language, probability in _identifier().rank(text)
    }
    best = max(weighted, key=weighted.__getitem__)
    return best if weighted[best] else UNKNOWN


def load_dictionaries() -> None:
    """Load all that is otherwise loaded by the first text in need of it; about a second."""
    for conversion in ("s2t", "s2tw", "s2twp", "t2s"):
        _convert("汉", conversion)
    _identifier()


def primary(language: str) -> str:
    """The language without script or region: `zh` of `zh-Hant`."""
    return language.partition("-")[0]


def canonical(tag: str) -> str:
    """A language tag as it is written here: `zh` for zh-CN, zh_Hans or ZH, `zh-Hant` for zh-TW.

    Tags of other languages keep their script and region, in the usual capitals.
    """
    language, *further = re.split(r"[-_]", tag.strip())
    subtags = [part.title() if len(part) == _SCRIPT_LETTERS else part.upper() for part in further]
    if language.lower() == "zh":
        return "zh-Hant" if _TRADITIONAL & set(subtags) else "zh"
    return "-".join([language.lower(), *subtags])


@lru_cache(maxsize=2**8)  # one question is compared with many texts
def to_simplified(text: str) -> str:
    """Traditional Chinese characters turned into simplified ones, all else as it is."""
    return _convert(text, "t2s") if _HAN.search(text) else text


def half_width(text: str) -> str:
    """Full-width letters, digits and punctuation as ASCII."""
    return text.translate(_HALF_WIDTH)


@lru_cache(maxsize=2**11)
def letters_of(text: str) -> str:
    """Letters and digits only, simplified and in lower case: how texts are compared."""
    return _NOT_LETTERS.sub("", to_simplified(text).casefold())


def to_traditional(text: str) -> str:
    """Simplified Chinese characters turned into those of Taiwan, all else as it is."""
    return _converted(text, "s2tw") if _HAN.search(text) else text


def to_traditional_wording(text: str) -> str:
    """Simplified Chinese as people in Taiwan put it: 信息 becomes 資訊, “ becomes 「.

    For sentences of one's own only: a quote's words are not to change.
    """
    return _converted(text, "s2twp").translate(_TAIWAN_QUOTATION_MARKS)


def _converted(text: str, to: str) -> str:
    parts = _OTHER_WORDING.split(text)
    return "".join(_WORDING.get(part) or _convert(part, to) for part in parts)


def _chinese_script(text: str) -> str:
    han = _HAN.findall(text)
    turned = _convert("".join(han), "s2t")  # leaves Hong Kong's characters as they are
    simple = sum(a != b for a, b in zip(turned, han, strict=False))
    traditional = sum(a != b for a, b in zip(to_simplified("".join(han)), han, strict=False))
    return "zh-Hant" if traditional > simple else "zh"


def _convert(text: str, to: str) -> str:
    """A text as OpenCC converts it; half of a surrogate pair, which is no text, becomes `?`."""
    converted: str = _converter(to).convert(text.encode("utf-8", "replace").decode())
    return converted


@cache
def _converter(name: str) -> "OpenCC":
    from opencc import OpenCC

    return OpenCC(name)


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_DETECTED)
    return identifier
