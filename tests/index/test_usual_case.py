"""Words are told as texts mostly write them, where no sentence begins."""

from index.usual_case import usual_case, within_sentences


def test_the_most_frequent_way_to_write_a_word_within_sentences_counts():
    texts = ["The EAC mark and the stamp.", "Mark it at the Stamp of Minsk, or at the stamp."]

    usual = usual_case(word for text in texts for word in within_sentences(text))

    assert {word: usual[word] for word in ("eac", "mark", "stamp", "minsk")} == {
        "eac": "EAC",
        "mark": "mark",
        "stamp": "stamp",
        "minsk": "Minsk",
    }
    assert "it" in usual
    assert "the" in usual
