"""Who asks for a rent, a fee or a number of visitors is answered by one, or not at all."""

import pytest

from bot.answers.asked import asked_in, holds


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("太仓园区标准厂房租金是多少？", "rent"),
        ("аренда цеха в парке", "rent"),
        ("What is the interest rate of the loan?", "interest"),
        ("How much does a booth cost?", "price"),
        ("展位一个多少钱", "price"),
        ("сколько стоит сертификат", "price"),
        ("担保了多少钱", "amount of money"),
        ("2025年进出口额有多少？", "trade"),
        ("出口增长了百分之几", "share"),
        ("办下来要几个工作日", "duration"),
        ("For how many days may they stay?", "duration"),
        ("オフィスの賃料", "rent"),
        ("مدة كم يوم", "duration"),
        ("越南最低工资", "wage"),
        ("container freight rates to Hamburg", "freight rate"),
        ("오늘 위안화 환율", "exchange rate"),
        ("ставка НДС", "tax rate"),
        ("园区电价", "electricity price"),
        ("不合规要罚款吗", "penalty"),
        ("展馆早上几点开门", "time of day"),
        ("园区占地多少", "area"),
        ("How far is it from the port?", "distance"),
        ("客服电话", "contact"),
        ("总经理是谁", "person in charge"),
        ("How many of the overseas buyers came?", "buyers"),
        ("有多少观众", "visitors"),
        ("Сколько компаний-резидентов в парке?", "companies"),
        ("多少家企业参展", "companies"),
        ("number of exhibitors", "exhibitors"),
        ("采购商人数一共有多少", "buyers"),
        ("2025年服务贸易出口额是多少", "trade in services"),
        ("How much were exports of services?", "trade in services"),
        ("For how many months must the passport be valid?", "validity"),
        ("链博会是谁办的", "who runs it"),
        ("Who launched the programme?", "who runs it"),
        ("Who was the guest country of honour?", "guest of honour"),
        ("who heads the administration of the park?", "person in charge"),
        ("total area of the zone at Rayong in sq km", "area"),
        ("比上一届多几成", "share"),
        ("China UAE trade total for 2025?", "trade"),
        ("كم شركة سعودية شاركت", "companies"),
        ("¿Cuántas empresas hay en el parque?", "companies"),
        ("Had the expo more exhibitors in 2024 or in 2025?", "exhibitors"),
        ("Wie viele Beschäftigte haben die Firmen?", "staff"),
        ("Combien d'exposants sont venus ?", "exhibitors"),
        ("바이어가 몇 명 왔나요", "buyers"),
        ("全国有多少家小巨人", "companies"),
        ("工业用电一度多少钱", "electricity price"),
        ("证书几个月内有效", "validity"),
        ("How many freight trains ran in 2024?", "trains"),
        ("Which exhibition centre was it held in?", "venue"),
        ("来得最多的是哪个国家的", "the most"),
        ("来的11个经济体具体是哪些？", "several by name"),
        ("pay per kilowatt-hour of electricity", "electricity price"),
        ("Sertifikat halal berlaku berapa tahun?", "validity"),
        ("Wie hoch ist die Miete im Park?", "rent"),
        ("¿Cuál es el salario medio?", "wage"),
        ("第一个工坊是哪一年建成的？", "start"),
        ("In which year did the system go into operation?", "start"),
        ("В каком году был основан парк?", "start"),
        ("公司注册资本是多少", "registered capital"),
        ("小巨人企业研发投入占多少", "research"),
        ("How many shipments has customs detained?", "held back"),
        ("What does an operator earn per month at the park?", "wage"),
        ("Quel pays était l'invité d'honneur ?", "guest of honour"),
    ],
)
def test_the_kind_of_thing_asked_for_is_told(question, kind):
    assert kind in [asked.name for asked in asked_in(question)]


@pytest.mark.parametrize(
    "question",
    [
        "广交会在哪里举行？",
        "Who may apply?",
        "企业的费用如何报销？",  # asks how
        "In which year was the telephone network opened?",  # asks for a year
        "近几年出口怎么样",
        "地址和邮箱印在什么地方",
        "他出生在哪一個國家？",  # one, not several by name
        "How many cities can be reached from the demonstration area in Qingdao?",
        "My customer is fine, would the cover pay?",
        "培训搞了多少年",  # the answer may be a year
        "请深圳的公司说明，最少给多少",  # how much money, not how many companies
    ],
)
def test_a_question_that_may_be_answered_by_anything_asks_for_no_kind(question):
    assert asked_in(question) == ()


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("厂房租金多少", "厂房租金为每平方米每月12元。", True),
        ("厂房租金多少", "园区占地12平方公里，投资3亿元。", False),  # money, but no rent
        ("厂房租金多少", "厂房租金以合同为准。", False),  # a rent, but no figure
        ("How much does the permit cost?", "The permit costs 300 yuan.", True),
        ("How much does the permit cost?", "The permit is free of charge.", True),
        ("How much does the permit cost?", "The permit is valid for 3 years.", False),
        ("办理要几天", "五个工作日内办结。", True),
        ("办理要几天", "2025年7月10日起施行。", False),  # a date is no duration
        ("贷款最长几年", "该行2024年公布业绩。", False),  # nor is a year
        ("How many visitors came?", "More than 80,000 visitors came.", True),
        ("How many visitors came?", "There were 300 exhibitors.", False),
        ("有多少家企业", "园区有2.3万家公司。", True),
        ("客服电话是多少", "电话：010-12345678。", True),
        ("客服电话是多少", "成立于2001年。", False),
        ("How far is it?", "The park covers 12 square kilometres.", False),
        ("How far is it?", "The park lies 25 kilometres away.", True),
        ("来自多少个国家", "来自223个国家和地区。", True),
        ("来自多少个国家", "来了3600家企业。", False),
        ("How many firms came?", "In May 2017 firms paid USD 500,000.", False),  # a date, a sum
        ("How many firms came?", "Firms were freed from tax for ten years.", False),
        ("How many firms came?", "By May 2017 there were 82 firms.", True),
        ("有多少家企业", "2024年企业出口增长5%。", False),
        ("How many years of credit are covered?", "Lines: 中长期 insurance.", False),
        ("How many months must it be valid?", "They may stay for 30 days.", False),
        ("How many months must it be valid?", "It must be valid for six months.", True),
        ("服务贸易出口额是多少", "货物出口额为25万亿元。", False),
        ("茶博会是谁办的", "茶博会由商会主办。", True),
        ("茶博会是谁办的", "茶博会有300个展位。", False),
        ("Who runs it?", "The chamber presented it in 2019.", True),
        ("Who runs it?", "It brings organisations together.", False),
        ("广交会在哪里举行？", "广交会在广州举行。", True),
        ("工业用电一度多少钱", "进出口总额为33.62亿美元。", False),  # money, but of trade
        ("How many years is it valid?", "It can last for up to five years.", True),
        ("中方有多少家商铺", "中方区域有2000多家商铺。", True),  # no year
        ("2024年开行了多少列班列", "2024年班列连接128个城市。", False),
        ("2024年开行了多少列班列", "2024年班列开行7349列。", True),
        ("Which hall was it held in?", "It was held in Beijing.", False),
        ("来得最多的是哪个国家的", "采购商来自223个国家。", False),
        ("来得最多的是哪个国家的", "马来西亚客商最多。", True),
        ("具体是哪些国家", "11个经济体的代表参加。", False),
        ("具体是哪些国家", "智利、秘鲁和墨西哥参加。", True),
        ("开车要多久", "园区2007年启动，占地6平方公里）。", False),
        ("工坊是哪一年建成的", "工坊自2016年起培训学员。", True),
        ("工坊是哪一年建成的", "工坊由天津发起，2025年共有34个。", False),  # a year, but no start
        ("When was it founded?", "It was founded by weavers.", False),
        ("When was it founded?", "It was set up in 2006.", True),
        ("注册资本是多少", "2020年承保金额超过432亿美元。", False),
        ("研发投入占多少", "利润占13.7%。", False),
        ("China UAE trade total?", "A meeting led to agreements worth USD 85 million.", False),
    ],
)
def test_a_sentence_holds_what_is_asked_for_or_not(question, sentence, expected):
    assert holds(asked_in(question), sentence, "", "zh") is expected


def test_who_runs_it_is_said_in_the_sentence_itself():
    assert not holds(asked_in("Who runs it?"), "It has 300 booths.", "Launched by whom", "en")


def test_the_title_may_say_what_the_figure_is_of():
    assert holds(asked_in("利率是多少"), "2025年为3%。", "贷款利率", "zh")
    assert not holds(asked_in("利率是多少"), "2025年为3%。", "出口增长", "zh")


def test_sentences_in_a_language_without_patterns_are_not_refused():
    assert holds(asked_in("How much does it cost?"), "Teuer.", "", "de")
