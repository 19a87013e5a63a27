"""All that is particular to a list is in its record: a new one is a record and its texts."""

from dataclasses import dataclass
from datetime import date

import pytest

from bot import texts
from bot.chat.conversation import OWNER_COMMANDS
from bot.chat.lists_view import ListsView
from bot.dates import EventStatus
from bot.lists.filters import EMPTY_ROLES
from bot.lists.kinds import KINDS, ListKind, Tie
from bot.lists.listing import Lists
from bot.lists.periods import Period
from bot.lists.vocabulary import vocabulary, words
from bot.texts import INTERFACE_LANGUAGES, interface
from index import Glossary, PartialDate

TODAY = date(2026, 11, 25)


@dataclass(frozen=True)
class Recall:
    """Typed facts that no document has yet."""

    kind: str
    since: PartialDate
    makers: tuple[str, ...] = ()


RECALLS = {
    "policy/kettles": Recall("household", PartialDate.parse("2026-09-01")),
    "policy/lamps": Recall("household", PartialDate.parse("2026-10"), makers=("lamp-maker",)),
    "policy/toys": Recall("toys", PartialDate.parse("2026-10-12")),
}


@pytest.fixture
def recalls(monkeypatch):
    """One more list: its record, its words, its texts, and nothing else."""
    noun = {"en": "recall|recalls", "zh": "召回"}
    group = {
        "noun": noun,
        "kind.household": {"en": "household goods"},
        "kind.toys": {"en": "toys"},
    }
    monkeypatch.setitem(words(), "recalls", group)
    sentences = texts._sentences("interface.en", in_traditional=False)
    monkeypatch.setitem(sentences, "list_recalls", "Recalls{filter}: {total}")
    monkeypatch.setitem(sentences, "usable_recalls", "You can narrow them by kind or month")
    yield ListKind(
        name="recalls",
        facts=lambda document: [r for stem, r in RECALLS.items() if stem == document.stem],
        order=lambda recall: recall.since.text,
        named_by=lambda recall: recall.makers,
        fields=("kind",),
        period=lambda recall, _: Period(
            start=recall.since,
            status=EventStatus.OPENED,
            day_key="from_day" if recall.since.is_day else "",
        ),
        concerned=Tie.THERE,
        holds_in_area=True,
    )
    vocabulary.cache_clear()


@pytest.fixture
def lists(retriever_of, desk_document, recalls):
    """The lists of three recalls and one fair."""
    documents = [
        desk_document("policy/kettles.en", "Kettles.", title="Kettles", countries=["CN", "VN"]),
        desk_document("policy/lamps.en", "Lamps.", title="Lamps", countries=["CN", "VN"]),
        desk_document("policy/toys.en", "Toys made of tin.", title="Toys"),
        desk_document("events/fair.en", "A fair.", title="Fair", event={"certainty": "held"}),
    ]
    return Lists(retriever_of(*documents), Glossary(), (*KINDS, recalls))


@pytest.mark.parametrize(
    ("said", "heading", "lines"),
    [
        ("", "Recalls: 3", ["Kettles — ", "Lamps — October 2026", "Toys — from 12 October 2026"]),
        ("household goods", "Recalls (household goods): 2", ["Kettles — ", "Lamps — "]),
        ("October 2026", "Recalls (October 2026): 2", ["Lamps — ", "Toys — "]),
        ("toys in October", "Recalls (toys, October): 1", ["Toys — "]),
        ("Vietnam household goods", "Recalls (Vietnam, household goods): 2", ["Kettles", "Lamps"]),
        ("tin", "Recalls (the documents mention “tin”): 1", ["Toys — "]),
    ],
)
def test_a_new_list_is_filtered_and_shown_by_its_record(lists, recalls, said, heading, lines):
    page = ListsView(lists, "en", TODAY).page(recalls, said, 0).text.text

    shown = [line.removeprefix("· ") for line in page.split("\n") if line.startswith("· ")]
    assert page.startswith(f"{heading}\n")
    assert len(shown) == len(lines)
    assert all(line.startswith(start) for line, start in zip(shown, lines, strict=True))


def test_its_buttons_lead_to_its_pages_and_cards(lists, recalls):
    view = ListsView(lists, "en", TODAY)
    (button,) = view.page(recalls, "toys", 0).rows[0]

    kind, letter, key = button.data.split(":")

    assert (kind, view.kind(letter)) == ("c", recalls)
    assert "Toys made of tin." in view.card(letter, key).text.text


def test_a_question_is_answered_with_it(lists, recalls):
    request = lists.request("Which recalls are there in October 2026?", TODAY)

    assert request is not None
    assert request.kind is recalls
    found = lists.requested(request, "en", TODAY)
    assert [item.document.metadata.title for item in found] == ["Lamps", "Toys"]


def test_what_no_record_can_be_narrowed_to_is_named(lists, recalls):
    listing = lists.narrowed("138th", recalls, "en", TODAY)

    assert (listing.unread, listing.labels) == (("138th",), ())


def test_every_list_has_a_command_and_a_letter_of_its_own():
    assert {kind.name for kind in KINDS} < set(OWNER_COMMANDS)
    assert len({kind.letter for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_list_has_its_texts_and_can_be_narrowed_to_its_words(kind):
    roles = {role.partition(".") for roles in words()[kind.name] for role in roles.split()}

    for language in INTERFACE_LANGUAGES:
        for key in ("list_", "usable_", "command_"):
            assert interface(key + kind.name, language, filter="", total=1)
    assert {"noun"} < {role for role, _, _ in roles}
    assert all(role in EMPTY_ROLES or kind.has(role) for role, _, _ in roles)
