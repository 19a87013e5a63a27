"""Sentences of the text that belong into `not_covered`."""

from datetime import date

import pytest

from index.corpus_check import check_corpus
from index.documents import Document, Metadata
from index.gap_check import declared_gaps


def gaps_in(text: str) -> list[str]:
    metadata = Metadata(title="The fair", language="en")
    return list(declared_gaps(Document(id="a", stem="a", metadata=metadata, text=text)))


@pytest.mark.parametrize(
    "sentence",
    [
        "本知识库没有展位价格的资料。",
        "第138届广交会已结束，本知识库没有收录展位价格。",
        "本知识库2025年的资料未说明展位价格。",
        "The documents held here do not give booth prices.",
        "The fair is over, and the documents held here do not give booth prices.",
        "This knowledge base has no booth prices.",
    ],
)
def test_a_sentence_that_says_what_is_not_held_is_found(sentence):
    assert gaps_in(f"# The fair\n\nThe fair was held in Guangzhou.\n\n{sentence}\n") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "这是本知识库根据程序作出的理解。",
        "展会没有收取门票。",
        "The documents held here do give booth prices.",
        "Firms do not pay for a booth.",
    ],
)
def test_other_sentences_stay_where_they_are(sentence):
    assert gaps_in(f"# The fair\n\n{sentence}\n") == []


def test_the_corpus_check_warns_of_it_and_lets_the_build_pass(corpus):
    corpus.write("fair.zh.md", "展会在中国举行。[^1]\n\n本知识库没有展位价格的资料。[^1]\n")
    corpus.write("fair.en.md", "The fair is held in China.[^1]\n")
    report = check_corpus([corpus.directory], date(2026, 1, 1))

    (finding,) = report.findings

    assert "move it to `not_covered`" in finding.remark.text
    assert finding.remark.path.endswith("/fair.zh.md")
    assert not finding.is_error
    assert report.errors == ()
