"""The page of a run: everything escaped, nothing from a network, what failed comes first."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from bot.answers.answerer import Answerer
from bot.checks.last_run import UNCHANGED, Comparison
from bot.checks.page import page
from bot.checks.running import run_checks
from bot.checks.values import Check
from index import Glossary, Remark
from index.readers.word_reader import WordReader
from tests.bot.handmade_fits import decision_fit

STARTED = datetime(2026, 2, 15, 9, 30, tzinfo=UTC)
VOID = {"meta", "br"}


class Balanced(HTMLParser):
    """Asserts that what is opened is closed, and keeps what is found."""

    def __init__(self) -> None:
        super().__init__()
        self.open, self.found, self.texts = [], [], []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def parsed(content):
    parser = Balanced()
    parser.feed(content)
    parser.close()
    assert parser.open == []
    assert parser.found
    return parser


@pytest.fixture
def run(desk):
    """`run(**keys)`: a check that passes unless they say otherwise, run on the small corpus."""

    def run_one(**keys):
        values = {
            "id": "one",
            "question": "Who painted the Mona Lisa?",
            "language": "en",
            "status": "not_in_documents",
            "as_of": date(2026, 2, 15),
        }
        check = Check.model_validate(values | keys)
        (outcome,) = run_checks([check], Answerer(desk, Glossary(), WordReader(), decision_fit()))
        return outcome

    return run_one


def test_what_is_to_be_looked_at_comes_first_and_is_open(run):
    outcomes = [
        run(id="good"),
        run(id="known", status="declined", expected_failure="not yet"),
        run(id="bad", status="declined"),
        run(id="wrong", cite=["no/such"]),
    ]

    content = page(outcomes, UNCHANGED, STARTED, "en")

    headings = re.findall(r"<h2>(.*?) \((\d+)\)</h2>", content)
    assert [heading.split(":")[0] for heading, _ in headings] == [
        "Failed",
        "Wrong themselves",
        "Known failures",
        "Passed",
    ]
    details = [attributes for tag, attributes in parsed(content).found if tag == "details"]
    assert ["open" in each for each in details] == [True, True, False, False]
    assert "<b>1</b>passed" in content
    assert "<b>1</b>known failures" in content
    assert "<b>2</b>new failures" in content
    assert "15 February 2026 09:30" in content


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=1>', "&"])
def test_whatever_a_check_or_an_answer_holds_is_text(run, hostile):
    outcome = run(
        question=f"Who painted {hostile}?", history=[hostile], say=[hostile], status="declined"
    )
    outcome = replace(outcome, answer=replace(outcome.answer, text=hostile), slip=Remark(hostile))

    found = parsed(page([outcome], Comparison(newly_failing=(hostile,)), STARTED, "en"))

    assert {tag for tag, _ in found.found}.isdisjoint({"script", "img"})
    assert sum(hostile in text for text in found.texts) >= 5


@pytest.mark.parametrize("character", ["\x00", "\ud800", "\x1b"])
def test_the_page_can_be_written_whatever_an_answer_holds(run, character):
    outcome = run()
    outcome = replace(outcome, answer=replace(outcome.answer, text=f"a{character}b"))

    assert "a\ufffdb" in page([outcome], UNCHANGED, STARTED, "en").encode().decode()


def test_the_page_needs_no_network_and_suits_light_dark_phones_and_paper(run):
    content = page([run()], UNCHANGED, STARTED, "en")

    assert not re.search(r"https?://|url\(|@import|<link|<script|src=", content)
    assert "default-src 'none'" in content
    for needed in ("prefers-color-scheme: dark", "@media print", "width=device-width"):
        assert needed in content


def test_what_changed_is_named(run):
    changed = Comparison(newly_failing=("a", "b"), newly_passing=("c",))

    content = page([run()], changed, STARTED, "en")

    assert "Newly failing: a, b<" in content
    assert "Newly passing: c<" in content
    assert "Newly" not in page([run()], UNCHANGED, STARTED, "en")
