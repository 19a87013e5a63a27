"""Words as they are indexed, and BM25 over them."""

from concurrent.futures import ThreadPoolExecutor

import bm25s
import numpy as np
import pytest

from index.lexical import LexicalIndex, count_words, words

TEXTS = [
    "The Canton Fair is held in Guangzhou twice a year.",
    "广交会在广州举行，每年两届。",
    "Policy loans help small exporters.",
    "😀 ！",
    "The fair has booths for exporters.",
]


@pytest.fixture(scope="module")
def lexical():
    return LexicalIndex.build(map(count_words, TEXTS))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fairs", "fair"),
        ("policies", "policy"),
        ("the SME's loans", "The SME loan"),
        ("廣交會", "广交会"),
        ("ＲＣＥＰ１２", "rcep 12"),
        ("1,590", "1590"),
        ("Ca\u0300 phe\u0302", "Cà phê"),
    ],
)
def test_ways_to_write_the_same_words_are_indexed_alike(one, other):
    assert words(one) == words(other)


def test_letters_within_chinese_are_words_of_their_own():
    assert words("貼了EAC標誌的貨物") == ["贴", "了", "eac", "标志", "的", "货物"]
    assert words("日本語ABCテスト")[:3] == ["日本", "日本语", "abc"]


def test_words_are_cut_as_jieba_cuts_them_for_a_search():
    """Its dictionary, words within words, and its model for what no dictionary has."""
    assert (
        words("中华人民共和国商务部")
        == "中华 华人 人民 共和 共和国 中华人民共和国 商务 商务部".split()
    )
    assert words("他来到了网易杭研大厦") == "他 来到 了 网易 杭研 大厦".split()


def test_threads_that_cut_at_once_cut_alike():
    texts = [f"{year}年江苏省中外中小企业合作区名单" for year in range(2000, 2200)]
    expected = [words(text) for text in texts]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(words, texts * 4))

    assert found == expected * 4


def test_chinese_is_cut_into_words():
    assert {"广州", "举行", "广交会"} <= set(words("广交会在广州举行"))


@pytest.mark.parametrize("text", ["класс", "캔톤페어", "カントン", "งาน", "مصر", "Straße"])
def test_words_of_every_script_are_indexed(text):
    assert words(text)


@pytest.mark.parametrize("word", ["glass", "analysis", "campus", "vs"])
def test_an_s_that_is_no_plural_stays(word):
    assert words(word) == [word]


@pytest.mark.parametrize("text", ["", " ", "！？", "😀"])
def test_a_text_without_words_has_none(text):
    assert words(text) == []


@pytest.mark.parametrize(
    ("question", "row"), [("Where is the Canton Fair?", 0), ("廣交會", 1), ("loan", 2)]
)
def test_the_row_with_the_question_s_words_scores_highest(lexical, question, row):
    scores = lexical.scores(words(question))

    assert scores.shape == (len(TEXTS),)
    assert scores.argmax() == row
    assert scores[row] > 0


@pytest.mark.parametrize("question", ["", "zeppelin", "😀"])
def test_a_question_of_unknown_words_scores_nothing(lexical, question):
    scores = lexical.scores(words(question))

    assert scores.tolist() == [0] * len(TEXTS)


def test_a_row_without_words_is_never_found(lexical):
    assert lexical.scores(words("The fair for exporters 广交会"))[3] == 0


def test_only_indexed_words_are_known(lexical):
    assert lexical.knows("guangzhou")
    assert not lexical.knows("zeppelin")


def test_scores_are_those_of_bm25s_bit_for_bit(tmp_path):
    """Rows of all lengths, one of them without a word; words that many rows have, or only one."""
    random = np.random.default_rng(7)
    texts = [
        " ".join(f"w{number}" for number in random.zipf(1.5, random.integers(0, 90)) % 997)
        for _ in range(300)
    ]
    numbers: dict[str, int] = {}
    numbered = [
        [numbers.setdefault(word, len(numbers)) for word in words(text) or [" "]] for text in texts
    ]
    reference = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    reference.index((numbered, numbers), create_empty_token=False, show_progress=False)

    LexicalIndex.build(map(count_words, texts)).save(tmp_path / "lexical")

    for name, expected in (("columns", "indptr"), ("rows", "indices"), ("scores", "data")):
        found = np.load(tmp_path / "lexical" / f"{name}.npy")
        np.testing.assert_array_equal(found, reference.scores[expected])
    assert len(found) > 3000


def test_a_saved_index_scores_as_before(lexical, tmp_path):
    lexical.save(tmp_path / "lexical")

    again = LexicalIndex.load(tmp_path / "lexical", len(TEXTS))

    question = words("The Canton Fair in Guangzhou")
    np.testing.assert_allclose(again.scores(question), lexical.scores(question))


def test_texts_of_which_none_has_words_can_be_indexed():
    lexical = LexicalIndex.build(map(count_words, ["！", "？"]))

    assert lexical.scores(words("fair")).tolist() == [0, 0]
