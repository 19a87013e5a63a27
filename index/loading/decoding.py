"""Bytes -> text: which encoding a file is in, and what is no text at all."""

import codecs
import re
from dataclasses import dataclass

from index.loading.alphabets import latin_encoding
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
    (re.compile(rb"%PDF-"), "PDF", "name it *.pdf, or "),
    (re.compile(rb"\{\\rtf"), "RTF", "name it *.rtf, or "),
    (
        re.compile(rb"PK\x03\x04"),
        "a ZIP or office file",
        "give it the ending of its program (.docx, .xlsx), or ",
    ),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old office file", ""),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM.{4}\0\0\0\0", re.DOTALL),
        "a picture",
        "",
    ),
    (re.compile(rb"\x1f\x8b|Rar!|7z\xbc\xaf|BZh|\xfd7zXZ"), "an archive", ""),
)
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
"""A mark and blank lines: what a file is, is seen behind them."""
_HTML = re.compile(r"(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_TAG_FIRST = re.compile(r"<(?:!--|!doctype\b|\?xml\b|[a-z][a-z0-9:-]*(?:\s[^<>]*)?/?>)", re.I)
_HTML_TAG = re.compile(r"</(?:p|div|span|td|tr|table|li|ul|a|h[1-6]|body)>", re.IGNORECASE)
_FEWEST_TAGS = 3
_MAIL = re.compile(
    r"^(?:MIME-Version:\s*\d|Content-Transfer-Encoding:\s*(?:base64|quoted-printable|[78]bit|binary))",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL_CHARS = 10_000
"""So far into a file are the headers of a mail looked for."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff]")
_MOST_CONTROL = 0.01
"""Share of control characters from which something is no text."""
_MOST_LOST = 2
"""So many characters that a program could not read (U+FFFD) a text may hold."""
_SIGNATURE = 20
"""So many characters tell what kind of file it is."""
_SAMPLE_BYTES = 100_000
_LEAST_FREQUENT_CYRILLIC = 0.4
_MOST_FOREIGN = 0.3
"""Share of letters beyond ASCII up to which a text may be Western European."""
_LIGATURE = re.compile(r"(?<!\d)[\u00bc-\u00be](?=[^\W\d_])")
"""What French written in ISO 8859-15 has for œ, Œ and Ÿ, read in the code page of Windows."""
_SYMBOL_IN_WORD = re.compile(r"[^\W\d_][\u00a1-\u00bf\u0152-\u0178\u02c6\u02dc](?=[^\W\d_])")
"""What a text in another code page than Western European has within its words, read as that.

Dashes and quotes tell nothing: they have the same bytes in all code pages of Windows."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in; `assumed` where nothing in the file says so."""

    text: str
    encoding: str
    assumed: bool = False


def assumption(decoded: Decoded) -> str:
    """What to say of a text whose encoding was guessed."""
    return f"read as {decoded.encoding}{_SAVE_AS_UTF_8}"


def encoding_of(note: str) -> str:
    """The encoding that a note says was assumed; empty where it says something else."""
    found = _ASSUMED.fullmatch(note)
    return found[1] if found else ""


_SAVE_AS_UTF_8 = ": save it as UTF-8 to be sure"
_ASSUMED = re.compile(rf"read as ([\w-]+){_SAVE_AS_UTF_8}")


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
    _refuse_kind(raw)
    decoded = as_text(raw)
    text = decoded.text.lstrip("\ufeff \t\r\n\f")
    if decoded.encoding not in ("utf-8", "ascii"):
        _refuse_kind(text[:_SIGNATURE].encode("latin-1", "replace"))
    if len(_CONTROL.findall(text)) > max(2, _MOST_CONTROL * len(text)):
        raise NotTextError("this is no text: save the file as text (UTF-8)")
    if text.count("\ufffd") > _MOST_LOST:
        line = decoded.text.count("\n", 0, decoded.text.index("\ufffd")) + 1
        raise NotTextError("signs were lost (\ufffd): save the original as UTF-8", line=line)
    if _MAIL.search(text[:_MAIL_CHARS]):
        raise NotTextError("this is a mail: name it *.eml, or save its text (UTF-8)")
    is_page = _HTML.match(text) or (
        not may_hold_html
        and (_TAG_FIRST.match(text) or len(_HTML_TAG.findall(text)) >= _FEWEST_TAGS)
    )
    if is_page:
        raise NotTextError("this is HTML: name it *.html, or save the page as text (UTF-8)")
    return decoded


def _refuse_kind(raw: bytes) -> None:
    before = _BEFORE.match(raw)
    for pattern, name, advice in _KIND_OF:
        if pattern.match(raw) or (before and pattern.match(raw, before.end())):
            raise NotTextError(f"this is {name}, not text: {advice}save it as text (UTF-8)")


def as_text(raw: bytes) -> Decoded:
    """The text in the encoding that the bytes are in, whatever it is about.

    Raises:
        NotTextError: It is in no encoding that can be told.
    """
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
    name = next((name for pattern, name in _ESCAPED if pattern.search(raw)), None)
    return None if name == "hz" and not _holds_chinese(raw) else name


def _holds_chinese(raw: bytes) -> bool:
    """Whether what is HZ in form says something; `~{user~}` does not."""
    signs = "".join(char for char in raw.decode("hz", "ignore") if not char.isascii())
    return bool(signs) and is_plausible(signs)


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
        if known := latin_encoding(raw):
            return known
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
