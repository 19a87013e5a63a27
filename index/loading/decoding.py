"""Bytes -> text: which encoding a file is in, and what is no text at all."""

import codecs
import re
from dataclasses import dataclass

from index.loading.letters import RIGHT, foreign_share, frequent_cyrillic, is_plausible

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPED = (
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b(?:\$[@AB]|\$\([CD]|\([IJ])"), "iso2022_jp_ext"),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"), "hz"),
)
"""Encodings in seven bits, told by how they switch to their own characters."""
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_LEGACY = (
    *("gb18030", "big5hkscs", "cp932", "euc_jp", "cp1252", "cp1250", "cp1253", "cp1254"),
    *("cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
)
_CYRILLIC = ("cp1251", "koi8_r", "cp866", "iso8859_5")
_KIND_OF = (
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"\{\\rtf"), "RTF"),
    (re.compile(rb"PK\x03\x04"), "a ZIP or office file"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old office file"),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM.{4}\0\0\0\0", re.DOTALL),
        "a picture",
    ),
    (re.compile(rb"\x1f\x8b|Rar!|7z\xbc\xaf|BZh|\xfd7zXZ"), "an archive"),
)
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_HTML_TAG = re.compile(r"</(?:p|div|span|td|tr|table|li|ul|a|h[1-6]|body)>", re.IGNORECASE)
_FEWEST_TAGS = 3
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_MOST_CONTROL = 0.01
"""Share of control characters from which something is no text."""
_SAMPLE_BYTES = 100_000
_LEAST_FREQUENT_CYRILLIC = 0.4
_MOST_FOREIGN = 0.3
"""Share of letters beyond ASCII up to which a text may be Western European."""
_LIGATURE = re.compile(r"(?<!\d)[\u00bc-\u00be](?=[^\W\d_])")
"""What French written in ISO 8859-15 has for œ, Œ and Ÿ, read in the code page of Windows."""
_SYMBOL_IN_WORD = re.compile(r"[^\W\d_][\u00a1-\u00bf\u0152-\u0178\u02c6-\u2122](?=[^\W\d_])")
"""What a text in another code page than Western European has within its words, read as that."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in; `assumed` where nothing in the file says so."""

    text: str
    encoding: str
    assumed: bool = False


class NotTextError(ValueError):
    """The bytes are no text; the message says what they are and what to do."""

    def __init__(self, problem: str, *, line: int | None = None) -> None:
        super().__init__(problem)
        self.line = line


def decode(raw: bytes, *, may_hold_html: bool = False) -> Decoded:
    """The text that bytes hold.

    Args:
        raw: A file's content.
        may_hold_html: Whether tags are no sign that this is a web page: so in Markdown.

    Raises:
        NotTextError: It is binary, a web page, or in no encoding that can be told.
    """
    for pattern, name in _KIND_OF:
        if pattern.match(raw):
            raise NotTextError(f"this is {name}, not text: save it as text (UTF-8)")
    decoded = _decoded(raw)
    if len(_CONTROL.findall(decoded.text)) > max(2, _MOST_CONTROL * len(decoded.text)):
        raise NotTextError("this is no text: save the file as text (UTF-8)")
    is_page = _HTML.match(decoded.text) or (
        not may_hold_html and len(_HTML_TAG.findall(decoded.text)) >= _FEWEST_TAGS
    )
    if is_page:
        raise NotTextError("this is HTML: save the page as text (UTF-8)")
    return decoded


def _decoded(raw: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return Decoded(_strict(raw, encoding), encoding.removesuffix("-sig"))
    # UTF-8 without a zero is never UTF-16; read as that, plain English looks like Chinese.
    told = _by_escapes(raw) or (
        None if b"\0" not in raw and _is_sound(raw, "utf-8") else _by_width(raw)
    )
    if told:
        return Decoded(_strict(raw, told), told, assumed=True)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        guess = _by_letters(raw) or _by_statistics(raw)
        if guess is None:
            line = raw.count(b"\n", 0, error.start) + 1
            raise NotTextError("not UTF-8: save it with that encoding", line=line) from error
    return Decoded(raw.decode(guess), guess, assumed=True)


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(f"begins as {encoding}, but is not: save it as UTF-8") from error


def _by_escapes(raw: bytes) -> str | None:
    if not raw.isascii():
        return None
    return next((name for pattern, name in _ESCAPED if pattern.search(raw)), None)


def _by_width(raw: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: read so, nearly all are common characters."""
    for encoding in _WIDE:
        try:
            sample = raw.decode(encoding)[: _SAMPLE_BYTES // 2]
        except UnicodeDecodeError:
            continue
        if sample and is_plausible(sample):
            return encoding
    return None


def _by_letters(raw: bytes) -> str | None:
    """East Asian encodings: in the right one, nearly all letters are common ones."""
    for encoding, is_right in RIGHT:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = [char for char in text[:_SAMPLE_BYTES] if char.isalpha() and not char.isascii()]
        if letters and is_right(letters):
            return encoding
    return None


def _by_statistics(raw: bytes) -> str | None:
    """By the frequency of letters: Cyrillic and Latin encodings, and unusual texts."""
    from charset_normalizer import from_bytes

    cut = raw.rfind(b"\n", 0, _SAMPLE_BYTES)
    sample = raw if len(raw) < _SAMPLE_BYTES else raw[: cut if cut > 0 else _SAMPLE_BYTES]
    frequent = {
        encoding: frequent_cyrillic(sample.decode(encoding, "ignore")) for encoding in _CYRILLIC
    }
    best = max(frequent, key=frequent.__getitem__)
    if frequent[best] >= _LEAST_FREQUENT_CYRILLIC:
        return best if _is_sound(raw, best) else None
    found = [match.encoding for match in from_bytes(sample, cp_isolation=list(_LEGACY))]
    found = [encoding for encoding in found if _is_sound(raw, encoding)]
    western = sample.decode("cp1252", "ignore")
    if found and found[0].startswith("cp125") and foreign_share(western) < _MOST_FOREIGN:
        # Their letters are alike: what reads as Western European is.
        if _LIGATURE.search(western):
            return "iso8859_15"
        if not _SYMBOL_IN_WORD.search(western) and _is_sound(raw, "cp1252"):
            return "cp1252"
        found = [encoding for encoding in found if encoding != "cp1252"]
    return found[0] if found else None


def _is_sound(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
