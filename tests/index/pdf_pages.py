"""Writes small PDF files: texts at places, lines, pictures, fields, encryption; no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

CHINESE = "STSong-Light"


@dataclass(frozen=True)
class Text:
    """A text whose first letter stands at (x, y), in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10
    degrees: float = 0


@dataclass(frozen=True)
class Picture:
    """A grey one that fills the page."""


@dataclass(frozen=True)
class Field:
    """One of a form, in which a value was filled in; both stand on its parent, not on it."""

    name: str
    value: str


Rule = tuple[float, float, float, float]
Item = Text | Rule | Picture | Field


def pdf(*pages: Sequence[Item], encrypted: bool = False, title: str = "", made: str = "") -> bytes:
    """A file of pages of 600 by 800 points; Latin in Helvetica, all else in a Chinese font."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [5 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        f"<< /Title ({title}) /CreationDate ({made}) >>".encode(),
    ]
    kids = []
    for page in pages:
        content = b"\n".join(map(_drawn, page))
        fields = b" ".join(_field(item) for item in page if isinstance(item, Field))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Annots [%s]"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (len(objects), fields)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    trailer = b"/Root 1 0 R /Info 6 0 R"
    if encrypted:
        key = b"<" + b"5a" * 32 + b">"
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >>" % (key, key))
        trailer += b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    return _assembled(objects, trailer)


def _drawn(item: Item) -> bytes:
    if isinstance(item, Picture):
        return b"q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    if isinstance(item, Field):
        return b""
    if not isinstance(item, Text):
        return b"%g %g m %g %g l S" % item
    if item.text.isascii():
        font, shown = b"F1", b"(" + item.text.encode().replace(b"(", b"\\(") + b")"
        shown = shown[:-1].replace(b")", b"\\)") + b")"
    else:
        font, shown = b"F2", b"<" + item.text.encode("utf-16-be").hex().encode() + b">"
    across, up = cos(radians(item.degrees)), sin(radians(item.degrees))
    place = b"%g %g %g %g %g %g" % (across, up, -up, across, item.x, item.y)
    return b"BT /%s %g Tf %s Tm %s Tj ET" % (font, item.size, place, shown)


def _field(field: Field) -> bytes:
    parent = f"<< /FT /Tx /T ({field.name}) /V ({field.value}) >>".encode()
    return b"<< /Type /Annot /Subtype /Widget /Rect [50 50 90 60] /Parent %s >>" % parent


def _assembled(objects: Sequence[bytes], trailer: bytes) -> bytes:
    content = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(content)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, trailer, start)
    )
