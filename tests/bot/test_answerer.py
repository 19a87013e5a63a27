"""From a question to an answer: status, citations, what the day makes of them, odd questions."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.choosing import MAX_QUOTES
from bot.answers.notices import key_terms
from bot.answers.reasons import AnswerStatus
from bot.texts import text
from index import Glossary
from index.glossary import Entry
from index.readers.word_reader import WordReader
from index.structure import MAX_QUOTE_CHARS
from tests.bot.conftest import TODAY
from tests.bot.handmade_fits import decision_fit

BOOTHS = "How many booths has the tea fair in Hangzhou?"
REBATE = "How much does the harbour rebate refund?"
ANSWERABLE = [
    BOOTHS,
    "杭州茶叶博览会有多少个展位？",
    "杭州茶葉博覽會有多少個展位？",
    "Where does the silk park lie?",
    "保单融资贷款最高多少？",
    "监管代码9810用于什么？",
    "What does the lamp fair show?",
    "Whom must toy labels name?",
]


def cited(answer):
    return {citation.document.id for citation in answer.citations}


@pytest.mark.parametrize("question", ANSWERABLE)
def test_an_answer_is_quotes_with_their_sources_in_the_agreed_shape(ask, desk, sound, question):
    answer = ask(question)

    value = sound(answer)
    assert value["status"] == "answered"
    assert value["question"] == question
    assert value["as_of"] == "2026-02-15"
    assert value["snapshot"] == desk.snapshot.manifest.snapshot_id
    assert value["hits"]
    for citation in value["citations"]:
        assert f"{citation['quote']} [{citation['number']}]" in value["text"]
    assert len(answer.citations) <= MAX_QUOTES
    assert sum(len(citation.quote) for citation in answer.citations) <= MAX_QUOTE_CHARS


def test_a_citation_tells_who_says_so_and_when(ask):
    citation = ask(BOOTHS).as_json()["citations"][0]

    assert citation["document"] == "events/tea-fair-12.en"
    assert citation["quote"] == "The 12th tea fair has 74,600 booths."
    assert (citation["publisher"], citation["published"]) == ("Ministry of Commerce", "2025-11-06")
    assert (citation["topic"], citation["language"]) == ("events", "en")
    assert citation["event_status"] == "past"


def test_only_the_citation_of_an_event_has_a_standing(ask):
    answer = ask("Where does the silk park lie?")

    assert "zones/silk-park.en" in cited(answer)
    assert all("event_status" not in citation for citation in answer.as_json()["citations"])


def test_every_answer_has_an_id_of_its_own(ask):
    assert ask(BOOTHS).answer_id != ask(BOOTHS).answer_id


def test_nothing_is_quoted_that_has_nothing_to_do_with_the_question(ask):
    assert cited(ask("Where in Suzhou does the silk park lie?")) == {"zones/silk-park.en"}


@pytest.mark.parametrize(
    ("question", "language", "document"),
    [
        (BOOTHS, "en", "events/tea-fair-12.en"),
        ("杭州茶叶博览会有多少个展位？", "zh", "events/tea-fair-12.zh"),
        ("杭州茶葉博覽會有多少個展位？", "zh-Hant", "events/tea-fair-12.zh"),
    ],
)
def test_the_version_in_the_question_s_language_is_quoted(ask, question, language, document):
    answer = ask(question)

    assert answer.language == language
    assert document in cited(answer)
    assert len({"events/tea-fair-12.en", "events/tea-fair-12.zh"} & cited(answer)) == 1


def test_a_quote_in_another_language_is_announced(ask):
    answer = ask("保单融资贷款最高多少？", language="en")

    assert "financing/policy-loan.zh" in cited(answer)
    assert text("other_language", "en", language="Chinese") in answer.text


def test_a_follow_up_is_understood_from_what_was_asked_before(ask):
    answer = ask("And how many booths?", "Where is the tea fair in Hangzhou?")

    assert "events/tea-fair-12.en" in cited(answer)


@pytest.mark.parametrize(
    ("day", "standing", "written"),
    [
        (date(2026, 2, 15), "tentative", "20–24 May 2026"),
        (date(2026, 5, 19), "tentative", "24 May 2026"),
        (date(2026, 5, 20), "tentative", "24 May 2026"),
        (date(2026, 5, 24), "tentative", "24 May 2026"),
        (date(2026, 5, 25), "unconfirmed", "24 May 2026"),
    ],
)
def test_a_tentative_event_is_never_said_to_be_held(ask, day, standing, written):
    answer = ask("Where is the spice fair planned?", today=day)

    fair = next(c for c in answer.citations if c.document.id == "events/spice-fair.en")
    assert fair.as_json()["event_status"] == standing
    (note,) = (part for part in answer.text.split("\n\n") if "Spice fair" in part)
    assert written in note
    words = {"tentative": "tentative", "unconfirmed": "no report of it yet"}
    assert words[standing] in note


@pytest.mark.parametrize(
    ("day", "standing", "said"),
    [
        (date(2025, 10, 14), "upcoming", "15 October 2025"),
        (date(2025, 11, 4), "running", "under way until 4 November 2025"),
        (date(2025, 11, 5), "past", "is over (ended 4 November 2025)"),
    ],
)
def test_an_event_that_was_reported_is_coming_running_and_then_over(
    ask_of, desk_document, day, standing, said
):
    fair = desk_document(
        "events/kite-fair.en",
        "The kite fair has 41 booths.",
        event={"start": "2025-10-15", "end": "2025-11-04", "certainty": "held"},
        sources=[{"publisher": "Kite Board", "published": "2025-09-01"}],
    )

    answer = ask_of(fair)("How many booths has the kite fair?", today=day)

    assert answer.citations[0].as_json()["event_status"] == standing
    assert said in answer.text


def test_a_series_without_a_particular_year_is_neither_over_nor_coming(ask):
    answer = ask("What does the lamp fair show?")

    assert answer.citations[0].as_json()["event_status"] == "usual"
    assert "Lamp fair" not in answer.text


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en", "ru", "vi", "es", "ja", "ko", "ar"])
def test_notes_are_whole_sentences_in_the_language_of_the_question(ask, language):
    question = "杭州茶叶博览会有多少个展位？" if language.startswith("zh") else BOOTHS

    answer = ask(question, language=language)

    notes = answer.text.split("\n\n")[1:]
    assert any("2025" in note for note in notes)
    assert all(".." not in note and "{" not in note for note in notes)


def test_what_was_valid_until_a_day_is_out_of_date_the_day_after(ask_of, desk_documents):
    ask = ask_of(*(document for document in desk_documents if document.id.endswith(".en")))
    last_day = date(2025, 12, 31)

    then, after = (ask(REBATE, today=last_day + timedelta(days)) for days in (0, 1))

    assert then.status is AnswerStatus.ANSWERED
    assert after.status is AnswerStatus.OUT_OF_DATE
    assert cited(then) == cited(after) == {"policy/harbour-rebate.en"}
    assert "31 December 2025" in after.text
    assert text("out_of_date", "en", until="31 December 2025") not in then.text


def test_what_has_expired_is_not_passed_over_for_something_unrelated(ask):
    assert ask(REBATE).status is AnswerStatus.OUT_OF_DATE


def test_general_knowledge_is_marked_as_such(ask):
    answer = ask("Whom must toy labels name?")

    (labels, *_) = answer.citations
    assert labels.is_general_knowledge
    assert (labels.as_json()["publisher"], labels.as_json()["published"]) == (None, None)
    assert "No stored source for item" in answer.text
    assert "No stored source" not in ask(BOOTHS).text


@pytest.mark.parametrize(
    ("language", "advice"),
    [
        ("zh", "请以主管部门公布的原文为准"),
        ("zh-Hant", "請以主管部門公佈的原文"),
        ("en", "rely on the original text published by the competent authority"),
        ("ja", "所管官庁が公表した原文をご確認ください"),
        ("ko", "주관 부처가 공포한 원문을 확인하시기 바랍니다"),
        ("ru", "сверьтесь с официальным текстом компетентного органа"),
        ("ar", "يُرجى الرجوع إلى النص الأصلي الصادر عن الجهة المختصة"),
    ],
)
def test_below_a_rule_without_source_stands_where_to_look(ask, language, advice):
    assert advice in ask("Whom must toy labels name?", language=language).text


@pytest.mark.parametrize(
    "rows",
    [
        [
            "Exports of tea rose to 700 tonnes in 2023.",
            "Exports of tea fell to 600 tonnes in 2024.",
        ],
        ["Exports of tea fell from 700 tonnes in 2023 to 600 tonnes in 2024."],
    ],
)
def test_several_years_are_answered_without_saying_anything_twice(
    ask_of, desk_documents, desk_document, rows
):
    added = [
        desk_document(f"trade-figures/tea-{number}.en", row, title="Tea exports")
        for number, row in enumerate(rows)
    ]
    ask = ask_of(*desk_documents, *added)

    answer = ask("How many tonnes were the exports of tea in 2023 and 2024?")

    quotes = [citation.quote for citation in answer.citations]
    assert set(rows) <= set(quotes)
    assert len(quotes) == len(set(quotes)) <= MAX_QUOTES


@pytest.mark.parametrize("raw", ["", "   ", "😀", "？！", "\x00\x07", "\u200b"])
def test_a_message_without_words_is_asked_for_again(ask, raw):
    answer = ask(raw)

    assert answer.status is AnswerStatus.UNCLEAR
    assert answer.text == text("no_answer_empty", answer.language)
    assert (answer.question, answer.citations, answer.hits) == (raw, (), ())


def test_of_a_very_long_message_the_first_part_is_answered_and_that_is_said(ask):
    answer = ask(BOOTHS + "".join(f" Stand {number} is ours." for number in range(500)))

    assert "events/tea-fair-12.en" in cited(answer)
    assert answer.text.endswith(text("too_long", "en"))


def test_of_a_message_that_says_the_same_again_and_again_it_is_read_once(ask):
    answer = ask("We are a small firm. " * 500 + BOOTHS)

    assert "events/tea-fair-12.en" in cited(answer)
    assert not answer.text.endswith(text("too_long", "en"))


@pytest.mark.parametrize(
    ("raw", "status"),
    [("你好", "small_talk"), ("Как поживаете?", "small_talk"), ("怎么逃税？", "declined")],
)
def test_what_asks_nothing_of_the_documents_gets_a_ready_reply(ask, sound, raw, status):
    answer = ask(raw)

    assert answer.status == status
    sound(answer)


@pytest.mark.parametrize(
    "raw",
    [
        "a" * 100_000,
        "广" * 100_000,
        "\u202e" + BOOTHS,
        "\ud800 lone surrogate",
        "'; DROP TABLE users; --",
        "{0} {title} %s %(x)s \\",
        "<script>alert(1)</script>",
        "[1] [2] [3]",
        "| a | b |\n|---|---|",
        "2025 " * 300,
        " ".join(map(str, range(1900, 2100))),
        " ".join(f"第{n}届" for n in range(200)),
        "第百届 第零届 第一二三届",
        "9" * 5000,
        "٢٠٢٥ ２０２５ ²⁰²⁵ Ⅻ",
        "مرحبا hello 你好 привет",
        "which zones and events are there in Germany in month 13?",
        "列出所有展会",
    ],
)
def test_an_odd_question_gets_an_answer(ask, sound, raw):
    sound(ask(raw))


@settings(deadline=None, max_examples=150)
@given(raw=st.text(max_size=120), earlier=st.lists(st.text(max_size=40), max_size=2))
def test_anything_typed_gets_an_answer(ask, sound, raw, earlier):
    value = sound(ask(raw, *earlier))

    assert value["question"] == raw


@settings(deadline=None, max_examples=100)
@given(
    words=st.lists(
        st.sampled_from(
            f"{' '.join(ANSWERABLE)} 2025 2026 第12届 13th 9810 今年 哪些 list".split()
        ),
        min_size=1,
        max_size=12,
    ),
    day=st.dates(date(2024, 1, 1), date(2028, 1, 1)),
)
def test_whatever_is_asked_of_the_documents_is_answered_soundly(ask, sound, words, day):
    value = sound(ask(" ".join(words), today=day))

    assert sum(len(citation["quote"]) for citation in value["citations"]) <= MAX_QUOTE_CHARS


def test_several_questions_in_one_message_are_each_answered(ask, sound):
    answer = ask("How many booths has the 12th tea fair? From where came buyers of tea to it?")

    sound(answer)
    assert "74,600" in answer.text
    assert "Kenya" in answer.text


def test_what_the_documents_are_silent_on_is_said_beside_what_they_state(ask):
    answer = ask(
        "How many booths has the 12th tea fair? Which quantum xylophones teleport zebras?"
    )

    assert "74,600" in answer.text
    silent = f"Which quantum xylophones teleport zebras?\n{text('no_answer_not_read', 'en')}"
    assert silent in answer.text


def test_two_editions_are_set_side_by_side_and_the_unknown_one_named(ask):
    answer = ask("第12届和第99届茶叶博览会各有多少个展位？")

    assert "7.46万" in answer.text
    assert "99" in answer.text.partition("资料里没有说明")[2]


def test_a_question_that_does_not_look_like_a_follow_up_may_be_one(ask):
    followed = ask("square kilometres altogether?", "Where does the silk park lie?")

    assert followed.citations[0].document.id == "zones/silk-park.en"


@pytest.mark.parametrize(
    "said",
    [
        "转人工",
        "人工客服",
        "你真没用",
        "补贴",
        "补贴？",
        "talk to a person",
        "no good",
        "square feet",
    ],
)
def test_what_asks_nothing_of_what_was_said_before_never_gets_that_answer_again(ask, said):
    asked = "How many booths has the tea fair?"
    answer = ask(said, asked)

    assert cited(ask(asked))
    assert not cited(answer) & cited(ask(asked))


def test_the_terms_of_a_quote_in_another_language_are_translated(desk):
    glossary = Glossary(
        [
            Entry(
                id="booth",
                kind="term",
                zh="展位",
                en="booths",
                forms={"ru": ["стенд"], "ja": ["ブース"]},
            ),
            Entry(id="has", kind="word", zh="有", en="has", forms={"ru": ["имеет"]}),
        ]
    )
    citations = (
        Answerer(desk, glossary, WordReader(), decision_fit())
        .answer(BOOTHS, today=TODAY)
        .citations
    )

    assert key_terms(citations, "ru", glossary) == ("booths – стенд",)
    assert key_terms(citations, "zh-Hant", glossary) == ("booths – 展位",)
    assert key_terms(citations, "en", glossary) == ()
    assert key_terms(citations, "ko", glossary) == ()
