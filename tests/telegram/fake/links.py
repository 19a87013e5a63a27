"""Which addresses Telegram takes in a link or in a button."""

import re

_LINK = re.compile(
    r"(?:(?:https?|ftp)://)?(?P<host>[^\s/?#:@]+)(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
_INTERNAL = re.compile(r"(?:tg|ton|tonsite|mailto|tel):\S+", re.IGNORECASE)


def is_link(url: str) -> bool:
    """Whether the address has a host with a dot in it, or is one of Telegram's own."""
    if _INTERNAL.fullmatch(url.strip()):
        return True
    match = _LINK.fullmatch(url.strip())
    return match is not None and "." in match["host"].strip(".")
