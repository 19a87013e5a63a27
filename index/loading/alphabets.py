"""Which letters beyond ASCII the languages in Latin script are written with.

Their code pages have other letters at the same bytes: in the right one all belong to one language.
"""

import re
from unicodedata import normalize

_WESTERN = (
    *("äöüß", "àâæçèéêëîïôœùûüÿ", "áéíñóúüªº", "àáâãçéêíóôõúüªº", "àèéìíîòóùúªº", "áèéêëïíóöúü"),
    *("äåéö", "àâåæèéêòóôøü", "áðéíóúýþæö", "àçèéíïòóúü", "äõöüšž"),
)
"""German, French, Spanish, Portuguese, Italian, Dutch, Swedish and Finnish, Danish and Norwegian,
Icelandic, Catalan, Estonian."""
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "âăîşţ", "ćčđšž")
"""Polish, Czech, Slovak, Hungarian, Romanian, Croatian and Slovene."""
_TURKISH = ("âçîöûüğışi̇",)
_BALTIC = ("ąčėęįšūųž", "āčēģīķļņšūž")
"""Lithuanian, Latvian."""
_VIETNAMESE = ("àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",)
_ENCODINGS = (
    *(("cp1252", _WESTERN), ("cp1250", _CENTRAL), ("iso8859_2", _CENTRAL)),
    *(("cp1254", _TURKISH), ("cp1257", _BALTIC), ("iso8859_13", _BALTIC)),
    ("cp1258", _VIETNAMESE),
)
_LETTER = r"[^\W\d_]"
_STRAY = re.compile(
    rf"{_LETTER}[\xa1-\xa9\xac-\xb4\xb6-\xb9\xbc-\xbe](?={_LETTER})"
    rf"|{_LETTER}[±¶]|[®±¶](?=[a-zß-öø-ÿ])|[\x80-\x9f]"
)
"""What another encoding has for letters, and what no text has."""


def latin_encoding(raw: bytes) -> str | None:
    """The first encoding in which all letters belong to one language; None where there is none."""
    for encoding, alphabets in _ENCODINGS:
        try:
            text = normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
        letters = {char for char in text.lower() if not char.isascii() and char.isalpha()}
        if not _STRAY.search(text) and any(letters <= set(alphabet) for alphabet in alphabets):
            return encoding
    return None
