"""Follow-ups: what they lean on, what they put in its place, and what is none."""

import pytest

from bot.answers.history import resolve_history
from index import Entry, Glossary
from tests.bot.conftest import TODAY
from tests.bot.reading import read_completed, read_question

NAMES = Glossary(
    [
        Entry.model_validate({"id": identity, "kind": kind, "zh": zh, "en": en})
        for identity, kind, zh, en in (
            ("canton-fair", "event", "广交会", "Canton Fair"),
            ("ciie", "event", "进博会", "CIIE"),
            ("cisce", "event", "链博会", "CISCE"),
            ("long-jiang", "zone", "龙江工业园", "Long Jiang Industrial Park"),
            ("ssez", "zone", "西港特区", "Sihanoukville Special Economic Zone"),
            ("rcep", "policy", "RCEP", "RCEP Agreement"),
            ("zero-tariff", "term", "零关税", "zero tariff"),
        )
    ]
)


def read(text, *history):
    return read_completed(text, TODAY, history, glossary=NAMES)


@pytest.mark.parametrize(
    ("earlier", "said", "meant"),
    [
        ("深圳企业参展有补贴吗？", "上海呢？", "上海企业参展有补贴吗？"),
        ("进博会有多少参展商？", "那链博会呢", "链博会有多少参展商？"),
        ("进博会有多少参展商？", "链博会？", "链博会有多少参展商？"),
        ("第138届广交会来了多少采购商？", "第137届呢", "第137届广交会来了多少采购商？"),
        ("第22届东博会主题国是哪国？", "上一届呢？", "第21届东博会主题国是哪国？"),
        ("2024年中国出口额是多少？", "那2025年呢？", "2025年中国出口额是多少？"),
        ("广东省的园区有哪些？", "上海的呢？", "上海的园区有哪些？"),
        ("深圳参展补贴最高多少？", "广州有吗", "广州参展补贴最高多少？"),
        ("When is the Canton Fair?", "What about the CIIE?", "When is the CIIE?"),
        ("How many came to the 138th Canton Fair in 2025?", "And the 137th?",
         "How many came to the 137th Canton Fair?"),
        ("What was the trade with ASEAN in 2024?", "And the year after?",
         "What was the trade with ASEAN in 2025?"),
    ],
)  # fmt: skip
def test_an_elliptical_question_is_the_one_before_with_what_it_names(earlier, said, meant):
    question = read(said, earlier)

    assert question.text == question.search_text == meant


@pytest.mark.parametrize(
    ("said", "before", "completed"),
    [
        ("那江苏呢？", ("哪些省有合作区？", "专精特新企业能借多少外债？"), "江苏 哪些有合作区？"),
        ("那北京呢？", ("深圳补贴多少？", "链博会是谁办的？"), "北京补贴多少？"),
        ("那北京呢？", ("深圳补贴多少？", "上海呢？"), "北京补贴多少？"),
        ("那第三期呢", ("广交会几号开？", "第一期是哪几天？"), "广交会几号开？ 第三期是哪几天？"),
        ("では、韓国は？", ("日本の商談会はいつ？",), "韓国の商談会はいつ？ では、韓国は？"),
        ("那里怎么走？", ("进博会在哪里？", "？"), "进博会在哪里？ 那里怎么走？"),
        ("链博会呢？", ("进博会有多少展商？", "谢谢", "转人工"), "链博会有多少展商？"),
    ],
)
def test_the_newest_turn_that_has_one_is_meant(said, before, completed):
    assert read(said, *before).search_text == completed


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("And how many booths?", "Where is the Canton Fair?"),
        ("那2000万美元的那一档要什么条件？", "高新技术小企业最多能自主借多少外债？"),
        ("它是谁开发的？", "龙江工业园有多少企业？"),
        ("那里有多少家企业？", "龙江工业园在哪里？"),
        ("Who are their partners?", "Who runs the Canton Fair?"),
        ("什么时候？", "链博会在哪里办？"),
        ("How many firms does it have?", "Where is the Long Jiang Industrial Park?"),
        ("When did it end?", "When was the 3rd Canton Fair held?"),
        ("А весной?", "Сколько покупателей приехало осенью?"),
        ("وماذا عن دبي؟", "متى يُعقد ملتقى التعاون الصناعي؟"),
        ("那要是零关税呢，怎么报关？", "买家收了货，怎么报关？"),
    ],
)
def test_a_question_that_leaves_open_what_of_is_searched_with_the_one_before(text, earlier):
    question = read(text, earlier)

    assert question.text == text
    assert question.search_text == f"{earlier} {text}"


@pytest.mark.parametrize(
    "said",
    [
        "转人工",
        "人工客服",
        "你真没用",
        "帮我写一封邮件",
        "补贴",
        "开发票",
        "那好吧",
        "那算了，不问了",
        "but you are wrong",
        "talk to an agent",
        "下一届链博会什么时候开？",
        "是吗？",
        "为什么？",
        "还有吗",
        "can you speak Chinese",
        "RCEP",
        "RCEP是什么？",
        "链博会是谁办的？",
        "专精特新企业最多能借多少外债？",
        "What is the threshold in tonnes?",
        "How long does it take to ship to Brazil?",
        "How much does it cost if goods are returned?",
    ],
)
def test_a_message_that_is_no_follow_up_stays_as_it_is(said):
    assert read(said, "进博会有多少参展商？").search_text == said


def resolved(said, *before):
    return resolve_history(read_question(said, TODAY), before, TODAY, NAMES)


@pytest.mark.parametrize(
    ("said", "is_doubtful"),
    [
        ("怎么申请？", True),
        ("哪些国家免签？", True),
        ("那怎么申请", True),
        ("那2000万美元的那一档要什么条件？", False),
        ("它怎么申请？", False),
        ("深圳呢？", False),
    ],
)
def test_what_may_be_a_question_of_its_own_is_kept_as_it_stands_as_well(said, is_doubtful):
    reading = resolved(said, "广州的龙江工业园在哪里？")

    assert reading.question.search_text != said
    assert (reading.otherwise.search_text if reading.otherwise else None) == (
        said if is_doubtful else None
    )


@pytest.mark.parametrize("said", ["链博会怎么申请？", "2025年怎么申请？"])
def test_a_question_that_says_what_it_is_about_is_no_follow_up(said):
    reading = resolved(said, "龙江工业园在哪里？")

    assert (reading.question.search_text, reading.otherwise) == (said, None)


def test_where_languages_do_not_drop_topics_a_question_is_first_read_as_it_stands():
    reading = resolved("How do I apply?", "Where is the Long Jiang Industrial Park?")

    assert reading.question.search_text == "How do I apply?"
    assert reading.otherwise.search_text == (
        "Where is the Long Jiang Industrial Park? How do I apply?"
    )


def test_a_turn_is_completed_itself_before_it_completes_another():
    assert read("怎么申请？", "龙江工业园在哪里？", "有多少企业？", "谢谢").search_text == (
        "龙江工业园在哪里？ 有多少企业？ 怎么申请？"
    )
