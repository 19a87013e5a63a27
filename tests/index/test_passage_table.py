"""Arrays say which passages a question is answered from."""

import numpy as np
import pytest

from index.document_store import Catalogue
from index.documents import Passage
from index.passage_table import PassageTable

DOCUMENTS = [
    ("fair.en", "fair", "en", ["en", "en"]),
    ("fair.zh", "fair", "zh", ["zh", "en"]),
    ("law.ru", "law", "ru", ["ru"]),
    ("law.zh-Hant", "law", "zh-Hant", ["zh-Hant"]),
    ("none.en", "none", "en", []),
    ("sole.ar", "sole", "ar", ["ar", "ar", "ar"]),
]
ROWS = {
    "fair.en": [0, 1],
    "fair.zh": [2, 3],
    "law.ru": [4],
    "law.zh-Hant": [5],
    "sole.ar": [6, 7, 8],
}


def passages():
    return [
        Passage(
            document=name, start=start, end=start + 1, text="x", headings=(), language=language
        )
        for name, _, _, languages in DOCUMENTS
        for start, language in enumerate(languages)
    ]


def table_of(documents):
    ids, stems, languages, _ = zip(*documents, strict=True)
    catalogue = Catalogue(ids=ids, stems=stems, languages=languages, titles=ids)
    return PassageTable.build(passages(), catalogue)


@pytest.fixture
def table(tmp_path):
    """Saved and opened again."""
    table_of(DOCUMENTS).save(tmp_path)
    return PassageTable.load(tmp_path)


@pytest.mark.parametrize(
    ("language", "documents"),
    [
        ("en", {"fair.en", "law.zh-Hant", "sole.ar"}),
        ("zh", {"fair.zh", "law.zh-Hant", "sole.ar"}),
        ("zh-Hant", {"fair.zh", "law.zh-Hant", "sole.ar"}),
        ("ru", {"fair.en", "law.ru", "sole.ar"}),
        ("vi", {"fair.en", "law.zh-Hant", "sole.ar"}),
    ],
)
def test_of_each_document_one_version_is_searched(table, language, documents):
    searched = {
        code: np.flatnonzero(table.searched(language, written_in=code).mask).tolist()
        for code in table.languages
    }

    assert table.languages == ["ar", "en", "ru", "zh"]
    assert {row for rows in searched.values() for row in rows} == {
        row for document in documents for row in ROWS[document]
    }
    for code, rows in searched.items():
        assert set(table.languages_of(np.array(rows, int)).tolist()) <= {code}


def test_a_document_whose_place_another_takes_is_not_searched():
    documents = [*DOCUMENTS[:5], ("sole.ar", "fair", "zh", [])]

    searched = table_of(documents).searched("zh", written_in="zh")

    assert np.flatnonzero(searched.mask).tolist() == ROWS["law.zh-Hant"]


def test_each_document_has_its_own_rows(table):
    rows = {name: list(table.rows_of(place)) for place, (name, *_) in enumerate(DOCUMENTS)}

    assert rows == {**ROWS, "none.en": []}
    assert len(table) == 9
