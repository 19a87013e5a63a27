"""`smebot check add`: a check of an answer that was given, or of a question, shown first."""

import pytest

from bot.checks.loading import load_checks
from bot.store import Store, now
from bot.store.answers import KeptAnswer
from bot.store.models import Turn

BOOTHS = "How many booths has the tea fair in Hangzhou?"
ANSWER_ID = "3f2a9c1d00000000"
ON = ("--as-of", "2026-02-15")


@pytest.fixture
def checks(tmp_path):
    """`checks()`: what was written."""

    def read():
        folder = tmp_path / "corpus" / "checks"
        return load_checks([folder]) if folder.is_dir() else []

    return read


@pytest.fixture
def given(command, served_desk, today):
    """`given(vote, cited=...)`: the bot has answered somebody, who voted."""

    def give(vote=0, cited="events/tea-fair-12.en"):
        answer = {"answer_id": ANSWER_ID, "language": "en", "status": "answered"}
        quoted = [[cited, 0, 0]]
        turn = Turn(
            **answer,
            chat_id=1,
            user_id=1,
            question=BOOTHS,
            passages=[],
            citations=quoted,
            suggestions=[],
            created=now(),
        )
        kept = KeptAnswer(
            **answer,
            reason="answered",
            text="",
            citations=quoted,
            as_of=today,
            snapshot="s",
            digest={},
            created=now(),
        )
        store = Store(served_desk / "smebot.sqlite")
        store.add_turn(turn, kept)
        if vote:
            store.add_feedback(turn, 1, vote)
        store.close()

    return give


def test_a_question_becomes_a_check_that_passes(command, checks):
    outcome = command("check", "add", BOOTHS, *ON, "--yes")

    (check,) = checks()
    assert outcome.code == 0
    assert outcome.out.startswith(f"checks:\n- id: {check.id}\n  question: {BOOTHS}\n")
    assert outcome.out.splitlines()[-1].endswith(f"corpus/checks/added/{check.id}.yaml")
    assert check.cite
    assert check.say
    assert command("check").out.splitlines()[-1] == "1/1 passed"


def test_an_answer_that_was_given_becomes_a_check(command, given, checks):
    given()

    command("check", "add", ANSWER_ID, "--yes")

    (check,) = checks()
    assert (check.id, check.question) == ("asked-3f2a9c1d", BOOTHS)
    assert check.cite == ("events/tea-fair-12",)


def test_of_an_answer_with_a_thumb_down_the_right_document_must_be_named(command, given, checks):
    given(-1)

    command("check", "add", ANSWER_ID, "--yes").assert_error(ANSWER_ID, "--document")
    assert checks() == []
    command("check", "add", ANSWER_ID, "--not-in-documents", "--yes")

    (check,) = checks()
    assert check.status == ("not_in_documents",)
    assert "status answered, wanted not_in_documents" in check.expected_failure


def test_it_is_written_only_if_somebody_says_so(command, checks, at_terminal):
    unasked = command("check", "add", BOOTHS, *ON)
    at_terminal("n")
    refused = command("check", "add", BOOTHS, *ON)
    nothing = checks()
    at_terminal("y")
    command("check", "add", BOOTHS, *ON)

    assert unasked.code == 2
    assert "--yes" in unasked.err
    assert refused.code == 0
    assert nothing == []
    assert len(checks()) == 1


def test_a_second_time_it_is_refused(command, checks):
    command("check", "add", BOOTHS, *ON, "--yes")

    command("check", "add", BOOTHS, *ON, "--yes").assert_error("is a check already")

    assert len(checks()) == 1


def test_a_document_that_does_not_exist_is_refused(command, checks):
    added = command("check", "add", BOOTHS, *ON, "--document", "events/tea-fare-12", "--yes")

    added.assert_error("events/tea-fare-12", "events/tea-fair-12")
    assert checks() == []


def test_an_answer_whose_documents_are_gone_needs_another(command, given, checks):
    given(cited="events/gone.en")

    command("check", "add", ANSWER_ID, "--yes").assert_error("are gone")
    command("check", "add", ANSWER_ID, "--document", "events/tea-fair-12", "--yes")

    assert [check.cite for check in checks()] == [("events/tea-fair-12",)]


def test_an_answer_that_is_not_kept_is_refused(command, given):
    command("check", "add", ANSWER_ID, "--yes").assert_error("smebot.sqlite")
    given()

    command("check", "add", "0" * 32, "--yes").assert_error("0" * 16, "90 days")


def test_checks_are_still_run_by_the_same_command(command):
    assert "--junit" in command("check", "--help").out
    assert "--document" in command("check", "add", "--help").out
