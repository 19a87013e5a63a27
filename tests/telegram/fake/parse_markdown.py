"""`parse_mode=MarkdownV2`: text and entities, or "can't parse entities" as Telegram words it."""

from dataclasses import dataclass

from tests.telegram.fake.entities import Entity
from tests.telegram.fake.errors import ApiError
from tests.telegram.fake.links import is_link
from tests.telegram.fake.parse_html import cannot_parse
from tests.telegram.fake.utf16 import bytes_before, cut16, length16, width16

RESERVED = "_*[]()~`>#+-=|{}.!\n"
MARKS = {"__": "underline", "||": "spoiler", "_": "italic", "*": "bold", "~": "strikethrough"}
NAMES = {
    "underline": "Underline",
    "spoiler": "Spoiler",
    "italic": "Italic",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
}


@dataclass
class _Open:
    kind: str
    mark: str
    offset: int
    at: int
    language: str = ""


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of Telegram's MarkdownV2."""
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.stack: list[_Open] = []
        self.quote: int | None = None
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            self._step()
        self._end_of_quote()
        if self.stack:
            raise self._unclosed(self.stack[-1])
        return "".join(self.text), self.entities

    def _step(self) -> None:
        char = self.source[self.at]
        in_code = bool(self.stack) and self.stack[-1].kind in ("code", "pre")
        if char == "\\" and 0 < ord(self._peek(1) or "\0") <= 126:
            self._literal(self._peek(1))
            self.at += 2
        elif char not in ("`" if in_code else RESERVED):
            self._literal(char)
            self.at += 1
        elif char == "\n":
            self._newline()
        elif self.stack and self._at_mark(self.stack[-1].mark):
            self._close()
        else:
            self._begin()

    def _literal(self, char: str) -> None:
        self.text.append(char)
        self.offset += width16(char)

    def _peek(self, ahead: int) -> str:
        return self.source[self.at + ahead : self.at + ahead + 1]

    def _at_mark(self, mark: str) -> bool:
        if mark == "_" and self.source.startswith("__", self.at):
            return False
        return self.source.startswith(mark, self.at)

    def _newline(self) -> None:
        if self.quote is not None and self._peek(1) != ">":
            self._end_of_quote()
        self._literal("\n")
        self.at += 1
        if self.quote is not None:
            self.at += 1  # the > of the next line

    def _end_of_quote(self) -> None:
        if self.quote is None:
            return
        kind = "blockquote"
        if (
            self.stack
            and self.stack[-1].kind == "spoiler"
            and self.stack[-1].offset == self.offset
        ):
            self.stack.pop()  # || at the very end
            kind = "expandable_blockquote"
        if self.stack:
            raise self._unclosed(self.stack[-1])
        self._add(kind, self.quote)
        self.quote = None

    def _begin(self) -> None:
        if self.source.startswith("`", self.at):
            self._begin_code()
        elif self.source.startswith("![", self.at):
            self._push("custom_emoji", "]", width=2)
        elif self.source.startswith("[", self.at):
            self._push("text_link", "]", width=1)
        elif self._at_line_start() and self.source[self.at] == ">":
            self.quote = self.offset
            self.at += 1
        else:
            mark = next((m for m in MARKS if self.source.startswith(m, self.at)), None)
            if mark is None:
                reserved = "is reserved and must be escaped with the preceding '\\'"
                raise cannot_parse(f"Character '{self.source[self.at]}' {reserved}")
            self._push(MARKS[mark], mark, width=len(mark))

    def _at_line_start(self) -> bool:
        before = self.source[: self.at].removesuffix("**")
        return before == "" or before.endswith("\n")

    def _push(self, kind: str, mark: str, *, width: int, language: str = "") -> None:
        self.stack.append(_Open(kind, mark, self.offset, self.at, language))
        self.at += width

    def _begin_code(self) -> None:
        if not self.source.startswith("```", self.at):
            self._push("code", "`", width=1)
            return
        first = self.source[self.at + 3 :].split("\n", 1)[0]
        language = first if first and "`" not in first and " " not in first else ""
        width = 3 + len(language)
        if self._peek(width) == "\n":
            width += 1
        self._push("pre", "```", width=width, language=language)

    def _close(self) -> None:
        opened = self.stack.pop()
        self.at += len(opened.mark)
        extra: Entity = {"language": opened.language} if opened.language else {}
        if opened.mark == "]":
            extra = self._target(opened)
            if not extra:
                return
        self._add(opened.kind, opened.offset, extra)

    def _target(self, opened: _Open) -> Entity:
        if not self.source.startswith("(", self.at):
            if opened.kind == "custom_emoji":
                raise cannot_parse("Custom emoji entity must contain a tg://emoji URL")
            text = "".join(self.text)
            url = cut16(text, opened.offset, length16(text) - opened.offset)
        else:
            url = self._url()
        if opened.kind == "custom_emoji":
            return {"custom_emoji_id": url.removeprefix("tg://emoji?id=")}
        return {"url": url} if is_link(url) else {}

    def _url(self) -> str:
        begin = self.at + 1
        at, url = begin, ""
        while at < len(self.source) and self.source[at] != ")":
            if self.source[at] == "\\" and at + 1 < len(self.source):
                at += 1
            url += self.source[at]
            at += 1
        if at >= len(self.source):
            offset = bytes_before(self.source, begin)
            raise cannot_parse(f"Can't find end of a URL at byte offset {offset}")
        self.at = at + 1
        return url

    def _add(self, kind: str, offset: int, extra: Entity | None = None) -> None:
        if self.offset > offset:
            length = self.offset - offset
            self.entities.append(
                {"type": kind, "offset": offset, "length": length, **(extra or {})}
            )

    def _unclosed(self, opened: _Open) -> ApiError:
        offset = bytes_before(self.source, opened.at)
        return cannot_parse(
            f"Can't find end of {NAMES[opened.kind]} entity at byte offset {offset}"
        )
