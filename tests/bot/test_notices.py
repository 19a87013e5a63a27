"""Below an answer stands what held when, what comes next, and how old its newest source is."""

from datetime import date

import pytest

from bot.answers.notices import notices_for
from bot.answers.reasons import AnswerStatus
from bot.answers.values import Citation
from bot.dates import event_status
from bot.lists.listing import Lists
from index import Glossary

USUAL = {
    "certainty": "usual",
    "series": "tea-fair",
    "usual": [{"start": "04-15", "end": "05-05"}, {"start": "10-15", "end": "11-04"}],
}
TODAY = date(2026, 11, 25)


@pytest.fixture
def notices(retriever_of):
    """`notices(cited, *others)`: below an answer in English that quotes the first document.

    `quotes`: what is quoted of it, if it is not the whole.
    """

    def below(cited, *others, status=AnswerStatus.ANSWERED, today=TODAY, quotes=()):
        event = cited.metadata.event
        citations = [
            Citation(
                number=number,
                document=cited,
                quote=quote,
                start=cited.text.index(quote),
                end=cited.text.index(quote) + len(quote),
                language="en",
                event_status=event_status(event, today) if event else None,
            )
            for number, quote in enumerate(quotes or [cited.text], 1)
        ]
        lists = Lists(retriever_of(cited, *others), Glossary())
        return notices_for("en", citations, status, with_events=True, lists=lists, today=today)

    return below


@pytest.fixture
def fair(desk_document):
    """`fair(name, **event)`: a tea fair."""

    def make(name, published="2026-03-01", **event):
        source = {"publisher": "Tea Board", "published": published}
        text = f"The {name} is on."
        return desk_document(f"events/{name}.en", text, title=name, event=event, sources=[source])

    return make


def test_a_usual_calendar_tells_when_the_next_session_is_expected(notices, fair):
    (note,) = notices(fair("fair", **USUAL))

    assert "expected 15 April – 5 May 2027" in note
    assert "no official announcement" in note


def test_an_announced_edition_beats_the_usual_calendar(notices, fair):
    announced = fair(
        "fair-9", certainty="scheduled", series="tea-fair", start="2027-04-20", end="2027-04-22"
    )

    (note,) = notices(fair("fair", **USUAL), announced)

    assert "fair-9" in note
    assert "20–22 April 2027" in note
    assert "expected" not in note


def test_of_a_rule_that_was_replaced_the_new_one_is_named(notices, desk_document):
    old = desk_document(
        "policy/old.en",
        "The tax is 5%.",
        valid_until="2026-06-30",
        replaced_by="policy/new",
        sources=[{"publisher": "Tea Board", "published": "2026-01-01"}],
    )
    new = desk_document("policy/new.en", "The tax is 7%.", title="Tea tax of 2026")

    first, second = notices(old, new, status=AnswerStatus.OUT_OF_DATE)

    assert "30 June 2026" in first
    assert "Tea tax of 2026" in second


@pytest.mark.parametrize(("published", "is_old"), [("2025-11-25", False), ("2025-11-24", True)])
def test_an_answer_from_old_sources_says_how_old_they_are(
    notices, desk_document, published, is_old
):
    source = {"publisher": "Tea Board", "published": published}
    document = desk_document("policy/tea.en", "The tax is 5%.", sources=[source])

    assert any("The newest source" in note for note in notices(document)) is is_old


def test_what_is_known_of_an_event_that_is_over_grows_no_older(notices, fair):
    held = fair("fair-8", "2025-05-06", certainty="held", start="2025-04-15", end="2025-05-05")

    notes = notices(held)

    assert notes == ["Note: fair-8 is over (ended 5 May 2025)."]


@pytest.mark.parametrize(
    ("quotes", "notes"),
    [
        (["The fair ran from 15 April to 5 May 2025."], 0),
        (["It had nine halls.", "The fair ran from 15 April to 5 May 2025."], 0),
        (["It had nine halls."], 1),
        (["It was the best of 2025."], 1),
    ],
)
def test_quotes_that_have_the_days_of_their_event_need_no_note_that_it_is_over(
    notices, desk_document, quotes, notes
):
    held = desk_document(
        "events/fair-8.en",
        "It had nine halls. The fair ran from 15 April to 5 May 2025. It was the best of 2025.",
        event={"certainty": "held", "start": "2025-04-15", "end": "2025-05-05"},
        sources=[{"publisher": "Tea Board", "published": "2025-05-06"}],
    )

    assert len(notices(held, quotes=quotes)) == notes
