"""Labelled questions become pairs: right sentences, the wrong ones most like them, no doubtful."""

import gzip
import json

import pytest

from bot.training.pairs import own_pairs, public_pairs
from index.testing import HashingEncoder

TITLE = "Lamp fair"
SENTENCES = [
    [TITLE, "The lamp fair has 300 booths."],
    [TITLE, "The lamp fair has 20 halls."],
    [TITLE, "The lamp fair opens in May."],
    [TITLE, "Lamps come from many towns."],
]
TEXT = "Oslo lies by the sea. It has 700,000 people. Ships go to Kiel every day."
TRANSLATED = "奥斯陆位于海边。它有70万人口。每天有船开往基尔。"


def write_lines(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


@pytest.fixture
def own(tmp_path):
    """A folder with two questions about one text, and another text."""
    folder = tmp_path / "own"
    asked = {"document": "lamps", "language": "en", "near": [], "doubtful": []}
    write_lines(
        folder / "questions.jsonl",
        [
            asked
            | {
                "question": "How many booths has the lamp fair?",
                "answers": ["en1"],
                "doubtful": ["en4"],
            },
            asked | {"question": "What is the rent?", "answers": [], "near": ["en2"]},
            asked | {"document": None, "question": "Why does my cat cough?", "answers": []},
        ],
    )
    texts = [
        {"document": "lamps", "language": "en", "overlaps": False, "sentences": SENTENCES},
        {
            "document": "tea",
            "language": "en",
            "overlaps": False,
            "sentences": [["Tea", "Tea is drunk hot."]],
        },
    ]
    write_lines(folder / "texts.jsonl", texts)
    return folder


def of_question(pairs, begins):
    return {pair.text: pair.answers for pair in pairs if pair.question.startswith(begins)}


def test_the_right_sentence_stands_beside_wrong_ones_of_its_document(own):
    found = of_question(own_pairs(own, HashingEncoder(), [1])[0], "How many booths")

    assert found["Lamp fair > Lamp fair | The lamp fair has 300 booths."] is True
    wrong = [text for text, answers in found.items() if not answers]
    assert len([text for text in wrong if text.startswith("Lamp fair")]) == 2
    assert not any("many towns" in text for text in found)


def test_what_looks_most_like_an_answer_is_wrong_first(own):
    found = of_question(own_pairs(own, HashingEncoder(), [1])[0], "What is the rent")

    assert found["Lamp fair > Lamp fair | The lamp fair has 20 halls."] is False
    assert not any(found.values())


def test_a_question_about_another_subject_is_answered_by_no_sentence_of_any_text(own):
    found = of_question(own_pairs(own, HashingEncoder(), [1])[0], "Why does my cat")

    assert len(found) == 4
    assert not any(found.values())


def test_the_same_seed_gives_the_same_pairs(own):
    first, second = own_pairs(own, HashingEncoder(), [3, 3])

    assert first == second


@pytest.fixture
def public(tmp_path):
    """One set of two translated paragraphs; a question with an answer, and one without."""
    rows = [
        {
            "lang": "en",
            "title": "Oslo",
            "parallel": "1",
            "text": TEXT,
            "question": "How many people has Oslo?",
            "answerable": True,
            "answers": [{"text": "700,000", "start": TEXT.index("700,000")}],
        },
        {
            "lang": "zh",
            "title": "奥斯陆",
            "parallel": "1",
            "text": TRANSLATED,
            "question": "谁建了奥斯陆？",
            "answerable": False,
            "answers": [],
        },
        {
            "lang": "en",
            "title": "Oslo",
            "parallel": "1",
            "text": TEXT,
            "question": "Who built Oslo?",
            "answerable": False,
            "answers": [],
        },
    ]
    with gzip.open(tmp_path / "towns.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_the_sentence_with_the_answer_is_right_and_so_is_its_translation(public):
    found = of_question(public_pairs(public, 1), "How many people")

    right = {text for text, answers in found.items() if answers}
    assert right == {"Oslo > Oslo | It has 700,000 people.", "奥斯陆 | 它有70万人口。"}
    assert len(found) > len(right)


def test_an_adversarial_question_makes_its_paragraph_wrong(public):
    found = of_question(public_pairs(public, 1), "Who built")

    assert len(found) == 3
    assert not any(found.values())


def test_a_text_of_which_no_answer_is_known_teaches_nothing(public):
    assert of_question(public_pairs(public, 1), "谁建了") == {}
