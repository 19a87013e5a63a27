"""A question is read as documents are read: what it names, and what it asks for."""

from datetime import date

import pytest

from index.constraints import asks_date, asks_number, read_constraints
from index.facts import facts_of
from index.glossary import Entry, Glossary
from index.language import language_of

NAMES = Glossary(
    [
        Entry(id="river-bank", kind="institution", zh="河银行", en="River Bank"),
        Entry(id="rcep", kind="policy", zh="区域协定", en="RCEP"),
    ]
)


def read(question, **parts):
    return read_constraints(question, language_of(question), date(2026, 2, 15), NAMES, **parts)


def test_a_question_names_things_and_asks_for_a_figure():
    asked = read("How many firms in Vietnam did RIVER Bank serve under RCEP in May 2025?")

    assert asked.things == {"institution:river-bank"}
    assert asked.forms == ("river bank",)
    assert asked.named.entries == {"institution:river-bank", "policy:rcep"}
    assert (asked.years, asked.months, asked.countries) == ({2025}, {5}, {"VN"})
    assert (asked.asks_number, asked.asks_date) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "第138届广交会2025年10月在广州举行。",
        "In 2024 exports to Vietnam under RCEP rose by 5% on 2023.",
        "River Bank: code 9810, 〔2025〕43号, Guangdong, Phnom Penh, spring.",
    ],
)
def test_a_question_names_what_the_same_sentence_of_a_document_names(text):
    assert read(text).named == facts_of(text, NAMES, language=language_of(text))


def test_a_month_counts_only_with_its_year():
    assert read("May I come in 2025?").months == set()


def test_what_is_told_of_the_asker_is_kept_apart():
    asked = read("我们在佛山做玩具。去越南要几天？", asking="去越南要几天？")

    assert asked.named.cities == {"Foshan"}
    assert asked.asking.cities == set()


def test_what_a_question_leaves_open_is_taken_from_what_was_said_before():
    asked = read("那越南呢？", earlier="2025年对泰国出口多少？")

    assert asked.years == {2025}
    assert asked.countries == {"VN"}


@pytest.mark.parametrize(
    ("question", "years", "editions"),
    [
        ("去年比2023年多多少？", {2025}, set()),
        ("比2023年多多少？", {2023}, set()),
        ("第138届比第137届多多少？", set(), {138}),
        ("How much more than at the 137th?", set(), {137}),
    ],
)
def test_what_is_only_compared_with_is_asked_about_if_nothing_else_is(question, years, editions):
    asked = read(question)

    assert (asked.years, asked.editions) == (years, editions)


@pytest.mark.parametrize(
    ("question", "number", "date"),
    [
        ("How many booths has the fair?", True, False),
        ("2025年中国和巴西双边贸易额", True, False),
        ("Vietnam total exports 2024", True, False),
        ("какой товарооборот Китая и Монголии", True, False),
        ("2025年の日中貿易総額", True, False),
        ("오늘 위안화 환율", True, False),
        ("¿Cuántas empresas hay?", True, False),
        ("下一届广交会什么时候开？", False, True),
        ("¿Cuándo abre la feria?", False, True),
        ("Who may apply for the loan?", False, False),
        ("试点开在哪几个地方？", False, False),
    ],
)
def test_a_figure_or_a_date_is_asked_for_in_many_ways(question, number, date):
    assert asks_number(question) is number
    assert asks_date(question) is date


@pytest.mark.parametrize(
    ("earlier", "said", "field", "left"),
    [
        ("How much does Shenzhen refund?", "And Guangzhou?", "cities", {"Guangzhou"}),
        ("Who came to the 138th fair?", "And to the 137th?", "editions", {137}),
        ("What did River Bank do in 2024?", "And in 2025?", "years", {2025}),
        ("How many firms are there in Vietnam?", "And in Phnom Penh?", "countries", set()),
        ("What does RCEP say of tariffs?", "And in Vietnam?", "entries", {"policy:rcep"}),
    ],
)
def test_what_is_named_anew_takes_the_place_of_what_was_named_before(earlier, said, field, left):
    asked = read(said, earlier=f"{earlier} ")

    assert getattr(asked.named, field) == left
