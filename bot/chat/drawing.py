"""A page of text and coloured bands, as high as what is written on it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from bot.chat.fonts import font_for, lines_of

_LINE_HEIGHT = 1.4
"""Of the height of a character."""
_PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written: height of a character in pixels, colour, weight."""

    size: int
    colour: str
    is_bold: bool = False


class Drawing:
    """Is written from top to bottom; `y` is where it goes on."""

    def __init__(self, language: str, width: int, margin: int) -> None:
        """A page without anything on it.

        Args:
            language: Whose shapes Chinese characters have.
            width: Of the page, in pixels.
            margin: Left free at either side.
        """
        self.y = 0
        self._language = language
        self._width = width
        self._margin = margin
        self._fonts: dict[Style, FreeTypeFont] = {}
        self._bands: list[tuple[int, int, str]] = []
        self._lines: list[tuple[int, int, str, Style]] = []

    def write(self, text: str, style: Style) -> None:
        """A text over the whole width."""
        self.write_beside([(text, style)], gap=0)

    def write_beside(self, cells: list[tuple[str, Style]], gap: int) -> None:
        """Texts beside one another, in columns of one width, so many pixels apart."""
        inside = self._width - 2 * self._margin
        width = (inside - gap * (len(cells) - 1)) // len(cells)
        bottoms = [
            self._write_at(self._margin + number * (width + gap), text, style, width)
            for number, (text, style) in enumerate(cells)
        ]
        self.y = max(bottoms)

    def _write_at(self, left: int, text: str, style: Style, width: int) -> int:
        """Where the text ends."""
        font = self._fonts.get(style)
        if font is None:
            font = font_for(self._language, style.size, is_bold=style.is_bold)
            self._fonts[style] = font
        y = self.y
        for line in lines_of(text, font, width):
            self._lines.append((left, y, line, style))
            y += round(style.size * _LINE_HEIGHT)
        return y

    @contextmanager
    def band(self, colour: str, padding: int) -> Iterator[None]:
        """What is written meanwhile stands on a band of a colour, over the whole width."""
        top = self.y
        self.y += padding
        yield
        self.y += padding
        self._bands.append((top, self.y, colour))

    def png(self) -> bytes:
        """The page, as far as it is written."""
        page = Image.new("RGB", (self._width, self.y), _PAPER)
        draw = ImageDraw.Draw(page)
        for top, bottom, colour in self._bands:
            draw.rectangle((0, top, self._width, bottom - 1), fill=colour)
        for left, top, line, style in self._lines:
            middle = top + round(style.size * _LINE_HEIGHT / 2)
            font = self._fonts[style]
            draw.text((left, middle), line, font=font, fill=style.colour, anchor="lm")
        content = io.BytesIO()
        page.save(content, "PNG", optimize=True)
        return content.getvalue()
