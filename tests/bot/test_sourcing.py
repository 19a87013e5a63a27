"""All sources of a quote travel with it; the one that can have said it is shown first."""

from dataclasses import replace

import pytest

from bot.answers.reasons import Reason
from bot.answers.rendering import render, who_says_so
from bot.answers.sourcing import by_fit
from bot.answers.values import Answer, Citation
from bot.chat.answer_view import answer_reply, evidence
from index.documents import Source, SourceSpan
from tests.bot.conftest import TODAY

MARCH_2020 = {"publisher": "XFA Finance", "published": "2020-03", "url": "https://x.example/1"}
JANUARY_2025 = {"publisher": "People's Daily", "published": "2025-01-13"}
NOVEMBER_2025 = {
    "publisher": "planetcarl.com",
    "original_publisher": "China News",
    "published": "2025-11-14",
    "url": "https://planetcarl.example/2",
}
UNDATED = {"publisher": "A guide"}
FOURTH_QUARTER = {"publisher": "Quarterly", "published": "2025-12"}
KNOWN = {"confidence": "known"}


def first_to_last(text, *sources):
    ordered = by_fit([Source.model_validate(source) for source in sources], text)
    return [str(source.publisher) for source in ordered]


@pytest.mark.parametrize(
    ("text", "sources", "order"),
    [
        ("参数2020年为1.25，2025年1月为1.75。", (MARCH_2020, JANUARY_2025), "People XFA"),
        ("The parameter was 1.75 in January 2025.", (MARCH_2020, JANUARY_2025), "People XFA"),
        ("参数2020年3月为1.25。", (JANUARY_2025, MARCH_2020), "XFA People"),
        ("参数现为1.75。", (MARCH_2020, JANUARY_2025), "XFA People"),
        ("The parameter is 1.75.", (NOVEMBER_2025, MARCH_2020), "planet XFA"),
        ("2025年1月的参数。", (NOVEMBER_2025, JANUARY_2025), "People planet"),
        ("参数2025年的变化。", (JANUARY_2025, NOVEMBER_2025), "planet People"),
        ("参数2025年1月的变化。", (MARCH_2020, UNDATED, JANUARY_2025), "People A XFA"),
        ("展会暂定2031年举行。", (MARCH_2020, NOVEMBER_2025), "planet XFA"),
        ("展会2025年11月10日至14日举行。", (FOURTH_QUARTER, NOVEMBER_2025), "planet Quarter"),
        ("参数为1.75。", (KNOWN, MARCH_2020), "XFA None"),
        ("参数2025年1月为1.75。", (KNOWN, MARCH_2020), "XFA None"),
        ("展会2025年10月15日至11月4日举行。", (JANUARY_2025, NOVEMBER_2025), "planet People"),
    ],
)
def test_the_source_whose_date_fits_comes_first(text, sources, order):
    found = first_to_last(text, *sources)

    assert len(found) == len(order.split())
    for name, beginning in zip(found, order.split(), strict=True):
        assert name.startswith(beginning)


@pytest.fixture
def cite(make_document):
    """`cite(text, *sources)`: a citation of the whole text, which rests on all of them."""

    def make(text: str, *sources: dict) -> Citation:
        document = replace(
            make_document(text, title="Parameter", sources=list(sources), topic="policy"),
            source_spans=(SourceSpan(0, len(text), tuple(range(len(sources)))),),
        )
        return Citation(
            number=1, document=document, quote=text, start=0, end=len(text), language="en"
        )

    return make


@pytest.fixture
def answer_with():
    """`answer_with(citation, language)`: an answer that quotes it."""

    def make(citation: Citation, language: str = "en") -> Answer:
        return Answer(
            question="?",
            language=language,
            reason=Reason.ANSWERED,
            text=f"{citation.quote} [1]",
            as_of=TODAY,
            snapshot="s",
            answer_id="a" * 32,
            citations=(citation,),
        )

    return make


def test_the_json_has_all_sources_and_repeats_the_first_in_the_old_fields(cite):
    value = cite("In January 2025 it was 1.75.", MARCH_2020, JANUARY_2025, KNOWN).as_json()

    assert value["sources"] == [
        {
            "title": None,
            "publisher": "People's Daily",
            "published": "2025-01-13",
            "url": None,
            "confidence": "read",
        },
        {
            "title": None,
            "publisher": "XFA Finance",
            "published": "2020-03",
            "url": "https://x.example/1",
            "confidence": "read",
        },
        {
            "title": None,
            "publisher": None,
            "published": None,
            "url": None,
            "confidence": "known",
        },
    ]
    assert (value["publisher"], value["published"], value["url"]) == (
        "People's Daily",
        "2025-01-13",
        None,
    )


def test_the_json_says_who_wrote_what_a_copy_says(cite):
    (source,) = cite("Text.", NOVEMBER_2025).as_json()["sources"]

    assert (source["publisher"], source["original_publisher"]) == ("planetcarl.com", "China News")


def test_every_place_that_shows_sources_shows_all_of_them(cite, answer_with):
    citation = cite("In January 2025 it was 1.75.", MARCH_2020, NOVEMBER_2025, JANUARY_2025)
    answer = answer_with(citation)

    folded = evidence([citation], "en")
    shown = (render(answer), answer_reply(answer, "en").text.text, folded.text)

    for text in shown:
        places = [text.rindex(name) for name in ("People's Daily", "China News", "XFA Finance")]
        assert places == sorted(places)
    assert {r.url for r in folded.ranges if r.url} == {MARCH_2020["url"], NOVEMBER_2025["url"]}
    assert "https://x.example/1" in render(answer)


def test_below_an_answer_stand_names_and_dates_only(cite, answer_with):
    citation = cite("It was 1.75.", NOVEMBER_2025, KNOWN)

    assert who_says_so(citation, "en") == "China News, 14 November 2025"
    assert "China News (republished by planetcarl.com), 14 November 2025" in render(
        answer_with(citation)
    )
    assert "China News（转载：planetcarl.com），2025年11月14日" in evidence([citation], "zh").text


def test_of_a_quote_in_part_without_source_both_parts_are_named(cite, answer_with):
    shown = render(answer_with(cite("It was 1.75.", KNOWN, MARCH_2020)))

    assert shown.endswith(
        "XFA Finance, March 2020 | https://x.example/1\n    part of it: no stored source"
    )


def test_only_what_no_stored_source_says_is_general_knowledge(cite):
    alone, with_another = cite("Text.", KNOWN), cite("Text.", KNOWN, MARCH_2020)

    assert alone.is_general_knowledge
    assert not with_another.is_general_knowledge
    assert who_says_so(alone, "en") == "no stored source"
    assert who_says_so(with_another, "en") == "XFA Finance, March 2020"
