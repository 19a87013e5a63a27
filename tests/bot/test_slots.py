"""What a question names, and how something else takes its place."""

from functools import partial

import pytest

from bot.answers.slots import put_in_place, slots_in
from tests.bot.conftest import TODAY
from tests.bot.test_history import NAMES

slots_of = partial(slots_in, glossary=NAMES, today=TODAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025年第138届广交会", [("2025", "2025年"), ("138", "第138届"),
                                 ("canton-fair", "广交会")]),
        ("去年深圳市的补贴", [("2025", "去年"), ("Shenzhen", "深圳市")]),
        ("中国出口额", [("CN", "中国"), ("exports", "出口额")]),
        ("RCEP和越南", [("rcep", "RCEP"), ("VN", "越南")]),
        ("the CIIE in Shanghai last year", [("ciie", "CIIE"), ("CN-SH", "Shanghai"),
                                             ("2025", "last year")]),
        ("And the year after the 3rd?", [("+1", "year after"), ("3", "3rd")]),
        ("转人工", []),
    ],
)  # fmt: skip
def test_all_that_is_named_is_found_where_it_stands(text, found):
    assert [(slot.names, slot.text) for slot in slots_of(text)] == found


def test_a_place_within_a_name_is_part_of_the_name():
    text = "Sihanoukville Special Economic Zone, Cambodia"

    assert [slot.names for slot in slots_of(text)] == ["ssez", "KH"]


@pytest.mark.parametrize(
    ("name", "is_thing", "is_where_or_when"),
    [
        ("广交会", True, False),
        ("RCEP", True, False),
        ("零关税", False, False),
        ("深圳", False, True),
        ("2025年", False, True),
        ("进口额", False, True),
    ],
)
def test_a_question_can_be_about_a_thing_but_not_only_about_a_place_or_a_time(
    name, is_thing, is_where_or_when
):
    (slot,) = slots_of(name)

    assert (slot.is_thing, slot.is_where_or_when) == (is_thing, is_where_or_when)


@pytest.mark.parametrize(
    ("turn", "said", "completed"),
    [
        ("Straße深圳补贴", "上海呢？", "strasse上海补贴"),
        ("去马来西亚要签证吗？", "那越南和泰国呢？", "去越南和泰国要签证吗？"),
        ("2025年中国出口额是多少？", "进口额呢？", "2025年中国进口额是多少？"),
        ("进博会有多少人？", "2024年链博会呢", "链博会有多少人 2024年？"),
        ("哪些省有合作区？", "那江苏呢？", "江苏 哪些有合作区？"),
        ("Which provinces have SME zones?", "And Jiangsu?", "Jiangsu Which have SME zones?"),
        ("2025年第138届广交会来了多少人？", "那第137届呢", "第137届广交会来了多少人？"),
        ("第138届广交会来了多少人？", "链博会呢？", "链博会来了多少人？"),
        ("Who is in the Long Jiang Industrial Park in Vietnam?",
         "What about the Sihanoukville Special Economic Zone?",
         "Who is in the Sihanoukville Special Economic Zone?"),
        ("第138届广交会", "上一届", "第137届广交会"),
        ("the 110th Canton Fair", "the next one", "the 111th Canton Fair"),
        ("the 120th Canton Fair", "the next edition", "the 121st Canton Fair"),
        ("the 13th CIIE", "the previous edition", "the 12th CIIE"),
        ("2024年出口多少", "第二年呢", "2025年出口多少"),
    ],
)  # fmt: skip
def test_what_is_new_takes_the_place_of_what_is_of_the_same_sort(turn, said, completed):
    assert put_in_place(turn, said, slots_of(said), slots_of) == completed


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("专精特新企业能借多少外债？", "江苏"),
        ("从深圳和广州怎么报关？", "上海"),
        ("广交会和进博会哪个大？", "链博会"),
        ("深圳的补贴多少？", "越南"),
        ("第137届和第138届", "上一届"),
    ],
)
def test_nothing_is_replaced_where_nothing_or_no_one_thing_fits(turn, said):
    assert put_in_place(turn, said, slots_of(said), slots_of) is None
