"""Whether to answer: the fit belongs to its signals, and near misses never pass."""

import json
import math
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import abstention
from bot.answers.abstention import (
    THRESHOLD,
    Judgement,
    fit_weights,
    judge,
    load_fit,
    shipped_fit,
    shipped_path,
)
from bot.answers.naming import asks_of_unknown, names_a_class_only, unknown_names
from bot.answers.signals import Signals, names
from bot.answers.values import AnswerStatus
from bot.errors import FitError
from bot.texts import text
from index import Entry, Found, Glossary

SIGNALS = st.lists(st.floats(-10, 10), min_size=len(names()), max_size=len(names())).map(
    lambda values: Signals(**dict(zip(names(), values, strict=True)))
)


def signals(**given):
    """Signals that are zero unless given."""
    return Signals(**{**dict.fromkeys(names(), 0.0), **given})


def around(centre, count=20):
    """Signals whose first two are near a point, each a little different."""
    first, second, *_ = names()
    steps = [step / count for step in range(count)]
    return [signals(**{first: centre + s, second: centre - s * s}) for s in steps]


@pytest.fixture(params=["same_language", "other_language"])
def shipped(request):
    """Each of the two sets of weights that are shipped."""
    return getattr(shipped_fit(), request.param)


def test_the_shipped_fit_belongs_to_the_signals_of_the_code(shipped):
    assert shipped_fit().signals == names()
    for part in (shipped.weights, shipped.squares, shipped.means, shipped.spreads):
        assert len(part) == len(names())
        assert all(map(math.isfinite, part))
    assert min(shipped.spreads) > 0


def test_a_fit_for_other_signals_is_refused(monkeypatch):
    monkeypatch.setattr(abstention, "names", lambda: ("nearness", "another"))

    with pytest.raises(ValueError, match="smebot fit-abstention"):
        shipped_fit.__wrapped__()


def test_a_saved_fit_is_what_the_program_reads(tmp_path):
    path = tmp_path / "abstention.json"

    shipped_fit().save(path)

    assert json.loads(path.read_text("utf-8")) == json.loads(shipped_path().read_text("utf-8"))
    assert json.loads(path.read_text("utf-8")) == json.loads(json.dumps(asdict(shipped_fit())))


def test_a_fit_separates_what_can_be_separated():
    answerable, unanswerable = around(3.0), around(-3.0)

    weights = fit_weights(answerable, unanswerable, refused=0.1)

    assert sum(weights.probability(s) >= THRESHOLD for s in answerable) == 18
    assert all(weights.probability(s) < 0.01 for s in unanswerable)


def test_both_kinds_count_the_same_however_few_there_are_of_one():
    alike = around(0.0)

    weights = fit_weights(alike, alike * 10, refused=0.5)

    assert [weights.probability(s) for s in alike] == pytest.approx([0.5] * len(alike), abs=0.01)


def test_the_questions_that_decide_may_be_others_than_those_that_are_fitted():
    answerable, deciding = around(3.0, 100), around(2.8, 50)

    weights = fit_weights(answerable, around(2.5, 100), refused=0.1, deciding=deciding)

    assert sum(weights.probability(s) < THRESHOLD for s in deciding) == pytest.approx(5, abs=1)


def test_the_threshold_refuses_the_share_of_answerable_questions_that_is_allowed():
    answerable = around(3.0, 100)

    weights = fit_weights(answerable, around(2.5, 100), refused=0.2)

    refused = sum(weights.probability(s) < THRESHOLD for s in answerable)
    assert refused == pytest.approx(20, abs=1)


def test_an_ignored_signal_has_no_weight():
    ignored, *others = names()

    weights = fit_weights(around(3.0), around(-3.0), refused=0.0, ignored=[ignored])

    assert weights.weights[0] == 0
    assert any(weights.weights[1:]), others


@settings(deadline=None, max_examples=200)
@given(SIGNALS, st.integers(0, len(names()) - 1), st.floats(0.01, 5))
def test_the_probability_is_monotone_in_every_weight(found, position, step):
    weights = shipped_fit().same_language
    more = [w + step * (n == position) for n, w in enumerate(weights.weights)]

    after = replace(weights, weights=tuple(more)).probability(found)

    above = found.vector()[position] - weights.means[position]
    assert (after - weights.probability(found)) * above >= 0


@pytest.mark.parametrize("value", [-1e12, -1.0, 0.0, 1.0, 1e12])
def test_the_probability_is_one_whatever_the_signals(shipped, value):
    probability = shipped.probability(Signals(**dict.fromkeys(names(), value)))

    assert 0 <= probability <= 1


@pytest.mark.parametrize(("probability", "answers"), [(0.49, False), (0.5, True), (0.51, True)])
def test_at_the_threshold_a_question_is_answered(probability, answers):
    nothing = Found(hits=(), nearness=(), matches=(), encode_ms=0.0, search_ms=0.0)

    assert Judgement(nothing, probability).answers is answers


def judged(text_, desk, read):
    question = read(text_)
    found = desk.search(question.search_text, question.language)
    return judge(question, found, desk, Glossary()), found


def test_hits_that_miss_the_year_asked_about_are_dropped(desk, read):
    judgement, found = judged("How many booths had the tea fair in 2025?", desk, read)

    assert 0 < len(judgement.found.hits) < len(found.hits)
    assert all("2025" in desk.context(hit.passage) for hit in judgement.found.hits)
    assert len(judgement.found.nearness) == len(judgement.found.hits)


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
    assert (judgement.found.hits, judgement.probability, judgement.answers) == ((), 0.0, False)


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


def test_a_corpus_may_bring_its_own_fit(tmp_path):
    assert load_fit([tmp_path]) is None

    shipped_fit().save(tmp_path / "abstention.json")

    assert load_fit([tmp_path / "none", tmp_path]) == shipped_fit()


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"signals": ["other"]}', "\udcff"])
def test_a_fit_that_cannot_be_used_is_named_with_the_remedy(tmp_path, content):
    path = tmp_path / "abstention.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(FitError, match=r"abstention.json.*smebot fit-abstention"):
        load_fit([tmp_path])


def test_a_question_none_of_whose_words_any_document_has_is_not_answered(desk, read):
    judgement, _ = judged("Quantum zebras teleport xylophones?", desk, read)

    assert judgement.probability == 0


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


@pytest.mark.parametrize("number", ["〔2025〕43号", "[2025]43号", "（2025）第43號"])
def test_the_number_of_a_notice_must_stand_in_the_document(desk, read, number):
    assert read(f"汇发{number}有几项措施").codes == {"〔2025〕43号"}
    judgement, _ = judged(f"汇发{number}保单融资贷款最高多少", desk, read)

    assert judgement.found.hits == ()
