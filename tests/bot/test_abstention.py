"""Whether to answer: by confidence, and near misses never pass."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.abstention import (
    THRESHOLD,
    shipped_abstention_fit,
)
from bot.answers.features import ABSTENTION_FEATURES, AbstentionFeatures
from bot.answers.naming import asks_of_unknown, names_a_class_only, unknown_names
from bot.answers.reasons import AnswerStatus, Reason
from bot.texts import text
from index import Entry, Glossary
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

    assert (weights.confidence(features) >= THRESHOLD) is answers


def test_an_answer_says_how_confident_it_is_where_that_was_asked(ask):
    assert ask("How many booths had the 12th tea fair in Hangzhou?").confidence >= 0.5
    assert ask("How many booths had the 13th tea fair in Hangzhou?").confidence < 0.5
    assert ask("Hello!").confidence is None


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
    assert answer.text.startswith(text(f"no_answer_{answer.reason}", answer.language))
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


def test_a_question_none_of_whose_words_any_document_has_is_not_answered(ask):
    answer = ask("Quantum zebras teleport xylophones?")

    assert (answer.reason, answer.confidence) == (Reason.NOT_FOUND, 0)


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
