"""What a message tells before it asks, and what it asks."""

import pytest

from bot.answers.story import what_is_asked, without_whereabouts
from index import Entry, Glossary
from tests.bot.conftest import TODAY


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("My buyer in Brazil went bankrupt.", "My buyer went bankrupt."),
        ("Our Nigerian customer does not pay.", "Our customer does not pay."),
        ("巴西的客户破产了，保险赔吗", "的客户破产了，保险赔吗"),
        ("наш клиент из Бразилии не платит", "наш клиент не платит"),
    ],
)
def test_where_a_customer_sits_can_be_left_out(read, asked, left):
    assert without_whereabouts(read(asked), TODAY).text == left


@pytest.mark.parametrize(
    "asked",
    [
        "去新加坡见客户",
        "What does Brazil charge?",
        "客户破产了",
        "来了多少美国采购商？",
        "How many German buyers came?",
    ],
)
def test_a_country_that_is_asked_about_cannot(read, asked):
    assert without_whereabouts(read(asked), TODAY) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("We make toys in Foshan. Which offices sell stamps?", "Which offices sell stamps?"),
        ("我们厂做饼干的，想卖到印尼，清真证书最晚哪天要有？", "清真证书最晚哪天要有？"),
        ("부산의 무역회사입니다. 박람회는 언제 열렸나요?", "박람회는 언제 열렸나요?"),
        ("朋友在苏州工业园开厂，那个园区有多少家企业？", None),
        ("We sell in Hamburg. How far is it from that city?", None),
        (
            "We make toys. Are there offices that sell stamps?",
            "Are there offices that sell stamps?",
        ),
        ("Which offices give out the paper?", None),
        ("We make toys. How many?", None),
    ],
)
def test_what_is_told_of_the_asker_can_be_left_out(read, text, asked):
    question = what_is_asked(read(text), Glossary(), TODAY)

    assert (question and question.text) == asked


def test_where_the_asker_sits_is_left_out_but_not_a_passport(read):
    def asked(text, *entries):
        return what_is_asked(read(text), Glossary(entries), TODAY)

    visa = Entry(id="visa", kind="term", zh="签证", en="visa", forms={"ru": ["виза"]})
    school = Entry(id="luban", kind="programme", zh="鲁班工坊", en="Luban Workshop")
    told = "We need welders in Kenya."

    assert asked("I'm a trader from Poland. How long may buyers stay?").countries == frozenset()
    assert asked("У меня белорусский паспорт. Сколько дней без визы?", visa).countries == {"BY"}
    assert asked(f"{told} How many schools train them?", school).countries == {"KE"}
    assert asked(f"{told} How many Luban Workshops train?", school).countries == frozenset()


def test_a_year_in_what_is_told_is_not_the_year_asked_about(read):
    told = "我的子公司前年开好了。增资要不要备案登记？"

    assert read(told).years == {2024}
    assert what_is_asked(read(told), Glossary(), TODAY).years == frozenset()
