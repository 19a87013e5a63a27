"""The Markdown that house documents are written in: tables and footnotes, stars within words."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin

_STARS = re.compile(r"\*+")
_CLOSES, _OPENS = frozenset(")）]］}】%％‰°℃²³"), frozenset("(（[［{【")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Indented text is a paragraph: so do Chinese authors begin one.
    parser.disable("code")
    parser.use(footnote_plugin, move_to_end=False, always_match_refs=True)
    parser.inline.ruler.before("emphasis", "times", _times)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def _times(state: StateInline, silent: bool) -> bool:
    """Stars within a word are text: `60*40*30` is a size, `价格*税率*汇率` a formula.

    Markdown makes `604030` of it, with a 40 in italics. Two stars are bold type within Chinese,
    and what hides a part of a number within digits: `138****1234`.
    """
    run = _STARS.match(state.src, state.pos)
    if not run or not _is_within_word(state.src, run.start(), run.end()):
        return False
    if not silent:
        state.pending += run[0]
    state.pos = run.end()
    return True


def _is_within_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if end - start > 1:
        return (before + after).isascii() and before.isalnum() and after.isalnum()
    if before in _CLOSES:
        return after.isalnum() or after in _OPENS
    return before.isalnum() and after.isalnum()


PARSER = _parser()
