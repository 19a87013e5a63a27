"""A message is read without odd characters, shouting and signs of the wrong width."""

import pytest

from bot.answers.cleaning import clean, in_usual_case, said_once, without_lead_in

USUAL = {
    "rcep": "RCEP",
    "vietnam": "Vietnam",
    "us": "US",
    "may": "May",
    "origin": "origin",
    "rule": "rule",
}


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("出口越南,要办什么(证)?", "出口越南，要办什么（证）？"),
        ("Who pays，and when？", "Who pays, and when?"),
        ("7,4600个展位,多吗？", "7,4600个展位，多吗？"),
        ("几天？？！！", "几天？"),
        ("How long?!!", "How long?"),
        ("Now!!!", "Now!"),
        ("ですか？", "ですか？"),
        ("25年9月", "2025年9月"),
        ("Ha\u0309i Nam", "Hải Nam"),
    ],
)
def test_signs_have_the_width_of_their_script_and_stand_once(raw, text):
    assert clean(raw) == clean(clean(raw)) == text


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("WHICH RCEP RULE APPLIES IN VIETNAM?", "Which RCEP rule applies in Vietnam?"),
        ("RULE OF ORIGIN FOR THE US", "Rule of origin for the US"),
        ("WHO MAY USE RULE OF ORIGIN", "Who may use rule of origin"),
        ("does rcep bind us in vietnam", "Does RCEP bind us in Vietnam"),
        ("Does RCEP bind us in vietnam", "Does RCEP bind us in vietnam"),
        ("RCEP AEO ATA", "RCEP AEO ATA"),
        ("RCEP有什么用？", "RCEP有什么用？"),
        ("", ""),
    ],
)
def test_a_text_in_one_case_is_written_as_documents_write_its_words(typed, written):
    assert in_usual_case(typed, USUAL, {"may", "us"}, {"us"}) == written


@pytest.mark.parametrize(
    ("text", "rest", "is_new"),
    [
        ("换个话题，链博会是谁办的？", "链博会是谁办的？", True),
        ("By the way, who runs it?", "who runs it?", False),
        ("顺便问一下 谁办的", "谁办的", False),
        ("By the waterside, who runs it?", "By the waterside, who runs it?", False),
        ("请问", "请问", False),
    ],
)
def test_what_only_leads_in_is_left_out(text, rest, is_new):
    assert without_lead_in(text) == (rest, is_new)


def test_what_is_said_again_is_read_once():
    assert said_once("We are small. We are small. Who helps?") == "We are small. Who helps?"
