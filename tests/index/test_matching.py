"""A figure of another edition, month, year or country is no answer, however near it lies."""

from dataclasses import replace
from datetime import date

import pytest

from index.constraints import Constraints, read_constraints
from index.fact_store import PassageFacts
from index.facts import facts_of
from index.glossary import Entry, Glossary
from index.language import language_of
from index.matching import matches, sentence_matches, tells_next_dates
from index.remark import Remark

TODAY = date(2026, 2, 15)
NO_NAMES = Glossary()
FAIR = {"edition": 12, "start": "2025-10-15", "end": "2025-11-04", "certainty": "held"}


def read(question: str, glossary: Glossary = NO_NAMES, **parts: str) -> Constraints:
    """A question, read on the day of the tests."""
    return read_constraints(question, language_of(question), TODAY, glossary, **parts)


def facts_in(document, glossary: Glossary = NO_NAMES) -> PassageFacts:
    """A document that is one passage of one sentence."""
    facts = facts_of(document.text, glossary, context=document.metadata.title)
    span = (0, len(document.text))
    return PassageFacts(document.metadata, facts, facts, {span: facts})


def told(reason: Remark | None) -> str | None:
    """A reason in English."""
    return None if reason is None else str(reason)


@pytest.fixture
def why_not(make_document):
    """`why_not(question, sentence, **metadata)`: why a document's only sentence is no answer."""

    def decide(question, sentence, glossary=NO_NAMES, *, talked_of="", **metadata):
        document = make_document(sentence, **{"title": "Notes"} | metadata)
        at = facts_in(document, glossary)
        (facts,) = at.sentences.values()
        return told(sentence_matches(read(question, glossary, talked_of=talked_of), at, facts))

    return decide


@pytest.fixture
def why_dropped(make_document):
    """`why_dropped(question, text, **metadata)`: why a document cannot answer."""

    def decide(question, text, glossary=NO_NAMES, *, asking="", talked_of="", **metadata):
        document = make_document(text, **{"title": "Notes"} | metadata)
        asked = read(question, glossary, asking=asking, talked_of=talked_of)
        return told(matches(asked, facts_in(document, glossary)))

    return decide


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
    ],
)
def test_a_figure_belongs_to_its_time_and_country(why_not, question, sentence, expected):
    assert bool(why_not(question, sentence)) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How many buyers came in spring?", "At the autumn fair 300 buyers came.", True),
        ("How many buyers came in spring?", "In spring 200 and in autumn 300 came.", False),
        ("秋季展有多少采购商", "春季有200名采购商。", True),
        ("出口额是多少", "进口额为18万亿元。", True),
        ("出口额是多少", "进出口总额为43万亿元。", False),
        ("上半年贷款多少", "下半年贷款5亿元。", True),
        ("春季和秋季各有多少人", "秋季有300人。", False),
    ],
)
def test_what_is_said_of_the_opposite_is_no_answer(why_not, question, sentence, expected):
    assert bool(why_not(question, sentence)) is expected


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        ("How many firms are in Phnom Penh?", "金边有165家企业。", None),
        ("How many firms are in Phnom Penh?", "Hanoi has 165 firms.", "place not named"),
        ("Who helps in Phnom Penh?", "The office in Hanoi helps.", None),
        ("Does the fund of Macao pay?", "The fund pays half of a booth.", "not of MO"),
        ("Does the fund of Macao pay?", "The fund of Macao pays half of a booth.", None),
        ("What is code 9811 for?", "Code 9810 is for warehouses.", "code not named: 9811"),
        ("What is code 8517 for?", "Code 8517.62 is for radios.", None),
        ("汇发[2025]43号有几项措施", "〔2025〕43號有十项措施。", None),
        ("汇发〔2025〕44号有几项措施", "〔2025〕43号有十项措施。", "code not named"),
        ("How many booths in 2024?", "In 2025 there were 300 booths.", "year not named: 2024"),
        ("How many booths in 2024?", "There were more booths than in 2024.", None),
        ("Who came to the 13th fair?", "Kenya came to the 12th fair.", "edition not named: 13"),
    ],
)
def test_a_document_names_what_the_question_names(why_dropped, question, text, reason):
    dropped = why_dropped(question, text)

    assert bool(dropped) is bool(reason)
    assert (dropped or "").startswith(reason or "")


@pytest.mark.parametrize(
    ("question", "countries", "is_dropped"),
    [
        ("Which park helps firms in Germany?", ["CN", "FR"], True),
        ("Which park helps firms in Germany?", ["CN", "DE"], False),
        ("Which park helps firms in Germany?", ["CN"], False),
        ("Which park helps firms in the EU?", ["CN", "US"], False),
        ("Which park helps firms?", ["CN", "FR"], False),
    ],
)
def test_a_document_about_other_countries_is_dropped(why_dropped, question, countries, is_dropped):
    assert bool(why_dropped(question, "It helps.", countries=countries)) is is_dropped
    assert why_dropped("Who helps in Germany?", "Germany too.", countries=["FR"]) is None


@pytest.mark.parametrize(
    ("question", "asking", "is_for_money", "is_dropped"),
    [
        ("我们在杭州，展位费补贴多少？", "展位费补贴多少？", True, True),
        ("我们在深圳，展位费补贴多少？", "展位费补贴多少？", True, False),
        ("我们在佛山，展位费补贴多少？", "展位费补贴多少？", True, True),  # of the same province
        ("我们在杭州，博览会哪天开？", "博览会哪天开？", False, False),
        ("杭州的博览会哪天开？", "", False, True),
        ("四川的博览会哪天开？", "", False, True),
        ("广东的博览会哪天开？", "", False, False),
        ("补贴多少？", "", True, False),
    ],
)
def test_money_is_for_those_who_sit_there_and_fairs_are_for_all(
    why_dropped, question, asking, is_for_money, is_dropped
):
    where = {"language": "zh", "provinces": ["CN-GD"], "cities": ["Shenzhen"]}
    if is_for_money:
        where["financing"] = {"kind": "subsidy", "audience": ["local-firm"]}

    assert bool(why_dropped(question, "深圳的安排。", asking=asking, **where)) is is_dropped


BANKS = Glossary(
    [
        Entry(id="river-bank", kind="institution", zh="河银行", en="River Bank"),
        Entry(id="harbour-bank", kind="institution", zh="港银行", en="Harbour Bank"),
        Entry(id="barge-loan", kind="product", zh="驳船贷", en="barge loan"),
        Entry(id="suzhou", kind="place", zh="苏州", en="Suzhou"),
        Entry(id="suzhou-fair", kind="event", zh="苏州茶博会", en="Suzhou Tea Fair"),
    ]
)


@pytest.mark.parametrize(
    ("question", "sentence", "is_other"),
    [
        ("What does River Bank lend?", "River Bank lends 5 million yuan.", False),
        ("What does River Bank lend?", "Harbour Bank lends 5 million yuan.", True),
        ("What does River Bank lend?", "Both River Bank and Harbour Bank lend.", False),
        ("What does River Bank lend?", "The bank lends 5 million yuan.", False),
        ("Is the barge loan of River Bank?", "Harbour Bank gives the barge loan.", True),
        ("Who lends?", "Harbour Bank lends 5 million yuan.", False),
    ],
)
def test_a_sentence_about_another_thing_of_its_kind_is_no_answer(
    why_not, question, sentence, is_other
):
    assert bool(why_not(question, sentence, BANKS)) is is_other


def test_a_document_names_the_thing_asked_about(why_dropped):
    question = "How many firms does River Bank serve?"

    assert why_dropped(question, "Harbour Bank serves 9 firms.", BANKS) == (
        "not named: institution:river-bank"
    )
    assert why_dropped(question, "It serves 9 firms.", BANKS, title="河银行") is None


def test_of_two_things_compared_one_may_be_named_and_one_be_where_it_is(make_document):
    asked = read("Is River Bank or the one in Germany larger?", BANKS)
    at = facts_in(make_document("The bank is large.", countries=["DE"]), BANKS)

    assert told(matches(asked, at)) == "not named: institution:river-bank"
    assert matches(replace(asked, compares=True), at) is None


def test_figures_of_a_place_of_the_glossary_stand_where_it_is_named(why_dropped):
    question = "How many firms are in Suzhou?"

    assert why_dropped(question, "China has 165 zones.", BANKS) == "place not named: place:suzhou"
    assert why_dropped("Who is in Suzhou?", "China has 165 zones.", BANKS) is None


def test_a_place_is_named_by_a_longer_name_that_holds_it(why_dropped):
    question = "How many firms came to the fair in Suzhou?"

    assert why_dropped(question, "The Suzhou Tea Fair drew 300 firms.", BANKS) is None


def test_a_document_about_one_country_need_not_name_it_in_every_sentence(why_not):
    sentence = "Trade was USD 100 billion."

    assert not why_not("How large is trade with India?", sentence, countries=["CN", "IN"])
    assert why_not("How large is trade with India?", sentence, countries=["CN", "IN", "JP"])


def test_another_edition_is_no_answer_unless_the_sentence_names_the_one_asked_about(why_not):
    question = "Who came to the 13th tea fair?"

    assert why_not(question, "Buyers came from Kenya.", event=FAIR)
    assert not why_not(question, "To the 13th fair nobody came.", event=FAIR)
    assert not why_not("Who came to the 12th tea fair?", "Buyers from Kenya.", event=FAIR)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which country was guest of the fair in 2025?", False),
        ("Which country was guest of the fair in 2026?", True),
        ("Which country was guest of the fair?", False),
    ],
)
def test_the_year_asked_about_tells_editions_apart(why_not, question, expected):
    assert bool(why_not(question, "Nepal was guest of the fair.", event=FAIR)) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When is the lamp fair?", True),
        ("When is the lamp fair in 2026?", True),
        ("When was the lamp fair in 1977?", False),
        ("How many halls has the lamp fair in 2026?", False),
        ("When is the 12th lamp fair?", False),
    ],
)
def test_usual_dates_are_those_of_this_and_later_years(make_document, question, expected):
    usual = {"usual": [{"start": "03-18", "end": "03-21"}], "certainty": "usual"}
    document = make_document("Lamps.", as_of="2025-09", event=usual)

    assert tells_next_dates(read(question), document.metadata) is expected


def test_a_title_lends_its_years_to_no_sentence_that_names_its_own(why_not, why_dropped):
    of_2025, of_none = "In 2025 trade was USD 3 trillion.", "Trade was USD 3 trillion."
    question, title = "How much was trade in 2026?", "Trade of 2025 and 2026"

    assert why_not(question, of_2025, title=title) == "other year: 2025, asked 2026"
    assert why_not(question, of_none, title=title) is None
    assert why_dropped(question, of_2025, title=title) is None


@pytest.mark.parametrize(
    ("title", "publisher", "is_dropped"),
    [
        ("佛山市展会补贴", "", True),
        ("展会补贴", "佛山市商务局", True),
        ("展会补贴", "广东省商务厅", False),
        ("展会补贴", "湖北省商务厅", True),
        ("展会补贴", "", False),
        ("深圳市展会补贴", "", False),
    ],
)
def test_without_places_a_document_is_about_those_of_its_title_and_publisher(
    why_dropped, title, publisher, is_dropped
):
    about = {"title": title, "countries": [], "sources": [{"publisher": publisher or "A"}]}

    reason = why_dropped("深圳的展会补贴是多少？", "补贴60%。", **about)

    assert bool(reason) is is_dropped


@pytest.mark.parametrize(
    ("question", "talked_of", "sentence", "is_other"),
    [
        ("Who runs it?", "Where is the Silk park?", "The Moon park is run by Lan.", True),
        ("Who runs it?", "Where is the Silk park?", "The Silk park is run by Lan.", False),
        ("Who runs it?", "Where is the Silk park?", "Lan runs several parks.", False),
        ("Who runs the Moon park?", "Where is the Silk park?", "The Moon park: Lan.", False),
        ("Who runs it?", "Where is the Silk park?", "The Lamp fair is run by Lan.", False),
    ],
)
def test_what_was_talked_of_is_not_answered_with_another_of_its_sort(
    why_not, question, talked_of, sentence, is_other
):
    names = Glossary(
        [
            Entry(id="silk", kind="zone", zh="丝绸园", en="Silk park"),
            Entry(id="moon", kind="zone", zh="月亮园", en="Moon park"),
            Entry(id="lamps", kind="event", zh="灯具展", en="Lamp fair"),
        ]
    )

    assert bool(why_not(question, sentence, names, talked_of=talked_of)) is is_other


@pytest.mark.parametrize(
    ("talked_of", "is_other"),
    [
        ("When did the 11th Lamp fair open?", True),
        ("When did the 12th Lamp fair open?", False),
        ("When did the 11th Silk fair open?", False),
    ],
)
def test_the_edition_that_was_talked_of_holds_within_its_series(why_not, talked_of, is_other):
    names = Glossary([Entry(id="lamps", kind="event", zh="灯具展", en="Lamp fair")])

    reason = why_not(
        "And when did it close?", "It closed on 4 November.", names,
        talked_of=talked_of, event=FAIR | {"series": "lamps"}, topic="events",
    )  # fmt: skip

    assert bool(reason) is is_other


def test_a_country_that_was_talked_of_is_not_answered_with_another(why_dropped):
    told = "We send parcels to Norway."

    assert why_dropped("How high is the duty?", "It is 3 euros.", talked_of=told, countries=["FR"])
    for countries in (["NO"], ["CN"]):
        about = {"talked_of": told, "countries": countries}
        assert why_dropped("How high is the duty?", "It is 3 euros.", **about) is None
    named = {"talked_of": told, "countries": ["FR"]}
    assert why_dropped("How high is it in France?", "It is 3 euros.", **named) is None
