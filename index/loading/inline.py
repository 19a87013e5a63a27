"""What a line of Markdown shows: its words and its footnote marks."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from index.loading.invisible import without_invisible
from index.loading.tables import Mark, Pieces

HARD_BREAK = "\v"
"""A line break that the author asked for; a mere `\\n` is where a line was wrapped."""
_UNSEEN = frozenset({"del", "s", "strike", "script", "style", "template"})
"""HTML elements whose content is withdrawn, or never shown."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_HIDDEN = re.compile(
    r"(?:[^\"']|\"[^\"]*\"|'[^']*')*?\s(?:hidden(?=[\s=/>])|aria-hidden\s*=\s*[\"']?true|style\s*=\s*[\"']?[^>]{0,400}?"
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])))",
    re.IGNORECASE,
)
"""An attribute, not a word of another one's value, by which an element is not shown."""
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())
_BOLD_LEFT = re.compile(
    r"(?<=[\u3001-\u9fff\uff00-\uffef“”])\*\*|\*\*(?=[\u3001-\u9fff\uff00-\uffef“”])"
)
"""What CommonMark leaves of bold type beside Chinese punctuation."""


def shown(tokens: Sequence[Token], line: int) -> Pieces:
    """The text of inline tokens, with its marks.

    Words that are struck out, pictures and tags are not shown.

    Args:
        tokens: What one block holds.
        line: The line of the file in which the block begins.
    """
    pieces: list[str | Mark] = []
    text: list[str] = []
    hidden = 0
    unseen: list[str] = []
    """The elements that are open since one began that a page does not show."""
    for token in tokens:
        if _is_unseen(token, unseen):
            continue
        hidden += _hides(token)
        if hidden > 0:
            continue
        hidden = max(0, hidden)
        if token.type == "footnote_ref":
            pieces += _plain(text)
            text = []
            if "label" in token.meta:
                pieces.append(Mark(token.meta["label"], line))
            continue
        said = _said(token)
        line += said.count("\n") + said.count(HARD_BREAK)
        text.append(said)
    return (*pieces, *_plain(text))


def _plain(text: Sequence[str]) -> list[str | Mark]:
    joined = _BOLD_LEFT.sub("", without_invisible("".join(text)))
    return [joined] if joined else []


def _hides(token: Token) -> int:
    """1 where something begins that is not shown, -1 where it ends."""
    if token.type in ("s_open", "s_close"):
        return token.nesting
    tag = _TAG.match(token.content) if token.type == "html_inline" else None
    if tag is None or tag[2].lower() not in _UNSEEN:
        return 0
    return -1 if tag[1] else 1


def _is_unseen(token: Token, opened: list[str]) -> bool:
    """Whether a token belongs to an element that says of itself that it is not shown."""
    tag = _TAG.match(token.content) if token.type == "html_inline" else None
    name = tag[2].lower() if tag else ""
    if not tag or name in _VOID or token.content.endswith("/>"):
        return bool(opened)
    if tag[1]:
        was_open = bool(opened)
        if name in opened:
            del opened[len(opened) - 1 - opened[::-1].index(name) :]
        return was_open
    if opened or _HIDDEN.match(token.content):
        opened.append(name)
    return bool(opened)


def _said(token: Token) -> str:
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    if token.type == "softbreak":
        return "\n"
    is_break = token.type == "html_inline" and token.content.lower().startswith("<br")
    return HARD_BREAK if is_break or token.type == "hardbreak" else ""
