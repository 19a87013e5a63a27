"""Lists of the real corpus: what commands show and which questions are answered with one."""

from datetime import date

import pytest

from bot.answers.composing import MAX_LISTED
from bot.lists.kinds import KINDS, Tie
from bot.lists.listing import Lists
from bot.lists.reading import ListReader
from bot.lists.request import list_request
from index import Glossary
from index.glossary_file import load_glossary
from index.loading import load_corpus

TODAY = date(2026, 11, 25)
AUTUMN = date(2026, 9, 20)
NAMED = {kind.name: kind for kind in KINDS}
CANTON = {"canton-fair", *(f"canton-fair-{edition}" for edition in range(136, 141))}
AUTUMN_2025 = {"cifit-25", "qingdao-supplier-matching-2025", "ciftis-2025", "caexpo-22", "gdte-4"}
JIANGSU = {"changzhou-china-switzerland-zone", "nanjing-china-europe-zone"} | {
    "taicang-sino-german-zone"
}
LATE_2026 = {
    "apec-business-advisory-council-2026",
    "apec-ceo-summit-2026",
    "apec-digital-week-2026",
    "apec-leaders-meeting-2026",
    "apec-sme-ministerial-32",
    "apec-young-entrepreneurs-2026",
    "caexpo-23",
    "canton-fair-140",
    "cifit-26",
    "ciftis-2026",
    "ciie-9",
    "gdte-5",
    "silk-road-ecommerce-day-2026",
}
IN_2026 = LATE_2026 | {
    "canton-fair-139",
    "canton-fair-trade-bridge",
    "china-ceec-local-leaders-7",
    "china-eurasia-expo-9",
    "china-russia-expo-10",
    "china-south-asia-expo-10",
    "cicpe-6",
    "cisce-4",
    "cismef-21",
    "export-to-china-2026",
    "global-trade-investment-promotion-summit-2026",
    "qingdao-multinationals-summit-7",
}
NOT_OVER = {
    "apec-ceo-summit-2026",
    "apec-leaders-meeting-2026",
    "apec-young-entrepreneurs-2026",
    "caexpo-23",
    "canton-fair-140",
    "cicpe",
    "cifit-26",
    "ciie-9",
    "cismef-21",
    "export-to-china-2026",
}
"""On the day AUTUMN, among them what has begun, and of the Haikou fair the session expected."""
OF_JIANGSU = {
    "china-uae-industrial-capacity-cooperation-zone",
    "eastern-industrial-zone-ethiopia",
    "sihanoukville-special-economic-zone",
}
SHENZHEN = {"shenzhen-exhibition-subsidy-2021", "shenzhen-exhibition-subsidy-2025"}
INSURANCE = {
    "export-credit-insurance-premium-rates",
    "hong-kong-export-credit-insurance-2026",
    "short-term-export-credit-insurance",
    "sinosure",
    "sinosure-little-giant-plan",
    "sinosure-sme-e-plan",
}


@pytest.fixture(scope="module")
def lists(project, retriever_of) -> Lists:
    """The lists of the real corpus."""
    folders = [project / "corpus" / name for name in ("events", "zones", "financing")]
    documents = load_corpus(folders).documents
    listed = [d for d in documents if any(kind.facts(d) for kind in KINDS)]
    return Lists(retriever_of(*listed), load_glossary([project / "corpus"]))


@pytest.fixture(scope="module")
def total(lists):
    """How many a list has that nothing narrows, by subject."""
    return {
        name: len(lists.narrowed("", kind, "zh", TODAY).entries) for name, kind in NAMED.items()
    }


def names_of(documents):
    return {document.stem.rpartition("/")[2] for document in documents}


def tied(listing, tie):
    return names_of(entry.item.document for entry in listing.entries if entry.tie is tie)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        # names
        ("events 广交会", CANTON),
        ("events Canton Fair", CANTON),
        ("events 廣交會", CANTON),
        ("events 广交会有哪些", CANTON),
        ("events 第138届广交会", {"canton-fair-138"}),
        ("events 138th Canton Fair", {"canton-fair-138"}),
        ("events 消博会", {"cicpe", "cicpe-6"}),
        ("events 东盟博览会 2025", {"caexpo-22"}),
        ("events 贸促会", {"ccpit-dubai-exchange-2025", "cisce-3", "apec-ceo-summit-2026"}
            | {"global-trade-investment-promotion-summit-2026"}),
        ("events CES", set()),
        ("zones 西港特区", {"sihanoukville-special-economic-zone"}),
        ("zones 泰国 罗勇工业园", {"thai-chinese-rayong-industrial-zone"}),
        ("financing 信保E计划", {"sinosure-sme-e-plan"}),
        (
            "financing 中国银行",
            {"boc-going-abroad-services", "boc-matchmaking", "miit-bank-matchmaking"}
            | {"miit-boc-plan-2016"},
        ),
        # times
        ("events 3月", {"apec-sme-technology-fair", "chinese-industrial-products-exhibition"}
            | {"global-expansion-matchmaking-2025"}),
        ("events 三月份", {"apec-sme-technology-fair", "chinese-industrial-products-exhibition"}
            | {"global-expansion-matchmaking-2025"}),
        ("events 2025年4月", {"canton-fair-137", "global-expansion-matchmaking-2025"}
            | {"guangxi-uae-matchmaking-2025"}),
        ("events 四月", {"canton-fair-137", "global-expansion-matchmaking-2025"}
            | {"guangxi-uae-matchmaking-2025", "canton-fair", "cicpe", "canton-fair-139"}
            | {"canton-fair-trade-bridge", "cicpe-6"}),
        ("events 2025-09", AUTUMN_2025),
        ("events September 2025", AUTUMN_2025),
        ("events Sept. 2025", AUTUMN_2025),
        ("events 2025年9月10日", {"ciftis-2025"}),
        ("events 去年9月", AUTUMN_2025),
        ("events 2025年秋季", AUTUMN_2025 | {"canton-fair-138", "ciie-8"}),
        ("events 2024年秋季 广州", {"canton-fair-136"}),
        ("events 下个月", set()),
        ("events next month", set()),
        ("events 明年", {"caexpo-24", "canton-fair", "cicpe"}),
        ("events 今年", IN_2026),
        ("events 正在举行", set()),
        ("events 下半年", LATE_2026),
        ("events 2025年四季度", {"canton-fair-138", "ciie-8"}),
        ("events 已结束的 2024 广州", {"canton-fair-136"}),
        # places
        ("events 济南", {"sino-german-smec-jinan"}),
        ("events 上海有什么展会", {"ciie-9", "ciie-8", "abu-dhabi-delegation-2025"}),
        ("events 上海 2025年有什么展会", {"ciie-8", "abu-dhabi-delegation-2025"}),
        ("events 江苏", {"jiangsu-germany-exchange-2024"}),
        ("events 俄罗斯", {"china-russia-expo-9"}),
        ("events 境外 2025", {"china-russia-expo-9", "ccpit-dubai-exchange-2025"}
            | {"guangxi-uae-matchmaking-2025", "yiwu-exhibition-jakarta-2025"}),
        ("zones 江苏", JIANGSU),
        ("zones parks in Jiangsu", JIANGSU),
        ("zones 苏州", {"taicang-sino-german-zone"}),
        ("zones 江苏省苏州市", {"taicang-sino-german-zone"}),
        ("zones 德国", set()),
        ("zones industrial parks in Vietnam", {"long-jiang-industrial-park"}),
        ("zones Chinese parks in Vietnam", {"long-jiang-industrial-park"}),
        ("zones 境外 浙江", set()),
        ("zones 欧盟", set()),
        ("zones European Union", set()),
        ("zones European", {"belmec-business-and-logistics-park", "great-stone-industrial-park"}),
        ("financing 香港 国内", set()),
        ("zones 中马", {"malaysia-china-kuantan-industrial-park"}
            | {"china-malaysia-qinzhou-industrial-park"}),
        ("zones Sino-Swiss", {"changzhou-china-switzerland-zone"}),
        ("financing 补贴 深圳", SHENZHEN),
        ("financing subsidies in Shenzhen", SHENZHEN),
        ("financing 深圳", SHENZHEN),
        ("financing 广东 补贴", SHENZHEN),
        ("financing 香港", {"hong-kong-sme-export-marketing-fund", "hong-kong-bud-fund"}
            | {"hong-kong-export-credit-insurance-2026"}),
        ("financing 上海 补贴", set()),
        # kinds
        ("zones 自贸港", {"hainan-ftp", "inner-mongolia-ftz"}
            | {"xiamen-ftz-bonded-aviation-repair"}),
        ("events 2025年 对接会", {"global-expansion-matchmaking-2025"}
            | {"guangxi-uae-matchmaking-2025", "qingdao-supplier-matching-2025"}),
        ("financing 保险", INSURANCE),
        ("financing insurance products", INSURANCE),
        ("financing 小微企业 贷款", {"eximbank-on-lending", "tax-record-loans-2025"}),
    ],
)  # fmt: skip
def test_a_command_lists_what_is_there_then_and_of_that_name(lists, command, expected):
    subject, _, words = command.partition(" ")

    listing = lists.narrowed(words, NAMED[subject], "zh", TODAY)

    assert tied(listing, Tie.THERE) == expected
    assert listing.unread == ()
    assert listing.labels
    assert not any(label.is_mention for label in listing.labels)


@pytest.mark.parametrize(
    ("command", "unread"),
    [
        ("events 医疗器械", ("医疗器械",)),
        ("events medical devices", ("medical devices",)),
        ("events 免费", ("免费",)),
        ("events 火星", ("火星",)),
        ("zones 破产", ("破产",)),
        ("zones near Moscow", ("near Moscow",)),
        ("zones 在建的园区", ("在建",)),
        ("zones 税收优惠", ("税收优惠",)),
        ("financing 比特币", ("比特币",)),
        ("financing 12", ("12",)),
        ("financing 2025", ("2025",)),
        ("financing 下个月", ("下个月",)),
        ("zones 第3届", ("第3届",)),
        ("zones 即将", ("即将",)),
        ("events asdfgh", ("asdfgh",)),
    ],
)
def test_words_that_are_not_understood_are_named_and_narrow_nothing(lists, total, command, unread):
    subject, _, words = command.partition(" ")

    listing = lists.narrowed(words, NAMED[subject], "zh", TODAY)

    assert listing.unread == unread
    assert listing.labels == ()
    assert len(listing.entries) == total[subject]


def test_beside_words_that_are_not_understood_the_others_still_narrow(lists):
    listing = lists.narrowed("广州的医疗器械展会 2025", NAMED["events"], "zh", TODAY)

    assert listing.unread == ("医疗器械",)
    assert [label.words for label in listing.labels] == ["广州", "2025"]
    assert tied(listing, Tie.THERE) == {
        "apec-sme-clusters-2025",
        "canton-fair-137",
        "canton-fair-138",
        "cismef-20",
    }


@pytest.mark.parametrize(
    ("command", "linked"),
    [
        ("zones 江苏", OF_JIANGSU),
        ("zones 德国", {"foshan-sino-german-services-zone", "jieyang-metal-eco-city"}
            | {"jinan-innovation-zone", "taicang-sino-german-zone"}),
        ("zones 马来西亚", {"china-malaysia-qinzhou-industrial-park"}),
        ("events 江苏", {"wuxi-dubai-conference-2023", "cifit-25"}),
        ("events 黑龙江 2025", {"china-russia-expo-9"}),
    ],
)  # fmt: skip
def test_what_is_elsewhere_and_only_linked_is_told_apart(lists, command, linked):
    subject, _, words = command.partition(" ")

    listing = lists.narrowed(words, NAMED[subject], "zh", TODAY)

    assert tied(listing, Tie.LINKED) == linked
    ties = [entry.tie for entry in listing.entries]
    assert ties == sorted(ties)


def test_an_event_for_a_country_counts_wherever_it_is_held(lists):
    listing = lists.narrowed("俄罗斯 2024-2026", NAMED["events"], "zh", TODAY)

    assert tied(listing, Tie.THERE) == {"china-russia-expo-9"}
    assert tied(listing, Tie.FOR) == {
        "china-russia-expo-10",
        "china-russia-expo-8",
        "china-northeast-asia-expo-15",
        "global-expansion-matchmaking-2025",
    }
    days = [entry.item.document.metadata.event.start.first for entry in listing.entries]
    assert days == sorted(days, reverse=True)


def test_money_that_names_no_place_stands_behind_what_a_city_gives(lists):
    listing = lists.narrowed("深圳", NAMED["financing"], "zh", TODAY)

    unbound = tied(listing, Tie.UNBOUND)

    assert {"sinosure", "policy-backed-financing"} <= unbound
    assert not unbound & {"beijing-booth-subsidy-2023", "hong-kong-sme-export-marketing-fund"}
    assert tied(listing, Tie.LINKED) == set()


def test_what_is_for_any_firm_stands_behind_what_is_for_small_ones(lists):
    listing = lists.narrowed("中小企业 贷款", NAMED["financing"], "zh", TODAY)

    assert tied(listing, Tie.THERE) == {"eximbank-on-lending", "tax-record-loans-2025"}
    assert "china-eximbank" in tied(listing, Tie.UNBOUND)


@pytest.mark.parametrize(
    ("command", "phrase", "telling"),
    [
        ("events 论坛", "论坛", {"apec-sme-business-forum-2022", "cismef-17", "cismef-18"}
            | {"apec-sme-ministerial-32"}),
        ("financing 展位费", "展位费", {"beijing-booth-subsidy-2023"}
            | {"shenzhen-exhibition-subsidy-2021"}),
        ("zones 纺织", "纺织", {"eastern-industrial-zone-ethiopia"}),
    ],
)  # fmt: skip
def test_other_words_find_the_documents_that_tell_of_it(lists, command, phrase, telling):
    subject, _, words = command.partition(" ")

    listing = lists.narrowed(words, NAMED[subject], "zh", TODAY)

    assert [(label.words, label.is_mention) for label in listing.labels] == [(phrase, True)]
    assert names_of(entry.item.document for entry in listing.entries) == telling


def test_a_month_that_depends_on_today_says_which_it_is(lists):
    listing = lists.narrowed("下个月 广州", NAMED["events"], "zh", AUTUMN)

    assert [(label.words, label.meaning) for label in listing.labels] == [
        ("下个月", "2026-10"),
        ("广州", ""),
    ]
    assert tied(listing, Tie.THERE) == {"canton-fair-140"}


def test_upcoming_events_are_those_that_are_not_over(lists):
    listing = lists.narrowed("接下来", NAMED["events"], "zh", AUTUMN)

    assert tied(listing, Tie.THERE) == NOT_OVER


def test_what_was_not_announced_yet_is_not_listed(lists):
    """The dates of the 9th import fair were published on 17 April 2026."""
    before, after = (
        lists.narrowed("2026 上海", NAMED["events"], "zh", date(2026, 4, day)) for day in (16, 17)
    )

    assert tied(before, Tie.THERE) == set()
    assert tied(after, Tie.THERE) == {"ciie-9"}


@pytest.mark.parametrize(
    "command",
    [
        "events 下个月 2025年 广州 展会",
        "zones 境外 浙江 的园区",
        "financing 深圳 补贴 有哪些",
        "events 论坛",
    ],
)
def test_the_words_of_the_labels_alone_narrow_the_same_list(lists, command):
    """The buttons that turn the pages carry no more than these."""
    subject, _, words = command.partition(" ")
    listing = lists.narrowed(words, NAMED[subject], "zh", TODAY)

    again = lists.narrowed(" ".join(x.words for x in listing.labels), NAMED[subject], "zh", TODAY)

    assert again == listing


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("江苏有哪些园区？", JIANGSU),
        ("Which parks are there in Jiangsu?", JIANGSU),
        ("江苏的园区一览", JIANGSU),
        ("越南有哪些工业园？", {"long-jiang-industrial-park"}),
        ("非洲有哪些境外经贸合作区？", {"eastern-industrial-zone-ethiopia"}
            | {"teda-suez-economic-and-trade-cooperation-zone"}),
        ("2025年9月国内办了哪些面向国外的大型展会？", AUTUMN_2025),
        ("Which trade fairs took place in China in September 2025?", AUTUMN_2025),
        ("2025년 9월에 중국에서 열린 전시회는 어떤 것이 있나요?", AUTUMN_2025),
        ("2025年9月に中国で開かれた展示会は何がありますか", AUTUMN_2025),
        ("俄罗斯有哪些展会？", {"china-russia-expo-9"}),
        ("想做俄罗斯市场，国内有哪些展会？", {"china-russia-expo-8", "china-russia-expo-10"}
            | {"china-northeast-asia-expo-15"}),
        ("深圳有哪些补贴？", SHENZHEN),
        ("What subsidies are there in Shenzhen?", SHENZHEN),
        ("哪些贷款适合专精特新？", {"foreign-debt-facilitation"}),
        ("Which fairs may I attend in Changchun?", {"china-northeast-asia-expo-15"}),
        ("去年5月有哪些展会", {"canton-fair-137", "china-ceec-expo-4"}
            | {"yiwu-exhibition-jakarta-2025"}),
    ],
)  # fmt: skip
def test_a_question_that_asks_only_for_a_list_gets_it(lists, question, expected):
    request = lists.request(question, TODAY)

    assert request is not None
    found = lists.requested(request, "zh", TODAY)
    assert names_of(item.document for item in found) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Which parks in Jiangsu went bankrupt?",
        "江苏有哪些园区倒闭了？",
        "2025年广交会有哪些活动？",
        "Which events were there at the 2025 Canton Fair?",
        "2025年的展会来了哪些国家？",
        "Which countries were guests of the fair in 2025?",
        "Which exhibition centre was it held in in 2025?",
        "第12届茶博会2025年的活动有哪些？",
        "2025年哪些展会免费？",
        "Which fairs in 2025 are free of charge?",
        "2025年有哪些展会取消了？",
        "江苏哪些园区有德国企业？",
        "越南的园区有哪些税收优惠？",
        "Which parks in Vietnam have rail access?",
        "What is a free trade zone in Vietnam?",
        "深圳的补贴怎么申请？",
        "深圳有哪些补贴可以报销机票？",
        "2025年有多少个展会？",
        "When are the fairs in May 2025?",
        "中小企业有哪些贷款？",
        "Which fairs may my firm attend?",
        "ما هي الصناعات المستهدفة في المنطقة الصناعية الصينية الإماراتية في أبوظبي",
        "有哪些展会？",
        "国内有哪些展会？",
        "江苏有哪些园区和补贴？",
        "Which zones on the 2025 list of Sino-foreign SME cooperation zones are in Jiangsu?",
    ],
)
def test_a_question_that_asks_for_more_is_no_list(lists, question):
    assert lists.request(question, TODAY) is None


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("2025年5月有哪些展会？", "那9月呢？"), AUTUMN_2025),
        (("Which trade fairs took place in China in May 2025?", "And in September?"), AUTUMN_2025),
        (("2025年5月国内有哪些展会？", "6月呢", "9月呢"), AUTUMN_2025),
    ],
)
def test_a_follow_up_that_names_another_time_or_place_asks_for_the_list_of_that(
    lists, turns, expected
):
    *before, said = turns

    request = lists.request(said, TODAY, before)

    assert request is not None
    assert names_of(i.document for i in lists.requested(request, "zh", TODAY)) == expected


@pytest.mark.parametrize("said", ["谁主办的？", "And the costs?", "有哪些", "9月的展位费多少"])
def test_a_follow_up_that_says_anything_else_asks_for_no_list(lists, said):
    assert lists.request(said, TODAY, ["2025年5月有哪些展会？"]) is None


def test_an_answer_says_that_its_list_is_longer(lists, project, ask_of):
    documents = load_corpus([project / "corpus" / "events"]).documents
    ask = ask_of(*(d for d in documents if d.metadata.language == "zh"))

    answer = ask("2025年有哪些展会？", today=TODAY)

    assert len(answer.citations) == MAX_LISTED == 8
    assert "共有24项，上面只列出前8项。发送 /events 2025年 可以逐页查看" in answer.text


def test_an_answer_whose_list_is_whole_says_nothing_of_it(project, ask_of):
    documents = load_corpus([project / "corpus" / "events"]).documents
    ask = ask_of(*(d for d in documents if d.metadata.language == "zh"))

    answer = ask("2025年9月有哪些展会？", today=TODAY)

    assert len(answer.citations) == 5
    assert "/events" not in answer.text


def test_loans_are_listed_with_debts_abroad():
    request = list_request("哪些贷款适合专精特新？", TODAY, ListReader(Glossary()))

    assert request is not None
    assert request.wanted["kind"] == {"loan", "foreign-debt"}


@pytest.mark.parametrize(
    ("command", "total"),
    [
        ("events 不在广州", 68),
        ("events 广州以外", 68),
        ("events except Guangzhou", 68),
        ("events not in September", 68),
        ("zones 不要江苏", 25),
        ("financing 除了深圳", 47),
    ],
)
def test_what_is_to_be_left_out_is_not_listed_as_what_is_wanted(lists, command, total):
    subject, _, words = command.partition(" ")

    listing = lists.narrowed(words, NAMED[subject], "zh", TODAY)

    assert (len(listing.entries) + listing.past, listing.labels) == (total, ())
    assert len(listing.unread) > 1


@pytest.mark.parametrize("city", ["迪拜", "Dubai", "ドバイ", "دبي"])
def test_a_city_abroad_is_not_its_whole_country(lists, city):
    listing = lists.narrowed(city, NAMED["events"], "zh", TODAY)

    assert tied(listing, Tie.THERE) == {"ccpit-dubai-exchange-2025"}


def test_all_that_is_held_on_a_country_is_listed_the_newest_first(retriever_of, desk_document):
    rule = desk_document("policy/rule.en", "A rule.", countries=["CN", "ID"], as_of="2026-05")
    fair = desk_document(
        "events/fair.en", "A fair.", countries=["CN", "ID"], as_of="2026-08", topic="events"
    )
    other = desk_document("policy/other.en", "Another rule.", countries=["CN", "VN"])
    lists = Lists(retriever_of(rule, fair, other), Glossary())

    request = lists.request("Everything about Indonesia", TODAY)

    assert request is not None
    assert request.kind is NAMED["documents"]
    found = [item.document.stem for item in lists.requested(request, "en", TODAY)]
    assert found == ["events/fair", "policy/rule"]
    assert not lists.narrowed("Indonesia", NAMED["documents"], "en", TODAY).all_is_over


def test_documents_are_narrowed_to_a_topic(retriever_of, desk_document):
    rule = desk_document("policy/rule.en", "A rule.", countries=["ID"], topic="policy")
    fair = desk_document("events/fair.en", "A fair.", countries=["ID"], topic="events")
    lists = Lists(retriever_of(rule, fair), Glossary())

    listing = lists.narrowed("Indonesia policy", NAMED["documents"], "en", TODAY)

    assert [entry.item.document.stem for entry in listing.entries] == ["policy/rule"]


@pytest.mark.parametrize(
    ("question", "as_of", "expected"),
    [
        ("下一届广交会什么时候开？", TODAY, ["canton-fair"]),
        ("When is the next Canton Fair?", AUTUMN, ["canton-fair-140"]),
        ("Khi nào Canton Fair tiếp theo?", AUTUMN, ["canton-fair-140"]),
        ("下届东博会是哪天", TODAY, ["caexpo-24"]),
        ("下一届服贸会什么时候", TODAY, []),
    ],
)
def test_when_the_next_one_of_a_series_is_its_typed_dates_tell(lists, question, as_of, expected):
    request = lists.request(question, as_of)

    assert request is not None
    found = lists.requested(request, "en", as_of)
    assert [item.document.stem.removeprefix("events/") for item in found] == expected


@pytest.mark.parametrize(
    "question", ["When was the 138th Canton Fair?", "When is the next one?", "什么时候开展？"]
)
def test_any_other_when_is_read_for(lists, question):
    assert lists.request(question, TODAY) is None


def test_a_list_is_narrowed_to_a_country_by_its_name_in_the_reader_s_language(lists):
    listing = lists.narrowed("Việt Nam", NAMED["zones"], "vi", TODAY)

    assert listing.unread == ()
    assert "long-jiang-industrial-park" in {e.item.document.stem for e in listing.entries}
