"""Which letters a language is written in."""

import re
import unicodedata

_OWN = {
    "zh": {"CJK"},
    "ja": {"CJK", "HIRAGANA", "KATAKANA"},
    "ko": {"HANGUL"},
    "ru": {"CYRILLIC"},
    "ar": {"ARABIC"},
    **{code: {"LATIN"} for code in ("en", "es", "fr", "de", "pt", "it", "vi", "id", "ms", "tr")},
}
_WITH_LATIN_NAMES = frozenset({"zh", "ja"})
"""Codes and foreign names alone are usual in them: RCEP, 9810."""
_LETTERS = re.compile(r"[^\W\d_]+")
_TONES = dict(
    pair.split("/")
    for pair in "oà/òa oá/óa oả/ỏa oã/õa oạ/ọa oè/òe oé/óe oẻ/ỏe oẽ/õe oẹ/ọe "
    "uỳ/ùy uý/úy uỷ/ủy uỹ/ũy uỵ/ụy".split()
)
_NEW_TONE = re.compile("|".join(_TONES))


def with_old_tones(text: str) -> str:
    """Lower-case text with the tone on the first of two vowels: hóa for hoá, thụy for thuỵ.

    Vietnamese is written both ways. The text is as long as before.
    """
    return _NEW_TONE.sub(lambda vowels: _TONES[vowels[0]], text)


def wrong_letters(text: str, language: str) -> str:
    """What is wrong with the letters of a name in this language; empty if nothing is.

    Args:
        text: A name or term.
        language: BCP 47; of a language that is not known here, nothing is wrong.
    """
    own = _OWN.get(language)
    if own is None:
        return ""
    words = [_scripts(word) for word in _LETTERS.findall(text)]
    used = set().union(*words)
    foreign = used - own - {"LATIN"}
    if foreign:
        return f"{text!r} has {min(foreign).lower()} letters, which {language} does not use"
    if any(len(word) > 1 and word & {"CYRILLIC"} for word in words):
        return f"{text!r} mixes Latin and Cyrillic letters in one word"
    if not used & own and language not in _WITH_LATIN_NAMES and (words or "LATIN" not in own):
        return f"{text!r} has no letter of {language}"
    return ""


def _scripts(word: str) -> set[str]:
    """The scripts of the letters, such as LATIN, CYRILLIC, CJK."""
    names = (unicodedata.name(letter, "") for letter in word if letter.isalpha())
    first = {re.split(r"[ -]", name.removeprefix("FULLWIDTH "))[0] for name in names}
    return first - {"", "MODIFIER"}
