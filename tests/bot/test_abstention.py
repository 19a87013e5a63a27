"""Whether to answer: by confidence, and near misses never pass."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.abstention import (
    Judgement,
    judge,
    shipped_abstention_fit,
    without_near_misses,
)
from bot.answers.features import ABSTENTION_FEATURES, AbstentionFeatures
from bot.answers.naming import asks_of_unknown, names_a_class_only, unknown_names
from bot.answers.near_misses import (
    is_about_something_else,
    is_for_others,
    leaves_out,
    named_in,
    subjects_of,
)
from bot.answers.values import AnswerStatus
from bot.texts import text
from index import Entry, Found, Glossary
from tests.bot.handmade_fits import abstention_weights

FEATURES = st.lists(
    st.floats(-10, 10), min_size=len(ABSTENTION_FEATURES), max_size=len(ABSTENTION_FEATURES)
).map(lambda values: AbstentionFeatures(**dict(zip(ABSTENTION_FEATURES, values, strict=True))))


@pytest.fixture(params=["same_language", "other_language"])
def shipped(request):
    """Each of the two sets of weights that are shipped."""
    return getattr(shipped_abstention_fit(), request.param)


@settings(deadline=None, max_examples=200)
@given(FEATURES, st.sampled_from(ABSTENTION_FEATURES), st.floats(0.01, 5))
def test_the_confidence_is_monotone_in_every_weight(found, name, step):
    weights = shipped_abstention_fit().same_language
    mean, scale, weight, square = weights.features[name]
    more = {**weights.features, name: (mean, scale, weight + step, square)}

    after = weights.model_copy(update={"features": more}).confidence(found)

    assert (after - weights.confidence(found)) * (getattr(found, name) - mean) >= 0


@pytest.mark.parametrize("value", [-1e12, -1.0, 0.0, 1.0, 1e12])
def test_the_confidence_is_a_probability_whatever_the_features(shipped, value):
    confidence = shipped.confidence(
        AbstentionFeatures(**dict.fromkeys(ABSTENTION_FEATURES, value))
    )

    assert 0 <= confidence <= 1


@pytest.mark.parametrize(("log_odds", "answers"), [(1.9, False), (2.0, True), (2.1, True)])
def test_at_the_threshold_a_question_is_answered(log_odds, answers):
    weights = abstention_weights(intercept=log_odds).model_copy(update={"threshold": 2.0})
    features = AbstentionFeatures(**dict.fromkeys(ABSTENTION_FEATURES, 0.0))
    nothing = Found(hits=(), z_scores=(), matches=(), encode_ms=0.0, search_ms=0.0)

    assert Judgement(nothing, weights.confidence(features)).answers is answers


def test_an_answer_says_how_confident_it_is_where_that_was_asked(ask):
    assert ask("How many booths had the 12th tea fair in Hangzhou?").confidence >= 0.5
    assert ask("How many booths had the 13th tea fair in Hangzhou?").confidence < 0.5
    assert ask("Hello!").confidence is None


def judged(text_, desk, read):
    question = read(text_)
    found = desk.search(question.search_text, question.language)
    return judge(question, found, desk, Glossary()), found


def test_hits_that_miss_the_year_asked_about_are_dropped(desk, read):
    judgement, found = judged("How many booths had the tea fair in 2025?", desk, read)

    assert 0 < len(judgement.found.hits) < len(found.hits)
    assert all("2025" in desk.context(hit.passage) for hit in judgement.found.hits)
    assert len(judgement.found.z_scores) == len(judgement.found.hits)


@pytest.mark.parametrize(
    "question",
    [
        "What was sold at the 977th tea fair?",
        "How many booths had the tea fair in 1977?",
        "监管代码9811用于海外仓出口吗？",
    ],
)
def test_where_every_hit_is_a_near_miss_nothing_is_answered(desk, read, question):
    judgement, found = judged(question, desk, read)

    assert found.hits
    assert (judgement.found.hits, judgement.confidence, judgement.answers) == ((), 0.0, False)


@pytest.mark.parametrize(
    "question",
    [
        "How many booths had the 13th tea fair in Hangzhou?",
        "How many booths had the 12th tea fair in 2024?",
        "How many booths will the tea fair in Hangzhou have next year?",
        "第13届杭州茶叶博览会有多少个展位？",
        "2024年杭州茶叶博览会有多少个展位？",
        "明年杭州茶叶博览会有多少个展位？",
        "监管代码9811用于什么？",
        "Who painted the Mona Lisa?",
        "木星有多少颗卫星？",
    ],
)
def test_what_is_not_in_the_documents_is_not_answered(ask, sound, question):
    answer = ask(question)

    assert answer.status is AnswerStatus.NOT_IN_DOCUMENTS
    assert answer.text.startswith(text("not_in_documents", answer.language))
    sound(answer)


def test_last_year_is_counted_from_today(ask):
    question = "去年杭州茶叶博览会有多少个展位？"

    assert ask(question, today=date(2026, 2, 15)).status is AnswerStatus.ANSWERED
    assert ask(question, today=date(2027, 2, 15)).status is AnswerStatus.NOT_IN_DOCUMENTS


def test_what_comes_nearest_is_suggested(ask, desk):
    answer = ask("How many booths had the 13th tea fair in Hangzhou?")

    titles = {document.metadata.title for document in desk.snapshot.documents.values()}
    assert 1 <= len(answer.suggestions) <= 5
    assert set(answer.suggestions) <= titles
    assert all(suggestion in answer.text for suggestion in answer.suggestions)


def test_a_question_none_of_whose_words_any_document_has_is_not_answered(desk, read):
    judgement, _ = judged("Quantum zebras teleport xylophones?", desk, read)

    assert judgement.confidence == 0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("茶叶博览会要SABER认证吗？", True),
        ("Is a UKCA mark needed for booths?", True),
        ("我们做LED灯的，茶叶博览会有多少展位？", False),
        ("HOW MANY BOOTHS HAS THE TEA FAIR", False),
        ("How many booths has the tea fair?", False),
    ],
)
def test_an_acronym_that_no_document_has_names_something_unknown(desk, read, question, expected):
    assert unknown_names(read(question), desk, Glossary()) is expected


def test_an_acronym_of_the_glossary_is_known(desk, read):
    entry = Entry(
        id="uk-mark", kind="term", zh="英国合格标志", en="UKCA mark", forms={"en": ["UKCA"]}
    )

    assert not unknown_names(read("Is a UKCA mark needed?"), desk, Glossary([entry]))


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("When is the lamp fair in 2026?", True),
        ("When was the lamp fair in 1977?", False),
        ("How many halls has the lamp fair in 2026?", False),
    ],
)
def test_usual_dates_are_those_of_this_and_later_years(desk, read, question, kept):
    judgement, _ = judged(question, desk, read)

    stems = {desk.document(hit.passage).stem for hit in judgement.found.hits}
    assert ("events/lamp-fair" in stems) is kept


@pytest.mark.parametrize(
    ("text_", "is_elsewhere"),
    [
        ("The fund pays half of a booth.", True),
        ("The fund of Macao pays half of a booth.", False),
    ],
)
def test_what_holds_on_the_mainland_says_nothing_of_macao(
    read, make_document, text_, is_elsewhere
):
    asked = named_in(read("Does the fund pay for a booth in Macao?"), Glossary())

    assert is_about_something_else(asked, make_document(text_), Glossary()) is is_elsewhere


EXPOS = Glossary(
    [
        Entry(id="tea", kind="event", zh="茶叶博览会", en="tea expo"),
        Entry(id="silk", kind="event", zh="丝绸博览会", en="silk expo"),
    ]
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("博览会什么时候开？", True),
        ("When is the expo held?", True),
        ("茶叶博览会什么时候开？", False),
        ("有多少博览会举行？", False),
        ("When is the silk expo held?", False),
        ("When is the 2025 expo held?", False),
        ("When is the ferry held?", False),
    ],
)
def test_a_class_of_things_does_not_tell_which_is_meant(read, question, expected):
    assert names_a_class_only(read(question), EXPOS) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many firms are in the zone at Chambishi?", True),
        ("How many booths has the fair in Hangzhou?", False),
        ("Can a firm from Poland join the tea fair?", False),
        ("I am Krzysztof. How many booths has the tea fair?", False),
        ("How Many Booths Has The Zzyzx Fair?", False),
        ("¿Desde cuándo vale el reconocimiento OEA?", False),
    ],
)
def test_a_name_in_a_question_that_no_document_has_is_unknown(desk, read, question, expected):
    assert unknown_names(read(question), desk, Glossary()) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("“小微出海无忧贷”最多能贷多少？", True),
        ("“保单融资贷款”最高多少？", False),
        ("“不改嫁”的条款有效吗？", False),
        ("“全球撮合家”平台哪一年上线？", True),
        ("《保单融资促进法》有多少条？", True),
        ('What does the "Silk Road Smart Loan" cost?', True),
    ],
)
def test_an_offer_by_a_name_that_nothing_found_has_is_unknown(desk, read, question, expected):
    asked = read(question)
    found = desk.search(asked.search_text, asked.language, 10)

    assert asks_of_unknown(asked, found, desk) is expected


def test_what_a_title_calls_by_the_name_asked_about_is_no_other_thing(desk, read):
    fairs = Glossary([Entry(id="any-fair", kind="event", zh="博览会", en="tea fair")])
    other = Glossary([Entry(id="any-fair", kind="event", zh="博览会", en="kite fair")])

    for glossary, question, kept in (
        (fairs, "When was the tea fair?", True),
        (other, "When was the kite fair?", False),
    ):
        asked = read(question)
        found = desk.search("tea fair", "en", 10)
        left = without_near_misses(asked, found, desk, glossary)
        stems = {desk.document(hit.passage).stem for hit in left.hits}
        assert ("events/tea-fair-12" in stems) is kept


def test_figures_of_a_place_are_looked_for_where_it_is_named(desk, read):
    places = Glossary(
        [
            Entry(id="suzhou", kind="place", zh="苏州", en="Suzhou"),
            Entry(id="ussuriysk", kind="place", zh="乌苏里斯克", en="Ussuriysk"),
        ]
    )

    def stems(question):
        found = desk.search("silk park", "en", 10)
        left = without_near_misses(read(question), found, desk, places)
        return {desk.document(hit.passage).stem for hit in left.hits}

    assert "zones/silk-park" in stems("How large is the silk park in Suzhou?")
    assert "zones/silk-park" not in stems("How large is the silk park in Ussuriysk?")
    assert "zones/silk-park" not in stems("How large is the silk park in Phnom Penh?")
    assert "zones/silk-park" in stems("I come from Phnom Penh. How large is the silk park?")


@pytest.mark.parametrize(
    ("question", "financing", "is_other"),
    [
        ("我们在杭州，展位费补贴多少？", True, True),
        ("我们在深圳，展位费补贴多少？", True, False),
        ("我们在佛山，展位费补贴多少？", True, True),  # another city of the same province
        ("我们在杭州，博览会哪天开？", False, False),
        ("杭州的博览会哪天开？", False, True),
        ("补贴多少？", True, False),
    ],
)
def test_money_is_for_those_who_sit_there_and_fairs_are_for_all(
    desk_document, read, question, financing, is_other
):
    facts = {"kind": "subsidy", "audience": ["local-firm"]}
    metadata = {"provinces": ["CN-GD"], "cities": ["Shenzhen"]}
    if financing:
        metadata["financing"] = facts
    document = desk_document("financing/any.zh", "深圳的安排。", **metadata)

    asked = named_in(read(question), Glossary())

    assert is_about_something_else(asked, document, Glossary()) is is_other


def test_what_a_story_names_must_be_spoken_of(desk_document, read):
    bank = Entry(id="abc", kind="institution", zh="农业银行", en="ABC")
    other = desk_document("financing/icbc.zh", "工商银行的平台有2万家企业。")
    own = desk_document("financing/abc.zh", "农业银行的平台有2万家企业。")
    glossary = Glossary([bank])
    asked = named_in(read("农业银行也有平台吧，注册了多少家企业？"), glossary)

    assert is_for_others(asked, other, glossary)
    assert not is_for_others(asked, own, glossary)


def test_a_place_is_named_by_a_longer_name_that_holds_it(desk_document, read):
    place = Entry(id="suzhou", kind="place", zh="苏州", en="Suzhou")
    fair = Entry(id="suzhou-fair", kind="event", zh="苏州茶博会", en="Suzhou Tea Fair")
    glossary = Glossary([place, fair])
    document = desk_document("events/any.en", "The Suzhou Tea Fair drew 300 firms.")
    asked = named_in(read("How many firms came to the fair in Suzhou?"), glossary)

    assert not is_about_something_else(asked, document, glossary)


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("海外仓出口监管代码的有效期是多久？", True),
        ("海外仓出口监管代码和保单融资的有效期是多久？", False),  # and another term
        ("海外仓出口监管代码怎么用，汽车怎么办？", False),  # asks two things
        ("海外仓的有效期是多久？", False),  # no term of the best document's title
    ],
)
def test_what_leaves_out_the_one_term_asked_about_is_about_something_else(
    desk_document, read, question, left_out
):
    terms = [
        Entry(id="code", kind="term", zh="监管代码", en="supervision code"),
        Entry(id="financing", kind="term", zh="保单融资", en="policy financing"),
    ]
    glossary = Glossary(terms)
    best = desk_document(
        "customs-logistics/code.zh", "监管代码用于海外仓。", title="海外仓出口监管代码"
    )
    other = desk_document("customs-logistics/car.zh", "汽车证书有效期三年。", title="汽车证书")

    subjects = subjects_of(read(question), best, glossary)

    assert leaves_out(subjects, other, glossary) is left_out
    assert not leaves_out(subjects, best, glossary)


@pytest.mark.parametrize(
    ("question", "countries", "kept"),
    [
        ("中英中小企业合作区设在哪个城市？", ["CN", "DE"], False),
        ("中英中小企业合作区设在哪个城市？", ["CN", "GB"], True),
        ("Where is the China-UK park, or the other one?", ["CN"], False),
        ("合作区设在哪个城市？", ["CN", "DE"], True),
    ],
)
def test_what_is_called_after_two_countries_is_of_both(
    desk_document, read, question, countries, kept
):
    document = desk_document("zones/any-park.zh", "合作区位于苏州。", countries=countries)
    asked = named_in(read(question), Glossary())

    assert is_about_something_else(asked, document, Glossary()) is not kept


@pytest.mark.parametrize("number", ["〔2025〕43号", "[2025]43号", "（2025）第43號"])
def test_the_number_of_a_notice_must_stand_in_the_document(desk, read, number):
    assert read(f"汇发{number}有几项措施").codes == {"〔2025〕43号"}
    judgement, _ = judged(f"汇发{number}保单融资贷款最高多少", desk, read)

    assert judgement.found.hits == ()
