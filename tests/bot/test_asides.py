"""What stands around a question is told from it by what it names, not by its wording."""

import pytest

from bot.answers.asides import parted

NAMED = ("carnet", "单证册", "Vietnam", "2024")
"""What the documents of these tests hold."""


def part(text):
    def names(said):
        return any(name in said for name in NAMED)

    return parted(text, names, names)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We make toys in Foshan. Who issues the carnet?", "Who issues the carnet?"),
        ("Who issues the carnet? Any help is welcome.", "Who issues the carnet?"),
        ("Who issues the carnet, thank you in advance.", "Who issues the carnet"),
        ("Good morning, my boss wants to know: who issues it, the carnet?", None),
        ("我们是佛山的小厂。单证册由谁签发？盼复，祝好！", "单证册由谁签发？"),
        ("单证册由谁签发，谢谢您了", "单证册由谁签发"),
        ("U.S. firms double their funding", "U.S. firms double their funding"),
    ],
)
def test_what_neither_asks_nor_names_anything_is_left_out(text, left):
    expected = left or "who issues it, the carnet?"

    assert part(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Our man is in Vietnam. Which papers does the customs office want?",
        "Which papers does the customs office want? It is for Vietnam.",
        "The goods are sold at last. Do they count as exported goods?",
        "Forced labour rules: since when do both unions apply them?",
        "We make toys.",
        "谢谢",
        "",
    ],
)
def test_what_the_question_needs_stays(text):
    assert part(text) == (text, ())


def test_what_was_left_out_is_told():
    _, asides = part("你好，我们是佛山的小厂。单证册由谁签发？多谢！")

    assert set(asides) == {"你好，我们是佛山的小厂。", "多谢！"}
