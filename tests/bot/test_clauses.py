"""What of a message asks, and what one question asks: who did it, and for how much."""

import pytest

from bot.answers.clauses import as_questions, asking_part, clauses, compares, only_compares


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        (
            "第一笔是哪家银行办的，担保了多少钱？",
            [["第一笔是哪家银行办的", "担保了多少钱"]],
        ),
        (
            "How many booths has it, which buyers came and who runs it?",
            [
                ["How many booths has it", "which buyers came and who runs it"],
                ["How many booths has it, which buyers came", "who runs it"],
                ["How many booths has it", "which buyers came", "who runs it"],
            ],
        ),
        ("我们宁波做阀门，广交会有多少展位？", [["我们宁波做阀门", "广交会有多少展位"]]),
    ],
)
def test_a_question_is_split_wherever_another_clause_may_begin(text, ways):
    assert clauses(text, ()) == ways


@pytest.mark.parametrize(
    "text", ["广交会有多少展位？", "请问，广交会有多少展位？", "Where is the fair?"]
)
def test_a_question_with_words_of_one_thing_only_is_not_split(text):
    assert clauses(text, ()) == []


def test_a_name_is_not_split():
    text = "What are the terms and conditions of the fair?"

    assert clauses(text, ()) != []
    assert clauses(text, [(text.index("terms"), text.index(" of the"))]) == []


def test_what_is_asked_of_two_things_each_is_asked_of_both():
    assert ["出口增长多少", "进口增长多少"] in clauses("出口和进口分别增长多少？", ())


def test_who_has_more_is_asked_for_the_number():
    assert ["茶博会", "香料展，采购商有多少"] in clauses(
        "茶博会和香料展，哪一届采购商多，各有多少？", ()
    )


@pytest.mark.parametrize("text", ["阿布扎比的展会", "比利时的关税", "去比什凯克的班列"])
def test_names_that_hold_the_word_for_comparing_compare_nothing(read, text):
    assert not compares(read(text))
    assert compares(read("比一比两个园区"))


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


@pytest.mark.parametrize(
    ("text", "is_only"),
    [
        ("比较A和B", True),
        ("A和B有什么区别，做成表格", True),
        ("What is the difference between A and B?", True),
        ("A vs B, please", True),
        ("A和B哪个展位多", False),
        ("A和B", False),
    ],
)
def test_a_message_that_only_compares_says_nothing_but_names(text, is_only):
    names = [(text.index(name), text.index(name) + 1) for name in ("A", "B")]

    assert only_compares(text, names) is is_only


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("1. 广交会什么时候\n2. 怎么报名？", "广交会什么时候? 怎么报名？"),
        ("您好：1、什么是ODI；2、要多久", "您好： 什么是ODI? 要多久?"),
        ("①什么是ODI ②要多久", "什么是ODI? 要多久?"),
        ("where is it held\nhow much is a booth", "where is it held? how much is a booth?"),
    ],
)
def test_a_list_of_questions_is_read_as_questions(message, read):
    assert as_questions(message) == read


@pytest.mark.parametrize(
    "message",
    [
        "1.5还是2.5，哪个对？",
        "我们做服装\n在义乌\n怎么出口",
        "1. 做服装 2. 在义乌",
        "广交会什么时候？",
        "",
    ],
)
def test_what_is_no_list_of_questions_is_left_as_it_is(message):
    assert as_questions(message) == message
