"""`smebot ask`, `chat` and `run`: what comes out where, exit codes, and never a traceback."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer

BOOTHS = "How many booths has the tea fair in Hangzhou?"
COMMANDS = [("ask", BOOTHS), ("chat",), ("run",), ("check", "checks.yaml"), ("doctor",)]
AS_A_PROCESS = """
import sys
import bot.answers.answerer, bot.app, bot.doctor
from index.readers.word_reader import WordReader
from index.testing import HashingEncoder
from tests.bot.handmade_fits import decision_fit
bot.app.load_encoder = bot.doctor.load_encoder = lambda *_: HashingEncoder()
bot.app.load_reader = bot.doctor.load_reader = lambda *_: WordReader()
bot.answers.answerer.shipped_decision_fit = decision_fit
from bot.cli import entry_point
entry_point()
"""
"""The console script with the fake encoder, and the reader that needs no model."""


def test_ask_prints_the_answer_then_who_says_so(command):
    outcome = command("ask", BOOTHS, "--as-of", "2026-02-15")

    assert (outcome.code, outcome.err) == (0, "")
    answer, sources = outcome.out.split("\nSources:\n")
    assert answer.startswith("The 12th tea fair has 74,600 booths. [1]\n")
    first = sources.splitlines()[0]
    assert first.startswith("[1] 12th tea fair")
    assert "Ministry of Commerce" in first
    assert "6 November 2025" in first


def test_ask_answers_in_the_language_of_the_question(command):
    outcome = command("ask", "杭州茶叶博览会有多少个展位？")

    assert "第12届茶叶博览会有7.46万个展位。 [1]" in outcome.out
    assert "\n来源" in outcome.out


def test_a_question_without_an_answer_is_no_failure(command):
    outcome = command("ask", "Who painted the Mona Lisa?")

    assert (outcome.code, outcome.err) == (0, "")
    assert "Sources" not in outcome.out


def test_outside_telegram_who_asks_for_a_person_is_told_whom_to_turn_to(command, monkeypatch):
    for name, value in {"OPERATOR_CONTACT": "@hall", "HANDOVER_CHAT_ID": "-5"}.items():
        monkeypatch.setenv(f"SMEBOT_{name}", value)

    outcome = command("ask", "转人工")

    assert "联系方式：@hall" in outcome.out
    assert "私聊" not in outcome.out  # from here nothing can be passed on


def test_ask_as_json_prints_one_object_and_nothing_else(command, objects):
    question = "Where is the spice fair planned?"
    outcome = command("ask", "--json", question, "--as-of", "2026-05-19")

    assert (outcome.code, outcome.err) == (0, "")
    (answer,) = objects(outcome.out)
    assert (answer["question"], answer["status"]) == (question, "answered")
    assert answer["as_of"] == "2026-05-19"
    assert answer["citations"][0]["event_status"] == "tentative"


def test_ask_explains_itself_below_the_answer_and_without_colours_in_a_pipe(command):
    alone = command("ask", BOOTHS, "--as-of", "2026-02-15").out
    explained = command("ask", "--explain", BOOTHS, "--as-of", "2026-02-15").out

    assert explained.startswith(alone)
    assert "  retrieve " in explained
    assert explained.splitlines()[-1].startswith("Answered: ")
    assert "\x1b" not in explained


def test_ask_explains_itself_in_colours_on_a_terminal(command, monkeypatch):
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")

    assert "\x1b[" in command("ask", "--explain", BOOTHS).out


def test_ask_as_json_tells_the_reason_always_and_the_trace_on_demand(command, objects):
    (plain,) = objects(command("ask", "--json", BOOTHS).out)
    (explained,) = objects(command("ask", "--json", "--explain", BOOTHS).out)

    assert plain["reason"] == "answered"
    assert explained.keys() - plain.keys() == {"trace"}
    assert [step["step"] for step in explained["trace"]][:2] == ["clean", "detect_language"]


def test_ask_takes_the_language_it_is_given(command, objects):
    (answer,) = objects(command("ask", "--json", "--language", "ru", "Guangzhou").out)

    assert answer["language"] == "ru"


def test_chat_answers_line_by_line_and_remembers_what_was_asked(command, standard_input):
    standard_input("你好\n\nWhere is the tea fair in Hangzhou?\r\nAnd how many booths?")

    outcome = command("chat", "--as-of", "2026-02-15")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("您好")
    assert outcome.out.count("\nSources:\n") == 2
    assert "74,600" in outcome.out.split("Sources")[-2]


def test_chat_has_the_commands_and_lists_of_the_bot(command, standard_input):
    standard_input("/events 2025\n/zones\n/status\n/watch tea\n/Language\n")

    outcome = command("chat", "--language", "en")

    assert (outcome.code, outcome.err) == (0, "")
    said = ("12th tea fair", "Great Stone", "no such command", "Reminders go to you alone")
    said += ("Choose the language",)
    assert sorted(said, key=outcome.out.index) == list(said)


def test_somebody_at_a_terminal_presses_buttons_by_their_numbers(command, at_terminal):
    at_terminal(BOOTHS, "1", "3", "99")

    said = command("chat", "--language", "en").out

    assert "(1) 👍 Helpful  (2) 👎 Not helpful  (3) Sources" in said
    thanks, _, sources = said.partition("Thank you!")[2].partition("\n> ")
    assert thanks.strip().startswith("(1) ✓ 👍 Helpful  (2) 👎 Not helpful  (3) Sources")
    assert sources.startswith("Sources")


def test_chat_without_input_ends_at_once(command):
    outcome = command("chat")

    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_chat_reads_bytes_that_are_no_text(command, standard_input):
    standard_input(b"\xff\xfe\x00\n" + BOOTHS.encode())

    outcome = command("chat")

    assert outcome.code == 0
    assert "74,600" in outcome.out


def test_run_without_a_token_says_so_and_opens_the_conversation(command, standard_input):
    standard_input(BOOTHS)

    outcome = command("run")

    assert outcome.code == 0
    assert "SMEBOT_TELEGRAM_TOKEN" in outcome.err
    assert "74,600" in outcome.out


@pytest.mark.parametrize("conversation", ["chat", "run"])
def test_a_conversation_builds_the_index_if_there_is_none(
    command, standard_input, served_desk, conversation
):
    served_desk.rename(served_desk.with_name("elsewhere"))
    standard_input("Where is the fair held?")

    outcome = command(conversation)

    assert outcome.code == 0
    assert "building" in outcome.err
    assert (served_desk / "snapshots" / "CURRENT").is_file()
    assert outcome.out


def make_older(data_dir):
    """The served index becomes one of an earlier version's format."""
    (manifest,) = data_dir.glob("snapshots/*/manifest.json")
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 1}))


@pytest.mark.parametrize("conversation", ["chat", "run"])
def test_a_conversation_builds_the_index_anew_if_it_is_of_another_version(
    command, standard_input, served_desk, conversation
):
    make_older(served_desk)
    standard_input("Where is the fair held?")

    outcome = command(conversation)

    assert outcome.code == 0
    assert "the index is of another version of smebot: building it from seeds" in outcome.err
    assert "Guangzhou" in outcome.out
    assert command("index", "status").code == 0


def test_other_commands_say_what_to_do_with_an_index_of_another_version(command, served_desk):
    make_older(served_desk)

    for arguments in (("ask", BOOTHS), ("index", "verify")):
        command(*arguments).assert_error("another version of smebot: run `smebot index build`")


def test_ask_without_an_index_says_how_to_build_one(command, served_desk):
    served_desk.rename(served_desk.with_name("elsewhere"))

    outcome = command("ask", BOOTHS)

    outcome.assert_error("smebot index build")
    assert outcome.out == ""


@pytest.mark.parametrize("arguments", COMMANDS)
@pytest.mark.parametrize(
    ("setting", "text"),
    [
        ("SMEBOT_TELEGRAM_TOKN=x", "did you mean SMEBOT_TELEGRAM_TOKEN?"),
        ("SMEBOT_STAFF_IDS=eleven", "SMEBOT_STAFF_IDS"),
        ("SMEBOT_HEALTH_PORT=70000", "SMEBOT_HEALTH_PORT"),
        ("SMEBOT_TELEGRAM_API_URL=nowhere", "SMEBOT_TELEGRAM_API_URL"),
    ],
)
def test_a_wrong_setting_is_wrong_usage(command, tmp_path, arguments, setting, text):
    (tmp_path / ".env").write_text(setting)
    entry = {"id": "a", "question": BOOTHS, "language": "en", "status": "answered"}
    checks = [entry | {"as_of": "2026-02-15"}]
    (tmp_path / "checks.yaml").write_text(json.dumps({"checks": checks}))

    outcome = command(*arguments)

    outcome.assert_error(text, code=2)
    assert outcome.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", BOOTHS, "--batch", "-"),
        ("ask", "--batch"),
        ("ask", "two", "questions"),
        ("ask", "--as-of", "2026-02-31", BOOTHS),
        ("ask", "--as-of", "tomorrow", BOOTHS),
        ("ask", "--jsno", BOOTHS),
        ("aks", BOOTHS),
        ("chat", "extra"),
        ("check", "--junit"),
        ("doctor", "--now"),
        (),
    ],
)
def test_a_wrong_command_line_is_wrong_usage(command, arguments):
    outcome = command(*arguments)

    assert outcome.code == 2
    assert outcome.out + outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("name", ["ask", "chat", "run", "check", "eval", "fit", "doctor"])
def test_every_command_explains_itself(command, name):
    outcome = command(name, "--help")

    assert outcome.code == 0
    assert f"{name} [OPTIONS]" in outcome.out


NASTY = [
    "",
    " ",
    "\n",
    "-",
    "--",
    "-x",
    "--help me",
    "\x00",
    "\x1b[31mred",
    "[bold]x[/nope]",
    "{0} %s %(a)s \\",
    "../../etc/passwd",
    "\udcff\udcfe",
    "\ud800",
    "\u202eabc",
    "😀" * 5000,
    "a" * 200_000,
    "9" * 10_000,
    '{"text": "a"}',
    "@file.txt",
    "$(id) `id`",
    "第" * 500 + "届",
]


@pytest.mark.parametrize(
    "arguments", [("ask",), ("ask", "--json"), ("ask", "--explain"), ("ask", "--language")]
)
@pytest.mark.parametrize("nasty", NASTY)
def test_no_argument_ends_in_a_traceback(command, arguments, nasty):
    outcome = command(*arguments, nasty)

    assert outcome.code in (0, 2)
    assert "Traceback" not in outcome.err
    assert bool(outcome.out) == (outcome.code == 0)
    assert "\x1b" not in outcome.out


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(arguments=st.lists(st.sampled_from(["ask", "check", "--json", "-v", "--as-of", *NASTY])))
def test_no_command_line_ends_in_a_traceback(command, standard_input, arguments):
    standard_input("")

    outcome = command(*arguments)

    assert outcome.code in (0, 1, 2)
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("arguments", [("ask", BOOTHS), ("chat",)])
def test_an_interrupt_is_one_line(command, standard_input, monkeypatch, arguments):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    standard_input(BOOTHS)
    monkeypatch.setattr(Answerer, "answer", interrupt)

    command(*arguments).assert_error("interrupted")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_somebody_closed_is_no_traceback(served_desk, project, closed):
    """As some service managers start programs."""
    shell = f'exec "$@" {closed}'
    process = subprocess.run(
        ["sh", "-c", shell, "sh", sys.executable, "-c", AS_A_PROCESS, "chat"],
        env=os.environ | {"PYTHONPATH": str(project)},
        input=BOOTHS,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (process.returncode, process.stderr) == (0, "")
    assert ("74,600" in process.stdout) == (closed == "2>&-")


def test_output_that_nobody_reads_any_more_is_no_traceback(python, served_desk, tmp_path):
    lines = [json.dumps({"text": BOOTHS})] * 300
    (tmp_path / "questions.jsonl").write_text("\n".join(lines))
    process = python(AS_A_PROCESS, "ask", "--batch", "questions.jsonl")

    process.stdout.readline()
    process.stdout.close()
    process.stdout = open(os.devnull)  # noqa: SIM115, PTH123
    _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (1, "")
