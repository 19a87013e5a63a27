"""Takes handbooks apart: their links, headings and code, and what they show of commands."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

_BEFORE_COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?(?=\w)")
_MAY_BE_LEFT_OUT = re.compile(r"[\[\]]|\.\.\.|\s+#.*")
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")
_HTML_PICTURE = re.compile(r'<img src="([^"]+)"')
_TIME = re.compile(r" +\d+\.\d ms")


@dataclass(frozen=True)
class ShownRun:
    """A command and what a handbook shows of its output."""

    words: list[str]
    """Behind the program's name."""
    lines: list[str]

    def is_like(self, printed: str) -> bool:
        """Whether that was printed: a line `...` stands for any, times may differ."""
        pattern = "".join(
            r"(?:.*\n)*?" if line == "..." else re.escape(_without_times(line)) + r"\n"
            for line in self.lines
        )
        return re.fullmatch(pattern, _without_times(printed)) is not None


class Handbook:
    """A Markdown file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")
        self._tokens = MarkdownIt("commonmark").enable("table").parse(self.text)

    def links(self) -> Iterator[str]:
        """Targets of links and pictures; as HTML a picture may have a size."""
        yield from (str(token.attrs["href"]) for token in self._spans("link_open"))
        yield from (str(token.attrs["src"]) for token in self._spans("image"))
        yield from _HTML_PICTURE.findall(self.text)

    def anchors(self) -> set[str]:
        """Headings as GitHub makes addresses of them."""
        headings = (
            after.content
            for token, after in zip(self._tokens, self._tokens[1:], strict=False)
            if token.type == "heading_open"
        )
        return {_NOT_IN_ANCHORS.sub("", each.lower()).replace(" ", "-") for each in headings}

    def code(self) -> Iterator[str]:
        """What stands in backticks, and the lines of all blocks but YAML."""
        yield from (token.content for token in self._spans("code_inline"))
        for block in self._blocks():
            yield from (line.strip() for line in block.content.splitlines())

    def commands(self, program: str) -> Iterator[list[str]]:
        """The words behind a program's name, for each line of code that begins with it."""
        for line in self.code():
            for part in line.split(" && "):
                command = _BEFORE_COMMAND.sub("", part)
                if command.startswith(f"{program} "):
                    yield shlex.split(_MAY_BE_LEFT_OUT.sub("", command))[1:]

    def section(self, title: str) -> str:
        """What stands between a heading of the second level and the next."""
        return self.text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]

    def runs(self, command: str) -> Iterator[ShownRun]:
        """Blocks that begin with a prompt and a command, and go on with what it prints."""
        for block in self._blocks():
            first, *lines = block.content.splitlines() or [""]
            if first.startswith("$ ") and _BEFORE_COMMAND.sub("", first).startswith(command):
                yield ShownRun(shlex.split(_BEFORE_COMMAND.sub("", first))[1:], lines)

    def _spans(self, kind: str) -> Iterator[Token]:
        for token in self._tokens:
            yield from (child for child in token.children or () if child.type == kind)

    def _blocks(self) -> Iterator[Token]:
        for token in self._tokens:
            if token.type == "code_block" or (token.type == "fence" and token.info != "yaml"):
                yield token


def _without_times(text: str) -> str:
    return _TIME.sub(" - ms", text)
