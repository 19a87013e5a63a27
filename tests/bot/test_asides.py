"""What stands around a question is told from it by what it names, not by its wording."""

import pytest

from bot.answers.asides import asking_part, parted

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


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("我们厂做饼干的，想卖到印尼，清真证书最晚哪天要有？", "清真证书最晚哪天要有？"),
        ("부산의 무역회사입니다. 박람회는 언제 열렸나요?", "박람회는 언제 열렸나요?"),
        ("朋友在苏州工业园开厂，那个园区有多少家企业？", None),
        ("We sell in Hamburg. How far is it from that city?", None),
        ("Which offices give out the paper?", None),
    ],
)
def test_the_part_that_asks_begins_with_the_question_unless_it_speaks_of_what_is_told(
    text, asking
):
    assert asking_part(text) == (asking or text)
