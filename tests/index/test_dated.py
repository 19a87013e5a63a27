"""The day that a file gives for itself becomes that of its document."""

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from pptx import Presentation

from index.loading.extraction.dated import day_of
from tests.index.pdf_pages import Text, pdf

DAY = datetime(2026, 3, 1, 23, 30)  # noqa: DTZ001 - office files have no zone
SAYS = "The park lies in Suzhou and houses weavers."


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ((DAY,), "2026-03-01"),
        (("2026-03-01T08:00:00Z",), "2026-03-01"),
        (("D:20260301080000+08'00'",), "2026-03-01"),
        (("2026年3月1日",), "2026-03-01"),
        (("", None, "2025-01-02"), "2025-01-02"),
        (("2026-13-01",), ""),
        (("1970-01-01",), ""),
        (("2013-12-23T23:15:00Z",), ""),
    ],
)
def test_a_day_is_found_however_it_is_written_unless_it_cannot_be_right(values, day):
    assert day_of(*values) == day


def test_a_time_to_come_or_just_now_is_what_a_library_made_up():
    now = datetime.now(UTC)

    for made_up in (now + timedelta(days=2), now, now.replace(tzinfo=None)):
        assert day_of(made_up) == ""


def _saved(file):
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _docx():
    file = Document()
    file.add_paragraph(SAYS)
    file.core_properties.modified = DAY
    return _saved(file)


def _pptx():
    file = Presentation()
    file.slides.add_slide(file.slide_layouts[0]).shapes.title.text = SAYS
    file.core_properties.modified = DAY
    return _saved(file)


def _mail():
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = "Parks", "Sun, 01 Mar 2026 10:00:00 +0800"
    mail.set_content(SAYS)
    return mail.as_bytes()


PAGE = f'<html><head><meta name="PubDate" content="2026-03-01 10:00"></head><p>{SAYS}</p></html>'


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", _docx),
        ("a.pptx", _pptx),
        ("a.pdf", lambda: pdf([Text(50, 700, SAYS)], made="D:20260301100000")),
        ("a.eml", _mail),
        ("a.html", lambda: PAGE),
    ],
)
def test_each_format_gives_its_day(corpus, name, make):
    corpus.write_raw(name, make())

    (document,) = corpus.load().documents

    assert str(document.metadata.as_of) == "2026-03-01"


def test_a_file_without_a_day_gets_none(corpus):
    stream = BytesIO()
    with ZipFile(BytesIO(_docx())) as old, ZipFile(stream, "w") as new:
        for part in old.namelist():
            if not part.startswith("docProps") and part != "_rels/.rels":
                new.writestr(part, old.read(part))
        rels = old.read("_rels/.rels").decode()
        kept = re.sub(r"<Relationship [^>]*docProps[^>]*/>", "", rels)
        new.writestr("_rels/.rels", kept)
    corpus.write_raw("a.docx", stream.getvalue())

    (document,) = corpus.load().documents

    assert document.metadata.as_of is None


def test_a_side_file_knows_better(corpus):
    corpus.write_raw("a.docx", _docx())
    corpus.write_raw("a.docx.meta.yaml", "title: Park\nlanguage: en\nas_of: 2025-05\n")

    (document,) = corpus.load().documents

    assert str(document.metadata.as_of) == "2025-05"
