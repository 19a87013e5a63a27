"""A figure of another edition, month, year or country is no answer, however near it lies."""

import pytest

from bot.answers.constraints import asks_date, asks_number, is_of_another_matter

FAIR = {"edition": 12, "start": "2025-10-15", "end": "2025-11-04", "certainty": "held"}


@pytest.fixture
def is_other(read, make_document):
    """`is_other(question, sentence, **metadata)`: decided for a document of that one sentence."""

    def decide(question, sentence, **metadata):
        document = make_document(sentence, **metadata)
        return is_of_another_matter(read(question), document, sentence)

    return decide


@pytest.mark.parametrize(
    "question",
    [
        "How many booths has the fair?",
        "2025年中国和巴西双边贸易额",
        "Vietnam total exports 2024",
        "какой товарооборот Китая и Монголии",
        "2025年の日中貿易総額",
        "오늘 위안화 환율",
    ],
)
def test_figures_are_asked_for_in_many_ways(read, question):
    assert asks_number(read(question))
    assert not asks_number(read("Who may apply for the loan?"))
    assert not asks_number(read("试点开在哪几个地方？"))


def test_dates_are_asked_for(read):
    assert asks_date(read("下一届广交会什么时候开？"))
    assert not asks_date(read("Who may apply for the loan?"))


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How much did exports grow in 2024?", "Exports grew by 7.1% in 2024.", False),
        ("How much did exports grow in 2024?", "Exports grew by 6.1% in 2025.", True),
        ("How much did exports grow in 2024?", "Exports grew by 7.1%.", False),
        ("2026年1月出口增长多少？", "2026年出口增长5%。", True),
        ("2026年1月出口增长多少？", "2026年1月出口增长5%。", False),
        ("What was the rate in December 2025? How high?", "In June 2025 the rate was 3%.", True),
        ("How large is trade with India?", "Trade with ASEAN was USD 1 trillion.", True),
        ("How large is trade with India?", "Trade with India was USD 100 billion.", False),
        ("How large is trade with Germany?", "Trade with the European Union grew.", False),
        ("Who helps me in India?", "The office helps with trade marks.", False),
        ("What did the ministry say in 2024?", "The ministry spoke in 2025.", False),
        ("2026年1月出口增长多少？", "据2026年1月报道，2025年出口增长5%。", True),
        ("How much did exports grow in 2026?", "Exports, reported in 2026, grew by 5%.", False),
        ("How high were exports in 2023?", "In 2024 exports rose by 5% on 2023.", True),
        ("2023年出口多少？", "2024年出口25万亿元，比2023年增长7%。", True),
        ("二期有多少个项目？", "一期有345个项目。", True),
        ("一期有多少个项目？", "一期和二期有345个项目。", False),
        ("How many projects has phase two?", "Phase one has 345 projects.", True),
        ("How many firms are in Shenzhen?", "China has 165 pilot zones.", True),
        ("How many firms are in Shenzhen?", "Shenzhen has 165 firms.", False),
        ("How many firms are in Guangdong?", "Shenzhen has 165 firms.", False),
    ],
)
def test_a_figure_belongs_to_its_time_and_country(is_other, question, sentence, expected):
    assert is_other(question, sentence) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How many buyers came in spring?", "At the autumn fair 300 buyers came.", True),
        ("How many buyers came in spring?", "In spring 200 and in autumn 300 came.", False),
        ("秋季展有多少采购商", "春季有200名采购商。", True),
        ("出口额是多少", "进口额为18万亿元。", True),
        ("出口额是多少", "进出口总额为43万亿元。", False),
        ("上半年贷款多少", "下半年贷款5亿元。", True),
        ("去年全年开行多少列", "累计开行突破11万列。", True),
        ("How many ran in the whole of 2025?", "In 2025 some 9,000 ran.", False),
        ("春季和秋季各有多少人", "秋季有300人。", False),
    ],
)
def test_what_is_said_of_the_opposite_is_no_answer(is_other, question, sentence, expected):
    assert is_other(question, sentence) is expected


def test_the_city_of_the_asker_need_not_be_named(is_other):
    sentence = "Drivers may stay for 30 days."

    assert is_other("How long may drivers stay in Foshan?", sentence)
    assert not is_other("We make toys in Foshan. How long may drivers stay?", sentence)


def test_a_document_about_one_country_need_not_name_it_in_every_sentence(is_other):
    sentence = "Trade was USD 100 billion."

    assert not is_other("How large is trade with India?", sentence, countries=["CN", "IN"])
    assert is_other("How large is trade with India?", sentence, countries=["CN", "IN", "JP"])


def test_another_edition_is_no_answer_unless_the_sentence_names_the_one_asked_about(is_other):
    question = "Who came to the 13th tea fair?"

    assert is_other(question, "Buyers came from Kenya.", event=FAIR)
    assert not is_other(question, "To the 13th fair nobody came.", event=FAIR)
    assert not is_other("Who came to the 12th tea fair?", "Buyers from Kenya.", event=FAIR)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which country was guest of the fair in 2025?", False),
        ("Which country was guest of the fair in 2026?", True),
        ("Which country was guest of the fair?", False),
    ],
)
def test_the_year_asked_about_tells_editions_apart(is_other, question, expected):
    assert is_other(question, "Nepal was guest of the fair.", event=FAIR) is expected


@pytest.mark.parametrize(
    "question", ["¿Cuántas empresas hay?", "Wie viele Firmen?", "bao nhiêu doanh nghiệp"]
)
def test_numbers_are_asked_for_in_other_languages_too(read, question):
    assert asks_number(read(question))
    assert asks_date(read("¿Cuándo abre la feria?"))
