"""Files -> documents: formats, names, encodings; a bad file stops no other."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DocumentError, NoDocumentsError
from index.loading import is_document, load_corpus, load_documents


def test_every_document_of_every_folder_is_read(small_corpus):
    loaded = small_corpus.load()

    assert loaded.problems == ()
    assert [document.id for document in loaded.documents] == [
        "events/canton-fair.en",
        "events/canton-fair.zh",
        "financing/policy-loan.zh",
        "zones/suzhou-park.en",
    ]


def test_language_versions_share_their_stem(small_corpus):
    stems = {document.id: document.stem for document in small_corpus.load().documents}

    assert stems["events/canton-fair.en"] == stems["events/canton-fair.zh"] == "events/canton-fair"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("fair.zh-CN.md", "zh-CN"),
        ("fair.zh-CN.md", "zh"),
        ("fair.zh.md", "zh-CN"),
        ("fair.zh_Hans.md", "zh-Hans"),
        ("fair.ZH.MD", "zh"),
        ("fair.zh-cn.Md", "zh_cn"),
    ],
)
def test_versions_are_paired_however_their_language_is_written(corpus, name, language):
    corpus.write("fair.EN.MD", language="en")
    corpus.write(name, "广交会在广州举行。", language=language)

    loaded = corpus.load()

    assert not loaded.problems
    assert {d.id: d.metadata.language for d in loaded.documents} == {
        "fair.en": "en",
        "fair.zh": "zh",
    }
    assert {document.stem for document in loaded.documents} == {"fair"}


def test_a_version_of_taiwan_or_hong_kong_is_in_traditional_characters(corpus):
    corpus.write("fair.zh-TW.md", "廣交會在廣州舉行。", language="zh-HK")

    (document,) = corpus.load().documents

    assert (document.id, document.metadata.language) == ("fair.zh-Hant", "zh-Hant")


def test_two_spellings_of_one_language_are_two_files_with_one_id(corpus):
    corpus.write("fair.zh.md", language="zh")
    corpus.write("fair.zh-CN.md", language="zh-CN")

    assert "the id 'fair.zh' is taken" in corpus.problem().problem


def test_one_bad_file_never_stops_the_others(small_corpus):
    bad = small_corpus.write_raw("events/bad.en.md", "title: no front matter")

    loaded = small_corpus.load()

    assert len(loaded.documents) == 4
    assert [problem.path for problem in loaded.problems] == [bad]


@pytest.mark.parametrize("content", ["", "  \n\t\n", "\ufeff"])
def test_an_empty_file_is_a_problem(corpus, content):
    corpus.write_raw("empty.txt", content)

    assert "the file is empty" in str(corpus.problem())


def test_front_matter_alone_is_no_document(corpus):
    corpus.write("fair.en.md", body="  ")

    assert "no text below the front matter" in str(corpus.problem())


def test_a_text_in_another_encoding_is_read_and_said_to_be(corpus):
    path = corpus.write_raw("gbk.txt", "first line\nsecond 广交会\n".encode("gb18030"))

    loaded = corpus.load()

    assert [document.text for document in loaded.documents] == ["first line\nsecond 广交会\n"]
    ((note_path, note),) = [(note.path, note.text) for note in loaded.notes]
    assert (note_path, note) == (path, "read as gb18030: save it as UTF-8 to be sure")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("x.txt", b"<!DOCTYPE html><p>Old.</p>", "this is HTML"),
        ("x.txt", b"<p>Old.</p>\n<p>Large.</p>\n<div>End.</div>", "this is HTML"),
        ("x.md", b"<html><body>Old.</body></html>", "this is HTML"),
        ("x.txt", b"{\\rtf1\\ansi Old.}", "this is RTF"),
        ("x.txt", b"%PDF-1.7 ...", "this is PDF"),
        ("x.md", b"PK\x03\x04....", "office file"),
        ("x.txt", b"\x00\x01\x02\x03\x04\x05\x06\x07", "no text"),
        ("x.txt", b"\x1b$B\xff", "not UTF-8"),
        ("x.txt", "Old \u0085\x93\x94 and \x9d\x9c large.".encode(), "no text"),
        ("x.txt", "Old.\n\n" + "Large \ufffd\ufffd\ufffd. " + "And old. " * 99, "line 3: signs"),
        ("x.txt", "\ufeff\n{\\rtf1 Old.}", "this is RTF"),
        ("x.txt", b"\n\n%PDF-1.4 ...", "this is PDF"),
        ("x.txt", "{\\rtf1\\ansi Old.}".encode("utf-16"), "this is RTF"),
        ("x.txt", b"<!-- saved --><b>Old.</b>", "this is HTML"),
        ("x.txt", b"\n<meta charset=utf-8>Old.", "this is HTML"),
        ("x.txt", b'<div class="a">Old.', "this is HTML"),
        ("x.txt", b'<svg:svg xmlns="x"><text>Old.', "this is HTML"),
        ("x.txt", b"<?xml version='1.0'?><rss>Old.", "this is HTML"),
        ("x.txt", b"From: <Blink>\nSubject: x\nMIME-Version: 1.0\n\nOld.", "a mail"),
        ("x.md", b"Content-Transfer-Encoding: quoted-printable\n\n=E5=B9", "a mail"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line_that_says_what_to_do(
    corpus, name, content, problem
):
    corpus.write_raw(name, content)

    found = str(corpus.problem())

    assert problem in found
    assert "save" in found
    assert "\n" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Copy it to ~{user}~ or ~{user~} and ask.",
        "<office@example.org> answers. See <https://example.org>.",
        "<通知> 广交会在广州举行。",
        "Old\ufffd.",
        "a\u0085b c",
    ],
)
def test_text_with_odd_signs_is_text(corpus, text):
    corpus.write_raw("x.txt", text)

    (document,) = corpus.load().documents

    assert document.text == text


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices")
def test_only_regular_files_inside_the_corpus_are_read(small_corpus, tmp_path):
    """A pipe hung the build, and a link could publish any file of the machine."""
    directory = small_corpus.directory
    outside = tmp_path / "secret.txt"
    outside.write_text("A secret of this machine.")
    os.mkfifo(directory / "a-pipe.txt")
    (directory / "b-device.txt").symlink_to("/dev/zero")
    (directory / "c-outside.txt").symlink_to(outside)
    (directory / "d-itself.txt").symlink_to("d-itself.txt")
    (directory / "e-folder.txt").symlink_to(tmp_path)
    os.mkfifo(directory / "f.txt.meta.yaml")
    small_corpus.write_raw("f.txt", "Its side file is a pipe.")
    (directory / "g.txt").symlink_to("zones/suzhou-park.en.md")

    loaded = small_corpus.load()

    assert sorted(problem.path.name for problem in loaded.problems) == [
        *("a-pipe.txt", "b-device.txt", "c-outside.txt", "d-itself.txt", "f.txt.meta.yaml"),
    ]
    assert all("\n" not in str(problem) for problem in loaded.problems)
    assert "secret" not in "".join(document.text for document in loaded.documents)
    assert "g" in loaded.origins


def test_a_corpus_that_is_itself_a_link_is_read(small_corpus, tmp_path):
    (tmp_path / "linked").symlink_to(small_corpus.directory)

    assert len(load_corpus([tmp_path / "linked"]).documents) == 4


@pytest.mark.parametrize("ending", [".txt", ".en.md", "m.txt"])
def test_a_name_as_long_as_the_disk_allows_is_a_name(workspace, ending):
    """82 Chinese characters left no room for the name of a side file: the whole build failed."""
    workspace.corpus.write_raw("广" * 82 + ending, "---\n" * 2 + "Old.")
    workspace.corpus.write("广" * 82 + "x.md", language="en")

    report = workspace.build()

    assert [problem for problem in report.problems if "front matter" not in str(problem)] == []
    assert "广" * 82 + "x" in report.manifest.documents


def test_a_file_beyond_the_limit_is_one_line(small_corpus, monkeypatch):
    monkeypatch.setattr("index.loading.files.MOST_BYTES", 2_000_000)
    small_corpus.write_raw("large.txt", b"a " * 1_000_001)

    problem = str(small_corpus.problem())

    assert "larger than 2 MB" in problem
    assert len(small_corpus.load().documents) == 4


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_byte_order_mark_and_foreign_line_ends_change_nothing(corpus, newline):
    plain = corpus.write(
        "plain.en.md", "# Fair\n\nHeld in Guangzhou.[^1]", title="Fair"
    ).read_text()
    corpus.write_raw("windows.en.md", "\ufeff" + plain.replace("\n", newline))

    first, second = corpus.load().documents

    assert (first.text, first.source_spans) == (second.text, second.source_spans)
    assert first.metadata == second.metadata


def test_a_file_in_an_unknown_format_is_a_problem_that_names_the_known_ones(corpus):
    corpus.write_raw("slides.xyz", "x")

    problem = str(corpus.problem())

    assert "slides.xyz" in problem
    assert ".md" in problem


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fair.en.md", True),
        ("fair.TXT", True),
        ("slides.xyz", True),
        ("README.md", False),
        ("glossary.yaml", False),
        ("fair.txt.meta.yaml", False),
        (".hidden.md", False),
        ("_draft.md", False),
        ("fair.md~", False),
    ],
)
def test_hidden_files_drafts_and_settings_are_no_documents(name, expected):
    assert is_document(name) is expected


def test_a_hidden_folder_is_passed_over(small_corpus):
    small_corpus.write(".trash/old.en.md")

    assert len(small_corpus.load().documents) == 4


def test_a_file_that_says_nothing_of_itself_is_named_by_its_name_and_its_folder(corpus):
    corpus.write_raw("zones/jade_park.en.txt", "The jade park lies in Hotan.")
    corpus.write_raw("notes/reed.txt", "The reed park lies in Hami.")

    known = [(d.metadata.title, d.metadata.topic) for d in corpus.load().documents]

    assert known == [("reed", None), ("jade park", "zones")]


def test_two_files_with_one_id_are_a_problem_that_names_both(corpus):
    first = corpus.write("fair.en.md")
    second = corpus.write_raw("fair.en.txt", "The same name.")

    loaded = corpus.load()

    assert [document.id for document in loaded.documents] == ["fair.en"]
    (problem,) = loaded.problems
    assert str(first) in str(problem)
    assert str(second) in str(problem)


def test_a_directory_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(NoDocumentsError, match="missing: no such directory"):
        load_corpus([tmp_path / "missing"])


def test_directories_without_documents_are_an_error(corpus):
    corpus.write_raw("README.md", "Put documents here.")

    with pytest.raises(NoDocumentsError, match="no documents in"):
        corpus.load()


def test_a_name_without_a_language_leaves_it_to_the_front_matter(corpus):
    corpus.write("notes.md", language="ru")

    (document,) = corpus.load().documents

    assert (document.id, document.stem, document.metadata.language) == ("notes", "notes", "ru")


def test_a_language_other_than_the_file_name_says_is_a_problem(corpus):
    corpus.write("fair.zh.md", language="en")

    problem = str(corpus.problem())

    assert "'en'" in problem
    assert "'zh'" in problem


def test_a_link_to_nothing_is_a_problem_of_one_document(small_corpus):
    (small_corpus.directory / "gone.en.md").symlink_to("nowhere.md")

    assert "cannot be read" in str(small_corpus.problem())
    assert len(small_corpus.load().documents) == 4


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes only here")
def test_a_file_name_that_is_not_utf_8_is_a_problem_of_one_document(workspace):
    """As it happens when an archive made on Chinese Windows is unpacked elsewhere."""
    folder = os.fsencode(workspace.corpus.directory)
    Path(os.fsdecode(folder + b"/\xb9\xe3\xbd\xbb.txt")).write_text("The fair.")

    report = workspace.build()

    assert len(report.manifest.documents) == 4
    assert len(report.problems) == 1


@pytest.mark.parametrize(
    "line",
    [
        "? [a, b]\n: c",
        "as_of: !!timestamp soon",
        "valid_until: 9999-12",
        "title: " + "[" * 1000,
        "title: &a [*a]",
    ],
    ids=["a list as key", "a wrong tag", "the end of time", "deep nesting", "a list in itself"],
)
def test_strange_front_matter_is_a_problem_of_one_document(small_corpus, line):
    path = small_corpus.write_raw("strange.en.md", f"---\n{line}\n---\nText.\n")

    loaded = small_corpus.load()

    assert len(loaded.documents) == 4
    assert [problem.path for problem in loaded.problems] == [path]


@given(
    content=st.one_of(
        st.binary(max_size=60),
        st.text(max_size=60).map(str.encode),
        st.text("---\n :[]{}&*!|>'\"#%@`,?-ab1.^\t", max_size=60).map(
            lambda text: f"---\n{text}\n---\nBody.".encode()
        ),
    ),
    name=st.sampled_from(["fuzz.md", "fuzz.txt", "fuzz.jsonl"]),
)
@settings(max_examples=200, deadline=None)
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path_factory, content, name):
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)

    try:
        documents = load_documents(path, path.parent)
    except DocumentError:
        documents = ["refused"]

    assert documents
