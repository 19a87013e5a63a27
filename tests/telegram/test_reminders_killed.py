"""The real program killed while it sends reminders: nobody gets one twice."""

import shutil
import signal
import time

import pytest

from bot.store import Store
from bot.store.models import Watcher

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

PEOPLE = 40
RUN = """
import sys
from datetime import UTC, datetime
from index.testing import HashingEncoder
import bot.app
bot.app.load_encoder = lambda *_: HashingEncoder()
bot.app.clock = lambda: datetime(2026, 5, 13, 9, tzinfo=UTC)
from bot.cli import main
sys.exit(main(["run"]))
"""
"""`smebot run` with the fake encoder at nine in the morning, a week before the spice fair."""


@pytest.fixture
def start(telegram, served_once, tmp_path, monkeypatch, python):
    """`start()`: the program, running."""
    shutil.copytree(served_once, tmp_path, dirs_exist_ok=True)
    given = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.root_url}
    for name, value in (given | {"CORPUS_DIRS": '["corpus"]'}).items():
        monkeypatch.setenv(f"SMEBOT_{name}", str(value))

    return lambda: python(RUN)


@pytest.fixture
def people(telegram, start, tmp_path):
    """They have opened a chat with the bot, and want to be reminded of the spice fair."""
    everybody = [telegram.user(f"P{number}", started=True) for number in range(PEOPLE)]
    store = Store(tmp_path / ".smebot" / "smebot.sqlite")
    thing = {"letter": "e", "stem": "events/spice-fair", "lead_days": 7, "days": [":2026-05-20"]}
    for person in everybody:
        watcher = Watcher(user_id=person.id, language="en", zone="UTC")
        store.watches.add(watcher, "Spice fair", **thing)
    store.close()
    return everybody


def _reminded(people) -> list[int]:
    return [len(person.bot_messages) for person in people]


def _wait_until(condition, timeout_s: float = 40.0) -> None:
    until = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.003)


def _kill(process) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_program_killed_three_times_reminds_nobody_twice(start, people, capsys):
    for sent in (5, 15, 25):
        process = start()
        _wait_until(lambda: sum(_reminded(people)) >= sent)  # noqa: B023 - used at once
        _kill(process)
    start()
    _wait_until(lambda: sum(_reminded(people)) >= PEOPLE - 3)
    time.sleep(2.0)

    reminded = _reminded(people)
    with capsys.disabled():
        print(f"\nkilled three times in {PEOPLE} reminders: {reminded.count(0)} may have left")
    assert max(reminded) == 1
    assert reminded.count(0) <= 3  # one for each kill that fell between beginning and end


def test_what_telegram_took_before_the_kill_is_not_sent_again(telegram, start, people):
    telegram.faults.delay("sendMessage", 30.0)
    process = start()
    _wait_until(lambda: sum(_reminded(people)) == 1)
    _kill(process)
    start()
    _wait_until(lambda: sum(_reminded(people)) == PEOPLE)
    time.sleep(1.0)

    assert _reminded(people) == [1] * PEOPLE


def test_what_waits_for_telegrams_limit_survives_the_kill(telegram, start, people):
    telegram.faults.fail("sendMessage", 429, times=PEOPLE, retry_after_s=600)
    process = start()
    _wait_until(lambda: len(telegram.calls_of("sendMessage")) == PEOPLE)
    time.sleep(0.5)
    _kill(process)
    start()
    _wait_until(lambda: sum(_reminded(people)) == PEOPLE)
    time.sleep(1.0)

    assert _reminded(people) == [1] * PEOPLE
