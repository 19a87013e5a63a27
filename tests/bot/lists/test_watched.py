"""What comes of things and topics that are watched."""

from datetime import date

import pytest

from bot.dates import EventStatus
from bot.lists.kinds import CHANGES, EVENTS
from bot.lists.listing import Lists
from bot.lists.watched import coming, day_of, entries_on, read_topic
from index import Glossary

TODAY = date(2026, 2, 15)
PLACE = {"country": "CN", "city": "Kunming"}
USUAL = {"certainty": "usual", "usual": [{"start": "05-20", "end": "05-24"}]}
RULES = [
    {"what": "duty on wool", "kind": "duty", "from": "2026-03-01", "until": "2026-12-31"},
    {"what": "duty on silk", "kind": "duty", "from": "2026-01-01"},
]


def _event(**facts):
    return PLACE | {"certainty": "scheduled"} | facts


@pytest.fixture(scope="module")
def lists(retriever_of, desk_document) -> Lists:
    documents = [
        desk_document("events/mint.en", "Mint.", title="Mint fair", event=_event(start="2026-03")),
        desk_document("events/tea.en", "Tea.", title="Tea fair", event=_event(start="2026-01-01")
            | {"end": "2026-01-02", "certainty": "held"}),
        desk_document("events/clove.en", "Cloves.", title="Clove fair",
            event=_event(series="clove") | USUAL),
        desk_document("events/rose.en", "Roses.", title="Rose fair", event=_event(series="rose")
            | USUAL),
        desk_document("events/rose-9.en", "Roses.", title="9th Rose fair",
            event=_event(series="rose", start="2026-05-18", end="2026-05-19")),
        desk_document("policy/wool.en", "Wool.", title="Duties", countries=["VN"], changes=RULES),
    ]  # fmt: skip
    return Lists(retriever_of(*documents), Glossary())


@pytest.fixture(scope="module")
def keys(lists):
    """`keys(kind, stem)`: the days to come of a document."""
    return lambda kind, stem, today=TODAY: [
        each.key for each in coming(lists, kind, stem, "en", today)
    ]


def test_a_month_is_to_come_until_its_last_day(keys):
    assert keys(EVENTS, "events/mint") == [":2026-03"]
    assert keys(EVENTS, "events/mint", date(2026, 3, 31)) == [":2026-03"]
    assert keys(EVENTS, "events/mint", date(2026, 4, 1)) == []


def test_what_is_over_or_gone_has_no_days(keys):
    assert keys(EVENTS, "events/tea") == []
    assert keys(EVENTS, "events/nothing") == []


def test_of_rules_the_first_and_last_days_to_come_count(keys):
    assert keys(CHANGES, "policy/wool") == ["from_day:2026-03-01", "until_day:2026-12-31"]


def test_a_usual_calendar_has_an_expected_day_or_that_of_the_edition_announced(lists):
    (clove,) = coming(lists, EVENTS, "events/clove", "en", TODAY)
    (rose,) = coming(lists, EVENTS, "events/rose", "en", TODAY)

    assert (clove.title, clove.key) == ("Clove fair", ":2026-05-20")
    assert clove.period.status is EventStatus.EXPECTED
    assert (rose.title, rose.key) == ("9th Rose fair", ":2026-05-18")


def test_a_key_tells_its_day():
    assert day_of("from_day:2026-03").first == date(2026, 3, 1)
    assert day_of(":2026-05-18").is_day


@pytest.mark.parametrize(
    ("said", "words", "unread"),
    [
        ("Vietnam duty", "Vietnam duty", ()),
        ("越南 关税", "越南 关税", ()),
        ("zebras Vietnam", "Vietnam", ("zebras",)),
        ("zebras", "", ("zebras",)),
        ("the", "", ()),
    ],
)
def test_a_topic_is_what_lists_understand(lists, said, words, unread):
    topic = read_topic(lists, said, "en", TODAY)

    assert (topic.words, topic.unread) == (words, unread)


def test_a_list_that_does_not_understand_all_words_has_nothing_on_a_topic(lists):
    found = [(kind.name, entry.item.document.stem) for kind, entry in
             entries_on(lists, "Vietnam duty", "en", TODAY)]  # fmt: skip

    assert set(found) == {("changes", "policy/wool")}
