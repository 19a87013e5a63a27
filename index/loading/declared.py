"""Text whose file says which encoding it has: web pages and mails."""

from index.loading.decoding import Decoded, as_text

WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}
"""What browsers read for what is declared: programs write more than the name allows."""


def as_declared(raw: bytes, name: str) -> Decoded:
    """The text in the encoding that its file declares where that can be, else as it seems.

    Args:
        raw: The text.
        name: The encoding that is declared; empty where none is.

    Raises:
        NotTextError: It is in no encoding that can be told.
    """
    name = name.lower()
    for declared in filter(None, (name, "utf-8-sig")):  # some are known to declare another
        try:
            text = raw.decode(WIDER.get(declared, declared))
        except (ValueError, LookupError):
            continue
        return Decoded(text, declared.removesuffix("-sig"))
    return as_text(raw)
