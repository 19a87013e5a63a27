"""Which rows, columns and cells of a sheet are hidden or merged."""

from dataclasses import dataclass, field
from typing import IO

from lxml import etree
from openpyxl.utils.cell import range_boundaries

Merged = tuple[int, int, int, int]
"""First row, row behind the last, first column, column behind the last; they count from 0."""

_TAGS = ("row", "col", "mergeCell", "filterColumn", "tablePart")
_MOST_COLUMNS = 16_384


@dataclass(slots=True)
class Layout:
    """Of one sheet; rows and columns count from 0."""

    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def layout_of(part: IO[bytes]) -> Layout:
    """What the XML of a sheet says; it is never in memory as a whole.

    Rows that a filter hides for the moment, and those that are folded up, count as seen.
    """
    layout = Layout()
    is_filtered = False
    row = 0
    events = etree.iterparse(
        part, tag=tuple("{*}" + tag for tag in _TAGS), resolve_entities=False, no_network=True
    )
    for _, element in events:
        kind = etree.QName(element).localname
        if kind == "row":
            row = int(element.get("r", row + 1))
            layout.hidden_rows.update(range(row - 1, row) if _is_hidden(element) else ())
            _forget(element)
        elif kind == "col":
            layout.hidden_columns.update(_columns(element) if _is_hidden(element) else ())
        elif kind == "mergeCell":
            layout.merged += _ranges(element)
        else:
            is_filtered = True
    if is_filtered:
        layout.hidden_rows.clear()
    return layout


def _columns(element: etree._Element) -> range:
    return range(int(element.get("min", 1)) - 1, min(int(element.get("max", 0)), _MOST_COLUMNS))


def _ranges(element: etree._Element) -> list[Merged]:
    """What a cell is merged over; nothing where that is no range of rows."""
    try:
        left, top, right, bottom = range_boundaries(element.get("ref"))
        return [(top - 1, bottom, left - 1, right)]
    except (ValueError, TypeError):
        return []


def repeat_merged(rows: list[list[str]], merged: list[Merged]) -> None:
    """Let what a cell says that is merged over rows hold in each of them that says something."""
    for top, bottom, left, _ in merged:
        said = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        if not said.strip():
            continue
        for row in rows[top + 1 : bottom]:
            if any(map(str.strip, row)):
                row.extend([""] * (left + 1 - len(row)))
                row[left] = said


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") in ("1", "true") and element.get("outlineLevel", "0") == "0"


def _forget(element: etree._Element) -> None:
    """Free what was read of a tree that is still growing."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
