"""A comparison as a picture: columns side by side, which a message does not have."""

from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from bot.answers.rendering import document_sources
from bot.chat.drawing import Drawing, Style
from bot.chat.fonts import can_draw
from bot.chat.replies import File
from bot.dates import written
from bot.lists.comparison import Column, Comparison
from bot.texts import in_script_of, text
from index import PartialDate

_WIDTH, _MARGIN, _GAP = 1080, 56, 36
"""In pixels. A phone's screen is about as wide: Telegram shows the picture as it is."""
_INK, _BLUE, _GREY, _BAND = "#1c2733", "#1f3a5f", "#66727f", "#eef2f7"
_TITLE, _SUBTITLE = Style(46, "#ffffff", is_bold=True), Style(28, "#c9d6e6")
_NAME, _LABEL = Style(36, _BLUE, is_bold=True), Style(27, _GREY, is_bold=True)
_VALUE, _SILENT, _SOURCE = Style(34, _INK), Style(34, _GREY), Style(25, _GREY)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """All that is written on the picture."""

    language: str
    title: str
    subtitle: str
    names: list[str]
    rows: list[tuple[str, list[tuple[str, Style]]]]
    """Label, and for each thing its value and how that is written."""
    sources: list[str]
    """Their heading the first."""

    @property
    def texts(self) -> list[str]:
        """Everything, in any order."""
        rows = [said for label, cells in self.rows for said in (label, *(v for v, _ in cells))]
        return [self.title, self.subtitle, *self.names, *rows, *self.sources]


def has_picture(comparison: Comparison, day: date) -> bool:
    """Whether things differ, and the font has every character of the picture."""
    return bool(comparison.keys) and can_draw(_sheet(comparison, day).texts)


def picture_of(comparison: Comparison, day: date) -> File | None:
    """The picture, as PNG; None if the font lacks one of its characters.

    Args:
        comparison: What it shows.
        day: On which that was asked.
    """
    sheet = _sheet(comparison, day)
    if not can_draw(sheet.texts):
        return None
    return File(name="comparison.png", content=_drawn(sheet), is_picture=True)


def title_of(comparison: Comparison) -> str:
    """What a comparison is called."""
    language = comparison.language
    names = text("comma", language).join(column.name for column in comparison.columns)
    return text("comparison_title", language, names=names)


def _sheet(comparison: Comparison, day: date) -> _Sheet:
    language, columns = comparison.language, comparison.columns

    def shown(said: str) -> str:
        return normalize("NFC", in_script_of(language, said))

    return _Sheet(
        language=language,
        title=shown(title_of(comparison)),
        subtitle=shown(
            text("comparison_note", language, date=written(PartialDate.parse(day), language))
        ),
        names=[shown(column.name) for column in columns],
        rows=[
            (
                shown(comparison.label(key)),
                [
                    (
                        shown(comparison.value(column, key)),
                        _VALUE if key in column.facts else _SILENT,
                    )
                    for column in columns
                ],
            )
            for key in comparison.keys
        ],
        sources=[
            shown(text("sources", language)),
            *(shown(f"{column.name} — {_who_says_so(column, language)}") for column in columns),
        ],
    )


def _who_says_so(column: Column, language: str) -> str:
    return text("semicolon", language).join(document_sources(column.document, language))


def _drawn(sheet: _Sheet) -> bytes:
    """From top to bottom: title and day, names, a row for each fact, sources."""
    drawing = Drawing(sheet.language, _WIDTH, _MARGIN)
    with drawing.band(_BLUE, padding=40):
        drawing.write(sheet.title, _TITLE)
        drawing.y += 10
        drawing.write(sheet.subtitle, _SUBTITLE)
    drawing.y += 28
    drawing.write_beside([(name, _NAME) for name in sheet.names], _GAP)
    for label, cells in sheet.rows:
        drawing.y += 24
        with drawing.band(_BAND, padding=8):
            drawing.write(label, _LABEL)
        drawing.y += 12
        drawing.write_beside(cells, _GAP)
    drawing.y += 36
    with drawing.band(_BAND, padding=24):
        heading, *sources = sheet.sources
        drawing.write(heading, _LABEL)
        for source in sources:
            drawing.y += 12
            drawing.write(source, _SOURCE)
    return drawing.png()
