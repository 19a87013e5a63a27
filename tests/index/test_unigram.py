"""The tokenizer, over a vocabulary of a few pieces; over the model's own: test_bundled_model."""

import pytest

from index.encoders.unigram import UnigramTokenizer, Vocabulary

SCORES = {
    "<s>": 0.0,
    "</s>": 0.0,
    "<pad>": 0.0,
    "<unk>": 0.0,
    "▁": -3.0,
    "a": -4.0,
    "b": -4.0,
    "ab": -5.0,
    "aba": -12.5,
    "▁a": -4.5,
    "广": -5.0,
    "广交会": -6.0,
}
PIECES = list(SCORES)
TOKENIZER = UnigramTokenizer(Vocabulary(PIECES, list(SCORES.values()), 0, 1, 2, 3))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("ab", ["▁", "ab"]),  # -8, where ▁a and b have -8.5
        ("a", ["▁a"]),
        ("aba", ["▁", "ab", "a"]),  # -12, where the longest piece has -15.5
        ("a  b", ["▁a", "▁", "b"]),
        ("广交会", ["▁", "广交会"]),
        ("广交", ["▁", "广", "<unk>"]),
        ("广??!b", ["▁", "广", "<unk>", "b"]),  # what is unknown is one piece
    ],
)
def test_a_text_is_cut_into_its_most_likely_pieces(text, pieces):
    assert [PIECES[piece] for piece in TOKENIZER.ids(text)] == pieces


def test_characters_that_look_alike_are_one():
    assert TOKENIZER.ids("ａ\u200bｂ\x02") == TOKENIZER.ids("a b")
    assert TOKENIZER.ids("～") == TOKENIZER.ids("?")  # not "~", as elsewhere
