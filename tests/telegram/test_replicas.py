"""Several real programs behind one webhook: each message is answered once, in order."""

import itertools
import signal
import socket
import time

import httpx
import pytest

from tests.telegram.fake.webhook import WebhookSender

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

PEOPLE, EACH, REPLICAS = 500, 2, 3
RUN = """
import sys
from bot.answers.answerer import Answerer
from index.testing import HashingEncoder
from index.readers.word_reader import WordReader
import bot.app, bot.chat.pacing
bot.app.load_encoder = lambda *_: HashingEncoder()
bot.app.load_reader = lambda *_: WordReader()
bot.chat.pacing._OVERALL = bot.chat.pacing._ONE_CHAT = (10_000, 1.0)
from bot.cli import main
sys.exit(main(["run"]))
"""
"""`smebot run` with the fake models, and without Telegram's limits of messages in a second."""


@pytest.fixture
def ports() -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(REPLICAS)]
    found = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return found


@pytest.fixture
def start(telegram, published, monkeypatch, python, database_url, ports):
    """`start(number)`: one of the programs, running; Telegram sends to each in turn."""
    assert published.served  # all share its data directory
    given = {
        "TELEGRAM_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.root_url,
        "QUESTIONS_PER_MINUTE": 600,
        "DATABASE_URL": database_url,
        "WEBHOOK_URL": "https://bot.example",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"SMEBOT_{name}", str(value))
    turns = itertools.cycle(ports)
    post = WebhookSender._post

    async def post_in_turn(self, client, pending):
        self.deliver_to = f"http://127.0.0.1:{next(turns)}/telegram"
        return await post(self, client, pending)

    monkeypatch.setattr(WebhookSender, "_post", post_in_turn)

    def begin(number: int):
        monkeypatch.setenv("SMEBOT_WEBHOOK_PORT", str(ports[number]))
        return python(RUN)

    return begin


def _wait_until(holds, timeout_s: float = 120.0) -> None:
    until = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def _is_up(port: int) -> bool:
    """Whether a program takes updates: one without a secret is turned away, not unheard."""
    try:
        return httpx.post(f"http://127.0.0.1:{port}/telegram", trust_env=False).status_code == 403
    except httpx.HTTPError:
        return False


def _answers(people) -> int:
    return sum(len(person.bot_messages) for person in people)


def test_three_replicas_one_killed_and_one_restarted_answer_each_of_a_thousand_messages_once(
    telegram, start, ports, capsys
):
    people = [telegram.user(f"P{number}") for number in range(PEOPLE)]
    programs = [start(number) for number in range(REPLICAS)]
    _wait_until(lambda: len(telegram.calls_of("setWebhook")) == REPLICAS)
    time.sleep(1.0)  # Telegram's dates are whole seconds: what is sent now is not late
    began = time.monotonic()
    for number in range(1, EACH + 1):
        for person in people:
            person.sends(f"/events {number}xyz")

    _wait_until(lambda: _answers(people) >= PEOPLE * EACH // 4)
    before = _answers(people)
    time.sleep(0.3)
    programs[0].send_signal(signal.SIGKILL)
    programs[0].wait()
    fresh = _answers(people) - before
    killed_at = _answers(people)
    programs[0] = start(0)
    _wait_until(lambda: _answers(people) >= PEOPLE * EACH // 2)
    assert _end(programs[1]) == 0
    programs[1] = start(1)
    _wait_until(lambda: all(len(person.bot_messages) >= EACH for person in people))
    took_s = time.monotonic() - began
    time.sleep(1.5)
    ended = [_end(program) for program in programs]

    twice = _answers(people) - PEOPLE * EACH
    with capsys.disabled():
        print(f"\n{PEOPLE} people, {PEOPLE * EACH} messages, {REPLICAS} replicas, {took_s:.1f} s;")
        print(f"one killed after {killed_at} answers, one restarted: 0 lost, {twice} sent twice")
    said = [[m.text for m in person.bot_messages] for person in people]
    assert [_order(texts) for texts in said] == [["1", "2"]] * PEOPLE
    assert twice <= fresh  # a kill may fall between what Telegram took and what is written down
    assert ended == [0] * REPLICAS


def _end(program) -> int:
    """End a program as a supervisor does; its exit code."""
    program.send_signal(signal.SIGTERM)
    _, err = program.communicate(timeout=20)
    assert "Traceback" not in err
    return program.returncode


def _order(texts: list[str]) -> list[str]:
    """Which messages were answered, in order, none twice in a row."""
    found = [number for text in texts for number in "12" if f"{number}xyz" in text]
    return [key for key, _ in itertools.groupby(found)]
