"""RTF: paragraphs, items and tables; the format hardly knows headings."""

import re

from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Cause, Extracted, UnreadableError
from index.loading.extraction.rtf_pieces import Piece, Pieces
from index.loading.inline import HARD_BREAK

_START = b"{\\rtf"
_BULLET = re.compile(r"\s*[•·●▪◦■\uf0b7]\s*")
_NO_EDGE = -1


def read(content: bytes) -> list[Extracted]:
    """One document.

    Raises:
        UnreadableError: It is no RTF.
    """
    if not content.lstrip().startswith(_START):
        problem = "it is no RTF: open it in its program and save it anew"
        raise UnreadableError(problem, Cause.DAMAGED)
    reader = _Reader()
    for piece in Pieces(content):
        reader.add(piece)
    reader.end()
    return [reader.draft.finish()]


class _Reader:
    """Makes blocks of pieces. A row ends with a word: what comes before may be of a table."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._said: list[str] = []
        """What the open paragraph says."""
        self._lines: list[str] = []
        """The paragraphs of the open cell."""
        self._cells: list[str] = []
        """The cells of the open row."""
        self._rows: list[list[tuple[int, str]]] = []
        """The rows of the open table: of each cell its right edge and its text."""
        self._plan: list[tuple[int, bool]] = []
        """For each cell of a row its right edge, and whether it goes on from the row above."""
        self._goes_on = False

    def add(self, piece: Piece) -> None:
        """Take the next piece."""
        match piece.word:
            case "":
                self._said.append(piece.text)
            case "line":
                self._said.append(HARD_BREAK)
            case "cell":
                self._end_cell()
            case "row":
                self._end_row()
            case "trowd" | "clvmrg" | "cellx":
                self._lay_out(piece)
            case _:
                self._end_paragraph(in_table=piece.in_table or piece.word == "nestcell")

    def end(self) -> None:
        """Add what no word has ended."""
        if self._cells:
            self._end_row()
        self._end_paragraph(in_table=False)

    def _lay_out(self, piece: Piece) -> None:
        if piece.word == "trowd":
            self._plan = []
        if piece.word == "cellx":
            self._plan.append((int(piece.text or 0), self._goes_on))
        self._goes_on = piece.word == "clvmrg"

    def _end_paragraph(self, *, in_table: bool) -> None:
        text = "".join(self._said)
        # Half a character of Unicode each, where one has two.
        self._lines.append(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        self._said.clear()
        if in_table or self._cells:
            return
        self._end_table()
        for line in self._lines:
            if bullet := _BULLET.match(line):
                self.draft.item(line[bullet.end() :])
            else:
                self.draft.paragraph(line)
        self._lines.clear()

    def _end_cell(self) -> None:
        self._end_paragraph(in_table=True)
        lines = (line.replace(HARD_BREAK, "\n") for line in self._lines)
        self._cells.append("\n".join(filter(str.strip, lines)))
        self._lines.clear()

    def _end_row(self) -> None:
        if "".join((*self._said, *self._lines)).strip():
            self._end_cell()
        plan = self._plan
        if len(plan) != len(self._cells):
            plan = [(_NO_EDGE, False)] * len(self._cells)
        above = dict(self._rows[-1]) if self._rows else {}
        self._rows.append(
            [
                (edge, above.get(edge, cell) if goes_on else cell)
                for (edge, goes_on), cell in zip(plan, self._cells, strict=True)
            ]
        )
        self._cells.clear()

    def _end_table(self) -> None:
        if self._rows:
            self.draft.table(_in_columns(self._rows))
            self._rows.clear()


def _in_columns(rows: list[list[tuple[int, str]]]) -> list[list[str]]:
    """Cells below each other by their right edges; one over several columns is in the first."""
    edges = sorted({edge for row in rows for edge, _ in row})
    is_regular = len({len(row) for row in rows}) == 1
    if is_regular or _NO_EDGE in edges:
        return [[text for _, text in row] for row in rows]
    placed = []
    for row in rows:
        cells: list[str] = []
        for edge, text in row:
            cells += [text, *[""] * (edges.index(edge) - len(cells))]
        placed.append(cells)
    return placed
