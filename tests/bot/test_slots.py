"""What a question names that something else can take the place of."""

import pytest

from bot.answers.slots import is_named_by, slots_in
from tests.bot.conftest import TODAY
from tests.bot.test_history import NAMES


def found_in(text):
    return [(slot.names, slot.text) for slot in slots_in(text, NAMES, TODAY)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025年第138届广交会", [("2025", "2025年"), ("138", "第138届"),
                                 ("canton-fair", "广交会")]),
        ("去年深圳的补贴", [("2025", "去年"), ("Shenzhen", "深圳")]),
        ("中国出口额", [("exports", "出口额")]),
        ("RCEP和越南", [("rcep", "RCEP"), ("VN", "越南")]),
        ("the CIIE in Shanghai last year", [("ciie", "CIIE"), ("CN-SH", "Shanghai"),
                                             ("2025", "last year")]),
        ("转人工", []),
    ],
)  # fmt: skip
def test_all_that_is_named_is_found_where_it_stands(text, found):
    assert found_in(text) == found


def test_a_place_within_a_name_is_part_of_the_name():
    assert found_in("Sihanoukville Special Economic Zone, Cambodia") == [
        ("ssez", "Sihanoukville Special Economic Zone"),
        ("KH", "Cambodia"),
    ]


SHENZHEN = {"title": "深圳市参展补贴", "cities": ["Shenzhen"], "provinces": ["CN-GD"]}


@pytest.mark.parametrize(
    ("new", "text", "metadata", "is_named"),
    [
        ("上海", "每家企业5万元。", SHENZHEN, False),
        ("上海", "每家企业5万元。上海另有规定。", SHENZHEN, False),
        ("深圳", "每家企业5万元。", SHENZHEN, True),
        ("广东", "每家企业5万元。", SHENZHEN, True),
        ("上海", "部里有新举措。上海有试点。", {"title": "举措"}, False),
        ("上海", "部里有新举措。", {"title": "举措", "cities": ["Beijing", "Shanghai"]}, False),
        ("上海", "上海每家企业5万元。", {"title": "各地补贴"}, True),
        ("上海", "深圳每家企业5万元。上海没有。", {"title": "各地补贴"}, False),
        ("泰国", "东盟各国都免关税。", {"title": "关税"}, True),
        ("第21届", "主题国是缅甸。", {"title": "第22届东博会"}, False),
        ("第22届", "主题国是缅甸。", {"title": "第22届东博会"}, True),
        ("链博会", "有1200家展商。", {"title": "第3届链博会"}, True),
        ("链博会", "有4108家展商。链博会另算。", {"title": "第8届进博会"}, False),
        (
            "第19届",
            "展会在广州。",
            {"title": "东博会", "not_covered": [{"question": "第19届东博会"}]},
            False,
        ),
        ("第19届", "展会在广州。第19届在南宁。", {"title": "东博会"}, True),
        ("2025年", "出口额26万亿元。", {"title": "出口", "as_of": "2025-12-31"}, True),
        ("2025年", "2024年出口额25万亿元。", {"title": "出口", "as_of": "2025-01-13"}, False),
    ],
)
def test_a_quote_answers_only_of_what_it_or_its_document_is_about(
    make_document, new, text, metadata, is_named
):
    document = make_document(text, language="zh", **metadata)
    (slot,) = slots_in(new, NAMES, TODAY)
    first = f"{text.partition('。')[0]}。"

    assert is_named_by(slot, document, first, NAMES, TODAY) is is_named
