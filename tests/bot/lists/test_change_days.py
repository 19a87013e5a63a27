"""`/changes`: the first and the last day of each rule, in the order in which they come."""

from datetime import date

import pytest

from bot.chat.lists_view import ListsView
from bot.lists.kinds import CHANGES
from bot.lists.listing import Lists
from index import Glossary

TODAY = date(2026, 11, 25)
REBATES = [
    {"what": "kettle rebate cut", "kind": "rebate", "from": "2026-04-01", "until": "2026-12-31"},
    {"what": "kettle rebate abolished", "kind": "rebate", "from": "2027-01-01"},
]
VISA = [{"what": "visa-free trial", "kind": "visa", "from": "2026-01", "until": "2026-09-14"}]
DUTY = [{"what": "parcel duty", "kind": "duty", "from": "2027-02", "status": "proposed"}]
TEXT = (
    "Kettles are sold by weight.\n\nFrom 1 April 2026 to 31 December 2026 the rebate for kettles "
    "is cut.\n\nFrom 1 January 2027 the rebate for kettles is abolished."
)


@pytest.fixture(scope="module")
def rules(retriever_of, desk_document):
    """Lists of four rules of three documents, one of them of the European Union, one later."""

    def document(name, text, countries, changes, published):
        return desk_document(
            f"policy/{name}.en",
            text,
            title=name.title(),
            countries=countries,
            changes=changes,
            sources=[{"publisher": "Ministry of Commerce", "published": published}],
        )

    documents = (
        document("rebates", TEXT, ["CN"], REBATES, "2026-01-08"),
        document("visas", "A trial until 14 September 2026.", ["CN", "RU"], VISA, "2026-01-08"),
        document("parcels", "A duty from February 2027.", ["CN", "FR", "EU"], DUTY, "2026-11-20"),
        document("parks", "A park without any rule.", ["CN"], [], "2026-01-08"),
    )
    return Lists(retriever_of(*documents), Glossary())


def lines_of(lists, words, today=TODAY, language="en"):
    page = ListsView(lists, language, today).page(CHANGES, words, 0).text.text
    return [line.removeprefix("· ") for line in page.split("\n") if line.startswith("· ")]


CUT_ENDS = "kettle rebate cut — until 31 December 2026"
ABOLISHED = "kettle rebate abolished — from 1 January 2027"
PARCELS = "parcel duty — from February 2027, a draft so far"
CUT_BEGAN = "kettle rebate cut — from 1 April 2026, in force"
TRIAL_BEGAN = "visa-free trial — from January 2026, over"
TRIAL_ENDED = "visa-free trial — until 14 September 2026, over"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", [CUT_ENDS, ABOLISHED, PARCELS]),
        ("past", [TRIAL_ENDED, CUT_BEGAN, TRIAL_BEGAN]),
        ("next month", [CUT_ENDS]),
        ("April 2026", [CUT_BEGAN]),
        ("2027", [ABOLISHED, PARCELS]),
        ("rebate", [CUT_ENDS, ABOLISHED]),
        ("visa 2026", [TRIAL_ENDED, TRIAL_BEGAN]),
        ("draft", [PARCELS]),
        ("EU", [PARCELS]),
        ("Russia", [TRIAL_ENDED, TRIAL_BEGAN]),
        ("China", [CUT_ENDS, ABOLISHED]),
        ("weight", [CUT_ENDS, ABOLISHED]),
    ],
)
def test_first_and_last_days_are_listed_with_what_comes_next_first(rules, words, expected):
    assert lines_of(rules, words) == expected


def test_what_is_in_force_today_has_begun(rules):
    assert lines_of(rules, "rebate", date(2026, 4, 1)) == [CUT_ENDS, ABOLISHED]
    assert lines_of(rules, "", date(2026, 12, 31))[0] == CUT_ENDS
    assert lines_of(rules, "", date(2027, 1, 1)) == [PARCELS]


def test_a_rule_is_not_known_before_it_was_published(rules):
    assert PARCELS not in lines_of(rules, "2027", date(2026, 11, 19))
    assert lines_of(rules, "", date(2026, 1, 7)) == []


def test_chinese_readers_get_chinese_words(rules):
    page = ListsView(rules, "zh", TODAY).page(CHANGES, "草案", 0).text.text

    assert page.startswith("规定从哪天起变（草案）：共1项\n")
    assert "parcel duty — 2027年2月起，尚为草案" in page


def test_rules_of_one_document_share_a_button_that_shows_it_whole(rules):
    view = ListsView(rules, "en", TODAY)

    buttons = [row[0] for row in view.page(CHANGES, "", 0).rows]
    _, letter, key = buttons[0].data.split(":")

    assert [button.label for button in buttons] == [
        "kettle rebate cut",
        "parcel duty",
        "In force or ended (3)",
    ]
    assert "the rebate for kettles is abolished." in view.card(letter, key).text.text


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("What rules change next month?", ["2026-12-31"]),
        ("Which rebate changes take effect in 2027?", ["2027-01-01"]),
        ("Which new rules are coming up?", ["2026-12-31", "2027-01-01", "2027-02"]),
        ("2027年1月有哪些规定变化？", ["2027-01-01"]),
        ("明年有哪些新规", ["2027-01-01", "2027-02"]),
    ],
)
def test_a_question_for_changes_gets_their_days_in_order(rules, question, days):
    request = rules.request(question, TODAY)

    assert request is not None
    assert request.kind is CHANGES
    assert [str(item.facts.day) for item in rules.requested(request, "en", TODAY)] == days


@pytest.mark.parametrize(
    "question",
    ["What are the rules?", "What rebate is there for kettles in 2027?", "Which rules apply?"],
)
def test_a_question_about_one_rule_is_no_request_for_a_list(rules, question):
    assert rules.request(question, TODAY) is None
