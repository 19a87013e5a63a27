"""The real program killed and ended in the midst of many questions: nothing is lost."""

import signal
import time

import pytest

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

PEOPLE, EACH = 20, 5
RUN = """
import sys, time
from bot.answers.answerer import Answerer
from index.testing import HashingEncoder
import bot.app
bot.app.load_encoder = lambda *_: HashingEncoder()
answer = Answerer.answer
Answerer.answer = lambda *a, **k: time.sleep(60 * ("slow" in a[1])) or answer(*a, **k)
from bot.cli import main
sys.exit(main(["run"]))
"""
"""`smebot run` with the fake encoder; what is slow takes a minute."""


@pytest.fixture
def start(telegram, published, fake_model, monkeypatch, python):
    """`start()`: the program, running."""
    given = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.root_url}
    for name, value in (given | {"QUESTIONS_PER_MINUTE": 600}).items():
        monkeypatch.setenv(f"SMEBOT_{name}", str(value))

    return lambda: python(RUN)


@pytest.fixture
def people(telegram):
    return [telegram.user(f"P{number}") for number in range(PEOPLE)]


def _all_ask(people, telegram) -> None:
    """Each asks the running bot five things, commands and questions in turn."""
    while not telegram.calls_of("getUpdates"):
        time.sleep(0.01)
    time.sleep(1.0)  # Telegram's dates are whole seconds: what is sent now is not late
    for number in range(1, EACH + 1):
        for person in people:
            person.sends(f"/events {number}xyz" if number % 2 else "Where is the Canton Fair?")


def _answers(people) -> int:
    return sum(len(person.bot_messages) for person in people)


def _wait_for_answers(people, count: int, timeout_s: float = 40.0) -> None:
    until = time.monotonic() + timeout_s
    while _answers(people) < count:
        assert time.monotonic() < until, (count, [len(p.bot_messages) for p in people])
        time.sleep(0.005)


def _commands_answered(person) -> list[str]:
    """Which of the commands were answered, in order, none twice in a row."""
    texts = [message.text for message in person.bot_messages]
    found = [n for text in texts for n in "12345" if f"{n}xyz" in text]
    return [n for position, n in enumerate(found) if found[position - 1 : position] != [n]]


def test_a_program_killed_three_times_answers_each_of_a_hundred_questions(
    telegram, start, people, capsys
):
    total = PEOPLE * EACH
    process = start()
    _all_ask(people, telegram)
    fresh = 0
    for answered in (10, 40, 70):
        _wait_for_answers(people, answered)
        before = _answers(people)
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL)
        process.wait()
        fresh += _answers(people) - before
        process = start()
    _wait_for_answers(people, total)
    time.sleep(1.5)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)

    twice = _answers(people) - total
    with capsys.disabled():
        print(f"\nkilled three times in a hundred answers, {fresh} of them in the 0.3 s before:")
        print(f"0 lost, {twice} sent twice")
    assert {len(person.bot_messages) >= EACH for person in people} == {True}
    assert [_commands_answered(person) for person in people] == [["1", "3", "5"]] * PEOPLE
    assert twice <= fresh  # a kill may fall between what Telegram took and what the bot knows


def _ends_in_time(process) -> str:
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=40)
    assert process.returncode == 0
    assert time.monotonic() - began < 20
    assert "Traceback" not in err
    return err


def test_an_end_while_telegram_hangs_comes_in_time_and_the_rest_is_answered_later(
    telegram, start, people
):
    process = start()
    _all_ask(people, telegram)
    _wait_for_answers(people, 10)
    telegram.faults.hang("sendMessage", times=10_000)
    time.sleep(1.0)

    _ends_in_time(process)
    telegram.faults.clear()
    start()
    _wait_for_answers(people, PEOPLE * EACH)
    time.sleep(1.0)

    assert [len(person.bot_messages) for person in people] == [EACH] * PEOPLE
    assert [_commands_answered(person) for person in people] == [["1", "3", "5"]] * PEOPLE


def test_an_end_while_an_answer_takes_a_minute_comes_in_time(telegram, start, people):
    process = start()
    while not telegram.calls_of("getUpdates"):
        time.sleep(0.01)
    for person in people:
        person.sends("Where is the slow fair?")
    while not telegram.calls_of("sendChatAction"):
        time.sleep(0.01)

    _ends_in_time(process)

    assert _answers(people) == 0
