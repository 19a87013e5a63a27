"""Takes personal data out of a text before it is stored."""

import re

_PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "[ID]"),
    (re.compile(r"(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)"), "[card]"),
    (re.compile(r"(?<![A-Za-z0-9])\+\d[\d ()-]{7,16}\d(?!\d)"), "[phone]"),
    (re.compile(r"(?<!\d)(?:86)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"), "[phone]"),
    (re.compile(r"(?<!\d)\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{4}(?!\d)"), "[phone]"),
    (re.compile(r"(?<!\d)\(?\d{2,4}\)?-\d{3,4}-\d{3,4}(?!\d)"), "[phone]"),
    (re.compile(r"(?<!\w)@[A-Za-z]\w{4,31}"), "[user]"),
)


def masked(text: str) -> str:
    """The text without ID numbers, card numbers, phone numbers, e-mail addresses, user names."""
    for pattern, stand_in in _PATTERNS:
        text = pattern.sub(stand_in, text)
    return text
