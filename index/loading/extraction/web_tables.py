"""Tables of web pages: their cells, and what the page says of their headers."""

from collections.abc import Iterator

from index.loading.extraction.web_parts import HEADINGS, Element, inline

_MOST_COLUMNS = 50


def is_data(table: Element) -> bool:
    """Whether a table is one: no table within it, no headings, more than one column."""
    if table.find(".//table") is not None or any(
        table.find(f".//{heading}") is not None for heading in HEADINGS
    ):
        return False
    return any(len(row) > 1 for row in rows_of(table))


def rows_of(table: Element) -> Iterator[list[str]]:
    """The rows; a cell over several rows holds in each, one over several columns in the first."""
    above: dict[int, tuple[str, int]] = {}
    """Of cells that reach down: their columns, texts and how many rows they still cover."""
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in _cells(row):
            cells += _taken(above, len(cells))
            said = inline(cell)
            for text in (said, *[""] * (_span(cell, "colspan") - 1)):
                if (down := _span(cell, "rowspan")) > 1:
                    above[len(cells)] = (text, down - 1)
                cells.append(text)
        while any(at >= len(cells) for at in above):
            cells += [*_taken(above, len(cells))] or [""]
        yield cells


def _taken(above: dict[int, tuple[str, int]], at: int) -> Iterator[str]:
    """The texts that cells above put into this row from a column on."""
    while at in above:
        text, rows = above.pop(at)
        if rows > 1:
            above[at] = (text, rows - 1)
        yield text
        at += 1


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: Element, name: str) -> int:
    said = str(cell.get(name) or "1").strip()
    most = _MOST_COLUMNS if name == "colspan" else 1_000
    return min(max(int(said), 1), most) if said.isdecimal() else 1


def header_of(table: Element) -> tuple[bool | None, bool | None]:
    """Whether the first row names the columns, and whether each second cell names the next."""
    rows = [cells for row in table.iter("tr") if len(cells := _cells(row)) > 1]
    if not rows:
        return None, None
    first, others = rows[0], rows[1:]
    is_head = any(parent.tag == "thead" for parent in first[0].iterancestors("thead", "table"))
    if is_head or (_all(first, "th") and any(not _all(row, "th") for row in others)):
        return True, None
    if all(row[0].tag == "th" and not _all(row, "th") for row in rows):
        is_form = all(_all(row[::2], "th") and _all(row[1::2], "td") for row in rows)
        return False, is_form
    return None, None


def _all(cells: list[Element], tag: str) -> bool:
    return all(cell.tag == tag or not cell.text_content().strip() for cell in cells)
