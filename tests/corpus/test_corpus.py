"""The knowledge base as a whole: sound, in two languages, dated, honest about its sources."""

from collections import Counter
from datetime import date, timedelta

import pytest

from bot.answers.sourcing import by_fit
from bot.dates import LONGEST_EVENT_DAYS, event_note, event_status
from index.documents import Confidence, Topic

LANGUAGES = ("zh", "en")
CHIEF_TOPICS = {Topic.FINANCING, Topic.EVENTS, Topic.ZONES}

UNDATED = {
    "customs-logistics/ata-carnet": "general knowledge",
    "financing/export-credit-insurance-premium-rates": "the copy of the questions and answers",
    "financing/short-term-export-credit-insurance": "FT-China's page",
    "financing/sinosure": "the Belt and Road Initiative's page",
    "financing/sinosure-sme-e-plan": "FT-China's page",
    "market-access/eac-conformity": "the two guides",
    "policy/overseas-investment-authorities": "the keyword page; the rest is general knowledge",
    "trade-figures/smes-in-apec-exports": "APEC's page",
    "zones/eastern-industrial-zone-ethiopia": "the park's page",
}
"""Documents without `as_of`, and what has no date: every one of their sources."""

KNOWN = {
    "CUS-02": ("customs-logistics/ecommerce-export-supervision-codes", "9610", "9610"),
    "CUS-20": ("customs-logistics/ata-carnet", "ATA单证册", "ATA carnet"),
    "EVT-32": ("events/china-northeast-asia-expo-15", "核心市场", "core markets"),
    "EVT-44": (
        "events/sino-german-smec-jinan",
        "中德中小企业合作交流大会",
        "中德中小企业合作交流大会",
    ),
    "FIN-18": ("financing/cross-border-financing-parameter", "2021年1月", "January 2021"),
    "FIN-47": ("financing/icbc-business-matchmaker", "环球撮合荟", "环球撮合荟"),
    "MKT-12": ("market-access/eu-forced-labour-regulation", "2024/3015", "2024/3015"),
    "POL-15": (
        "policy/hong-kong-goglobal-task-force",
        "内地企业出海专班",
        "内地企业出海专班",
    ),
    "POL-24": ("policy/ndrc-order-11", "3亿美元以下", "below USD 300 million"),
    "ZON-15": ("zones/early-sme-zones-by-province", "沧州", "Cangzhou"),
}
"""Facts that no stored source states, wholly or in part: the document and the words of that part
in Chinese and in English."""


def test_the_corpus_check_finds_nothing_to_mend_and_prints_what_is_covered(
    project, real_corpus, smebot
):
    outcome = smebot(
        *("corpus", "check", "--corpus", str(project / "seeds")),
        *("--corpus", str(project / "corpus")),
    )

    assert (outcome.code, outcome.err) == (0, "")
    *notes, topics, countries, years, verdict = outcome.out.splitlines()
    assert all(
        note.startswith("note: ") or note.endswith("codes to find a source for") for note in notes
    )
    kinds = Counter((d.metadata.topic, d.metadata.language) for d in real_corpus.documents)
    assert topics.startswith("by topic, language: ")
    for (topic, language), count in kinds.items():
        assert f" {topic}, {language} {count}," in f"{topics},"
    assert countries.startswith("by country: ")
    assert f" CN {len(real_corpus.documents)}," in countries
    assert years.startswith("by year: ")
    assert f"undated {len(LANGUAGES) * len(UNDATED)}" in years
    assert verdict.startswith(f"{len(real_corpus.documents)} documents, ")
    assert verdict.endswith(": all sound")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", Topic)
def test_every_topic_is_covered_in_chinese_and_english(real_corpus, topic, language):
    found = [
        document.id
        for document in real_corpus.documents
        if (document.metadata.topic, document.metadata.language) == (topic, language)
    ]

    assert len(found) >= (12 if topic in CHIEF_TOPICS else 2)


def test_every_document_says_when_its_figures_were_true_unless_its_sources_have_no_date(
    real_corpus,
):
    undated = [document for document in real_corpus.documents if not document.metadata.as_of]

    assert {document.id for document in undated} == {
        f"{stem}.{language}" for stem in UNDATED for language in LANGUAGES
    }
    dates = {source.published for document in undated for source in document.metadata.sources}
    assert dates == {None}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", KNOWN)
def test_what_no_stored_source_states_is_marked_as_known(fact_map, real_corpus, fact, language):
    stem, *words = KNOWN[fact]
    assert stem in fact_map.documents[fact]
    (document,) = (d for d in real_corpus.documents if d.id == f"{stem}.{language}")

    behind = [
        {document.metadata.sources[position].confidence for position in span.sources}
        for span in document.source_spans
        if words[LANGUAGES.index(language)] in document.text[span.start : span.end]
    ]

    assert behind
    assert any(Confidence.KNOWN in confidences for confidences in behind)


def test_no_event_lasts_longer_than_the_bot_takes_for_granted(real_corpus):
    """What `LONGEST_EVENT_DAYS` is chosen on: the least that each event with an end lasts."""
    lasted = {
        document.stem: (event.end.first - event.start.last).days + 1
        for document in real_corpus.documents
        if (event := document.metadata.event) and event.start and event.end
    }

    assert lasted["events/canton-fair-138"] == 21
    assert 21 <= max(lasted.values()) <= LONGEST_EVENT_DAYS


WITHOUT_END = {
    "events/apec-sme-technology-fair",
    "events/china-south-asia-expo-9",
    "events/cifit-25",
    "events/cismef-20",
    "events/guangxi-uae-matchmaking-2025",
}


def test_no_event_without_a_stated_end_is_said_to_end_on_its_first_day(real_corpus):
    events = [
        (document, event)
        for document in real_corpus.documents
        if (event := document.metadata.event) and event.start and not event.end
    ]
    assert {document.stem for document, _ in events} >= WITHOUT_END

    for document, event in events:
        second_day = event.start.first + timedelta(days=1)
        assert event_status(event, second_day) in ("opened", "due"), document.id
        note = event_note(document, event_status(event, date(2026, 11, 25)), "en")
        assert "ended on" not in note
        assert note.endswith("do not say on which day it ended.")


def test_no_event_that_was_only_announced_is_said_to_have_taken_place(real_corpus):
    announced = [
        document
        for document in real_corpus.documents
        if (event := document.metadata.event)
        and event.start
        and event.certainty in ("tentative", "scheduled")
    ]
    assert len(announced) > 10

    for document in announced:
        status = event_status(document.metadata.event, date(2036, 1, 1))
        assert status == "unconfirmed"
        assert "原定于" in event_note(document, status, "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_of_2025_is_credited_to_no_page_of_2020(real_corpus, language):
    document = next(
        d
        for d in real_corpus.documents
        if d.id == f"financing/cross-border-financing-parameter.{language}"
    )
    (span,) = (
        s
        for s in document.source_spans
        if len({document.metadata.sources[i] for i in s.sources}) > 2
    )
    in_order = document.sources_of(span.start, span.end)

    shown = by_fit(in_order, document.text[span.start : span.end])

    assert "2020-03" in {str(source.published) for source in in_order}
    assert str(shown[0].published) == "2025-01-13"
    assert set(shown) == set(in_order)
