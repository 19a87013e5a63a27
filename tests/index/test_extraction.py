"""Files from anywhere: what is hostile is refused, and nothing it does reaches further."""

import socket
import stat
import subprocess
import sys
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from docx import Document

from index.loading.extraction.extracted import UnreadableError
from index.loading.extraction.extractor import Extractor
from tests.index.pdf_pages import Text, pdf


def docx(text="The park lies in Suzhou."):
    file = Document()
    file.add_paragraph(text)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def with_part(part, content, archive=None):
    stream = BytesIO(archive or docx())
    with ZipFile(stream, "a", ZIP_DEFLATED) as file:
        file.writestr(part, content)
    return stream.getvalue()


def link():
    part = ZipInfo("word/link")
    part.external_attr = (stat.S_IFLNK | 0o777) << 16
    return part


ENTITY = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx", "a.odt", "a.epub", "a.zip"])
@pytest.mark.parametrize(
    ("part", "content", "problem"),
    [
        ("word/bomb.xml", bytes(20_000_000), "unpacks to far more"),
        ("../evil.xml", b"<a/>", "leads out of it"),
        ("/etc/evil.xml", b"<a/>", "leads out of it"),
        ("C:\\evil.xml", b"<a/>", "leads out of it"),
        (link(), b"/etc/passwd", "leads out of it"),
    ],
)
def test_an_archive_that_is_a_trap_is_refused(corpus, name, part, content, problem):
    corpus.write_raw(name, with_part(part, content))

    assert problem in corpus.problem().problem


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx", "a.odt", "a.epub"])
def test_an_office_file_that_declares_entities_is_refused(corpus, name):
    corpus.write_raw(name, with_part("word/entity.xml", ENTITY))

    assert "XML entities" in corpus.problem().problem


def test_an_external_entity_is_never_loaded(corpus):
    corpus.write_raw("a.xml", ENTITY)

    assert "XML entities" in corpus.problem().problem


def test_one_hostile_file_never_stops_the_others(corpus):
    corpus.write_raw("a.docx", docx())
    corpus.write_raw("b.pdf", b"%PDF-1.4 broken")
    corpus.write_raw("c.docx", with_part("../evil.xml", b"<a/>"))
    corpus.write_raw("d.pdf", pdf([Text(50, 700, "The fair is in Guangzhou.")]))

    loaded = corpus.load()

    assert [document.id for document in loaded.documents] == ["a", "d"]
    assert [problem.path.name for problem in loaded.problems] == ["b.pdf", "c.docx"]


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read():
    pages = [[Text(20 + at // 70 * 30, 780 - at % 70 * 11, f"w{at}") for at in range(1_300)]] * 60

    with Extractor(timeout_s=3) as extractor:
        with pytest.raises(UnreadableError, match="takes over 3 s to read: split it"):
            extractor.extract(".pdf", pdf(*pages))
        (document,) = extractor.extract(".docx", docx())

    assert document.text == "The park lies in Suzhou.\n"


def test_a_reader_that_was_killed_is_started_anew():
    with Extractor() as extractor:
        extractor.extract(".docx", docx())
        extractor._worker.kill()
        extractor._worker.wait()
        (document,) = extractor.extract(".docx", docx())

    assert document.text == "The park lies in Suzhou.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_the_reader_has_little_memory():
    assert "MemoryError" in confined("bytearray(2_000_000_000)")


@pytest.mark.parametrize(
    "action",
    [
        "__import__('socket').create_connection(('127.0.0.1', {port}))",
        "__import__('subprocess').run(['true'])",
        "__import__('os').system('true')",
        "open('written', 'w')",
        "__import__('os').remove('kept')",
    ],
)
def test_the_reader_reaches_no_network_starts_nothing_and_writes_nothing(tmp_path, action):
    (tmp_path / "kept").touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = confined(action.format(port=server.getsockname()[1]))

    assert "while a document is read" in said
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def confined(action):
    """What a process says that does something after it gave up what it may not do."""
    script = f"from index.loading.extraction.worker import confine\nconfine()\n{action}"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    return run.stderr


def test_each_file_of_an_archive_is_a_document(corpus):
    archive = with_part("报告/fair.docx", docx("The fair is held in Guangzhou each year."), None)
    stream = BytesIO()
    with ZipFile(stream, "w") as file:
        file.writestr("报告/fair.docx", docx("The fair is held in Guangzhou each year."))
        file.writestr("notes.txt", "广交会在广州举行。".encode("gb18030"))
        file.writestr("picture.png", b"\x89PNG")
        file.writestr("__MACOSX/._notes.txt", b"\0\0")
        file.writestr("more.zip", archive)
    corpus.write_raw("all.zip", stream.getvalue())

    loaded = corpus.load()

    assert [(document.id, document.metadata.title) for document in loaded.documents] == [
        ("all#报告/fair.docx", "fair"),
        ("all#notes.txt", "notes"),
    ]
    assert [note.text for note in loaded.notes] == [
        "picture.png in it is left out: unpack it into the folder",
        "more.zip in it is left out: unpack it into the folder",
        "notes.txt in it is read as gb18030: save it as UTF-8 to be sure",
    ]


def test_what_is_wrong_with_one_file_of_an_archive_loses_no_other(corpus):
    stream = BytesIO()
    with ZipFile(stream, "w") as file:
        file.writestr("a.docx", b"PK\x03\x04 cut off")
        file.writestr("b.pdf", b"%PDF-1.4 broken")
        file.writestr("c.docx", with_part("word/document.xml", "<other/>", empty_archive()))
        file.writestr("d.xml", ENTITY)
        file.writestr("e.txt", "This text has a wrong sum.")
        file.writestr("f.txt", "The fair is in Guangzhou.")
    content = stream.getvalue().replace(b"has a wrong sum", b"had a wrong sum")
    corpus.write_raw("all.zip", content)

    loaded = corpus.load()

    assert [document.id for document in loaded.documents] == ["all#f.txt"]
    assert [note.text.partition(" in it is left out: ")[0] for note in loaded.notes] == [
        *("a.docx", "b.pdf", "c.docx", "d.xml", "e.txt")
    ]


def empty_archive():
    stream = BytesIO()
    ZipFile(stream, "w").close()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "encoding"), [("Größe Müller.txt", "cp437"), ("出口退税.txt", "gb18030")]
)
def test_the_names_in_an_archive_of_windows_are_in_its_own_encoding(corpus, name, encoding):
    raw = name.encode(encoding)
    stream = BytesIO()
    with ZipFile(stream, "w") as file:
        file.writestr("x" * len(raw), "The fair is in Guangzhou.")
    corpus.write_raw("all.zip", stream.getvalue().replace(b"x" * len(raw), raw))

    (document,) = corpus.load().documents

    assert document.id == f"all#{name}"


def test_texts_in_an_archive_are_read_as_those_in_folders(corpus):
    described = "title: Fair\nlanguage: en\ntopic: events\nsources: [{publisher: Xinhua}]\n"
    stream = BytesIO()
    with ZipFile(stream, "w") as file:
        file.writestr("fair.md", f"---\n{described}---\nThe fair is in Guangzhou.[^1]\n")
        file.writestr("bare.md", "# Parks\n\nThe park is in Suzhou.\n")
        file.writestr("wrong.md", "---\ntitle: [\n---\nThe park is in Suzhou.\n")
        file.writestr("lines.jsonl", '{"id": "7", "title": "Seven", "text": "Seven parks."}\n')
    corpus.write_raw("all.zip", stream.getvalue())

    loaded = corpus.load()

    found = {document.id: document for document in loaded.documents}
    assert [*found] == ["all#fair.md", "all#bare.md", "all#lines.jsonl#7"]
    fair = found["all#fair.md"]
    assert (fair.metadata.sources[0].publisher, fair.text) == (
        "Xinhua",
        "The fair is in Guangzhou.\n",
    )
    assert found["all#bare.md"].metadata.title == "bare"
    assert found["all#lines.jsonl#7"].metadata.title == "Seven"
    (note,) = loaded.notes
    assert note.text.startswith("wrong.md in it is left out: ")
