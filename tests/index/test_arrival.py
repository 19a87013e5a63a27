"""A file that is handed over: read as in the corpus, and what it seems to be about."""

from datetime import date

import pytest

from index.arrival import inherit, publishers_named, read_arrival, tidy_name
from index.documents import Metadata
from index.errors import DocumentError
from index.glossary import Glossary

TODAY = date(2026, 2, 15)
NOTICE = """\
# 关于支持企业参展的通知

各有关单位：玉石企业参展，展位费补贴百分之五十，每家企业每年最多补贴三万元。

本通知有效期至2027年12月31日。

深圳市商务局
2026年1月20日
"""


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Jade Park (final) v2.DOCX", "Jade-Park-final-v2.docx"),
        ("玉石园.zh.pdf", "玉石园.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\docs\\fair.txt", "fair.txt"),
        (".hidden.txt", "hidden.txt"),
        ("_draft.txt", "draft.txt"),
        ("README.md", "document-README.md"),
        ("!!!.txt", "document.txt"),
        ("好" * 300 + ".txt", "好" * 40 + ".txt"),
    ],
)
def test_a_name_is_put_in_order(given, name):
    assert tidy_name(given) == name


def test_title_days_and_validity_are_guessed_from_the_text_and_the_name():
    arrival = read_arrival("参展_补贴.md", NOTICE.encode())

    assert arrival.language == "zh"
    assert arrival.titles() == ["关于支持企业参展的通知", "参展 补贴"]
    assert arrival.days(TODAY) == ["2026-01-20"]
    assert arrival.valid_until(TODAY) == ["2027-12-31"]
    assert arrival.valid_until(date(2028, 1, 1)) == []
    assert not arrival.describes_itself


def test_days_come_before_months():
    text = "By January 2026 the park was full.\n\nThe park opened on 3 May 2025.\n"

    assert read_arrival("a.txt", text.encode()).days(TODAY) == ["2025-05-03", "2026-01"]


def test_a_text_in_another_encoding_is_read_and_what_was_assumed_is_noted():
    arrival = read_arrival("a.txt", NOTICE.encode("gb18030"))

    assert "玉石企业" in arrival.text
    assert (arrival.encoding, arrival.notes) == ("gb18030", ())
    assert read_arrival("a.txt", NOTICE.encode()).encoding == ""


def test_its_first_words_have_no_marks_of_headings_and_lists():
    arrival = read_arrival("a.md", b"# Parks\n\n- Jade park\n- Reed park\n\nBoth are new.\n")

    assert arrival.beginning == "Parks Jade park Reed park Both are new."


def test_front_matter_leaves_nothing_to_ask():
    described = "title: Fair\nlanguage: en\ntopic: events\nsources: [{publisher: Xinhua}]\n"
    arrival = read_arrival("a.md", f"---\n{described}---\nThe fair is in Guangzhou.\n".encode())

    assert arrival.describes_itself
    assert arrival.documents[0].metadata.title == "Fair"


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.txt", b"", "empty"),
        ("a.docx", b"", "empty"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(500), "password"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.exe", b"MZ", "unknown_type"),
        ("a", b"MZ", "unknown_type"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "unknown_type"),
        ("a.txt", b"x" * 10_000_001, "too_large"),
    ],
)
def test_what_cannot_be_read_says_why(name, content, cause):
    with pytest.raises(DocumentError) as caught:
        read_arrival(name, content)

    assert caught.value.cause == cause


def test_a_publisher_is_known_if_it_stands_behind_documents_and_in_the_text(corpus):
    for name, publisher in (("a", "深圳市商务局"), ("b", "新华社"), ("c", "IT")):
        corpus.write(f"{name}.en.md", sources=[{"publisher": publisher}])

    documents = corpus.load().documents

    assert publishers_named(f"{NOTICE} IT", documents) == ["深圳市商务局"]


def test_a_new_version_keeps_the_facts_that_it_still_bears_out(corpus):
    event = {"certainty": "scheduled", "start": "2026-05-20"}
    corpus.write("a.en.md", event=event, countries=["CN"], valid_until="2026-12-31")
    (old,) = corpus.load().documents
    new = Metadata(title="Fair", language="en")

    same = inherit(new, old.metadata, "The fair opens on 20 May 2026.", Glossary())
    moved = inherit(new, old.metadata, "The fair opens on 27 May 2026.", Glossary())

    assert (same.event, same.countries) == (old.metadata.event, ("CN",))
    assert (moved.event, moved.countries) == (None, ("CN",))
    assert same.valid_until is None
