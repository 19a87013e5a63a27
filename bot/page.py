"""A page of HTML that needs no network: to read, pass on and print; in light and dark."""

import re
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Sum = tuple[str, int, str]
"""Class on the page (ok, known or new), how many, of what."""


def html_page(title: str, about: str, sums: Iterable[Sum], body: str) -> str:
    """A whole page.

    Args:
        title: As plain text.
        about: What it is about, when it was made; plain text.
        sums: What stands above all else.
        body: HTML; every text in it went through `html_text`.
    """
    return Template(files("bot").joinpath("page.html").read_text("utf-8")).substitute(
        title=html_text(title),
        about=html_text(about),
        sums="".join(
            f'<li class="{kind}"><b>{count}</b>{html_text(what)}</li>'
            for kind, count, what in sums
        ),
        body=body,
    )


def html_text(text: str) -> str:
    """Any text as it may stand in a page, also between quotes."""
    return escape(xml_text(text))


def xml_text(text: str) -> str:
    """A text without the characters that XML 1.0 does not allow."""
    return _NOT_XML.sub("\ufffd", text)
