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
    bad = small_corpus.write_raw("events/bad.en.md", "no front matter")

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


def test_a_file_that_is_not_utf_8_is_named_with_the_line(corpus):
    path = corpus.write_raw("gbk.txt", b"first line\nsecond \xb9\xe3\xbd\xbb\xbb\xe1\n")

    problem = corpus.problem()

    assert (problem.path, problem.line) == (path, 2)
    assert "not UTF-8" in str(problem)


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
    corpus.write_raw("slides.key", "x")

    problem = str(corpus.problem())

    assert "slides.key" in problem
    assert ".md" in problem


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fair.en.md", True),
        ("fair.TXT", True),
        ("slides.key", True),
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
