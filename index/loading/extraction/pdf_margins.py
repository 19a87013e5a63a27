"""What a document prints on each of its pages: running heads and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.loading.extraction.pdf_layout import Block, Line
from index.loading.page_marks import PAGE_MARK

LARGE = 1.12
"""Times the size of the running text from which type is that of headings."""
_MARGIN = 0.12
"""Share of a page, above and below, in which running heads and page numbers stand."""
_SAME_PLACE = 4.0
"""So many points a running head may move from page to page."""
_APART = 0.7
"""Times the type size from which a gap sets a page's number apart from the words beside it."""
_COUNT = re.compile(r"(?<!\d)\d{1,3}(?!\d)|\b[ivxl]+\b")
"""What may be a page's number; years have four digits."""
_BESIDE = re.compile(r"\W*(?:\d{1,3}(?:/\d{1,3})?|[ivxl]+)\W*")
_MARK_BESIDE = re.compile(
    rf"^(?:{PAGE_MARK.pattern}|\d{{1,3}}\s*[|·•—–])|(?:{PAGE_MARK.pattern}|[|·•—–]\s*\d{{1,3}})$",
    re.IGNORECASE,
)
_PAGE_WORDS = re.compile(
    r"page|página|seite|trang|страница|стр|페이지|쪽|ページ|第|共|页|頁|صفحة"
    r"|of|de|sur|von|из|من|\b[ivxl]+\b|[\W\d_]",
    re.IGNORECASE,
)


def body_size(lines: Sequence[Line]) -> int:
    """The size of the running text, in points: the one that most of it has."""
    sizes = Counter[int]()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def without_margins(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """The pages without what stands at the same place of most: running heads, page numbers.

    What repeats in the type of headings stays once: it may be the document's title.
    """
    body = body_size([block for page in pages for block in page if isinstance(block, Line)])
    places = Counter[tuple[str, int]]()
    for number, page in enumerate(pages, 1):
        places.update({place for block in page for place in _places(block, number, body)})
    needed = max(2, len(pages) // 2)
    titles: set[str] = set()
    bodies: list[list[Block]] = []
    for number, page in enumerate(pages, 1):
        bodies.append([])
        for block in page:
            is_repeated = any(places[at] >= needed for at in _places(block, number, body))
            if not is_repeated or _is_title(block, body, titles):
                bodies[-1].append(block)
    return bodies if any(bodies) else [list(page) for page in pages]


def _is_title(block: Block, body: int, titles: set[str]) -> bool:
    """Whether a line is set as a heading and the first to say so, which it then is no more."""
    if not isinstance(block, Line) or block.size < LARGE * body or block.text in titles:
        return False
    titles.add(block.text)
    return not _is_page_number(block.text)


def _places(block: Block, number: int, body: int) -> Iterator[tuple[str, int]]:
    """What a line in the margin of a page says, and about where it stands.

    A page's number is told as its distance from the place of the page in the file, so that it
    is the same on all pages; other numbers, such as those of articles and years, differ.
    """
    if not isinstance(block, Line):
        return
    if block.bottom < _MARGIN * block.height or block.top > (1 - _MARGIN) * block.height:
        said = [block.text]
        if _is_page_number(block.text) or (block.size < LARGE * body and _has_number(block)):
            said += [
                f"{block.text[: found.start()]}#{_counted(found[0], number)}"
                f"{block.text[found.end() :]}"
                for found in _COUNT.finditer(block.text)
            ]
        at = int(block.top / _SAME_PLACE)
        yield from ((one, near) for one in said for near in (at, at + 1))


def _counted(shown: str, number: int) -> str:
    """A page's number less its place in the file; that of a preface, in letters, is not read."""
    return str(int(shown) - number) if shown.isdecimal() else ""


def _is_page_number(text: str) -> bool:
    """Whether a line holds nothing but numbers, and such words as `Page 3 of 9`."""
    return not _PAGE_WORDS.sub("", text)


def _has_number(line: Line) -> bool:
    """Whether a page's number stands at an end of the line, set apart from the words."""
    if _MARK_BESIDE.search(line.text):
        return True
    ends = (line.words[:2], line.words[:-3:-1]) if len(line.words) > 1 else ()
    return any(
        _BESIDE.fullmatch(end.text)
        and max(beside.left - end.right, end.left - beside.right) > _APART * line.size
        for end, beside in ends
    )
