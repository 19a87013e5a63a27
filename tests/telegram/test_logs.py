"""What somebody wrote is in no log: marked questions go through every failure there is."""

import asyncio
import gc
import io
import logging
import sqlite3
import time

import pytest
from sqlalchemy.exc import IntegrityError
from telegram.request import HTTPXRequest

from bot.logs import discreet_handler
from bot.store import now
from bot.store.models import Turn
from index import Retriever
from tests.telegram.fake.errors import ApiError

MARK = "ZQX7731"
_RUN = """
import logging, sys
from index.testing import HashingEncoder
import bot.app, bot.chat.telegram_bot, bot.logs
bot.app.load_encoder = lambda *_: HashingEncoder()
configure = bot.logs.configure_logging
def configure_all(form):
    configure(form)
    for name in (None, *logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(logging.DEBUG)
bot.logs.configure_logging = configure_all
from bot.cli import main
sys.exit(main(["run"]))
"""
QUESTION = f"How many booths has the tea fair? {MARK}"


@pytest.fixture
def log(caplog):
    """All loggers at DEBUG: what is written, and beside it what our own lines were made from."""
    stream = io.StringIO()
    handler = discreet_handler(stream)
    levels = {None: logging.root.level}
    for name, known in logging.root.manager.loggerDict.items():
        if isinstance(known, logging.Logger):
            levels[name] = known.level
            known.setLevel(logging.DEBUG)
    logging.root.setLevel(logging.DEBUG)
    logging.root.addHandler(handler)
    yield stream
    logging.root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def assert_discreet(log, caplog):
    """`assert_discreet(*texts)`: these were logged, the mark was not, not even handed over."""

    def check(*texts: str) -> None:
        for text in texts:
            assert text in log.getvalue()
        assert MARK not in log.getvalue()
        ours = [r for r in caplog.records if r.name.startswith(("bot", "index", "sqlalchemy"))]
        for record in ours:
            assert MARK not in record.getMessage()
            assert MARK not in repr(record.exc_info)

    return check


async def test_neither_when_all_goes_well(running, li, assert_discreet, log):
    li.sends(QUESTION)
    await li.wait_for_reply()

    assert_discreet()


async def test_nor_when_the_store_is_locked(running, li, assert_discreet):
    other = sqlite3.connect(running.settings.data_dir / "smebot.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    li.sends(QUESTION)
    await li.wait_for_reply(timeout_s=20)
    other.close()

    assert_discreet("the database cannot be written (database is locked)")


async def test_nor_in_the_words_of_a_database_s_error(running, assert_discreet):
    turn = Turn(answer_id="a", chat_id=1, user_id=1, question=QUESTION, created=now())

    with pytest.raises(IntegrityError) as error:
        running.store.add_turn(turn)

    assert MARK not in str(error.value)
    assert_discreet()


@pytest.mark.parametrize(
    ("refusal", "logged"),
    [
        ((400, f"Bad Request: can't parse entities in {MARK}"), "update failed: BadRequest"),
        ((403, f"Forbidden: {MARK} has blocked the bot"), "has blocked the bot"),
        ((502, "Bad Gateway"), "sendMessage: "),
    ],
)
async def test_nor_when_telegram_refuses_the_answer(
    running, li, assert_discreet, accept_refusals, refusal, logged
):
    telegram, (code, description) = running.telegram, refusal
    telegram.faults.refuse("sendMessage", ApiError(code, description))

    li.sends(QUESTION)
    if code != 403:
        await li.wait_for_reply(timeout_s=20)
    await telegram.wait_until_idle(1.0)
    running.staff.errors.clear()
    accept_refusals()

    assert_discreet(logged)


async def test_nor_when_telegram_is_asked_too_often(running, telegram, li, assert_discreet):
    telegram.faults.fail("sendMessage", 429)

    li.sends(QUESTION)
    await li.wait_for_reply(timeout_s=20)

    assert_discreet()


async def test_nor_when_answering_fails(running, li, assert_discreet, monkeypatch):
    def break_down(_self, question, *_args, **_options):
        try:
            {}[question]
        except KeyError as error:
            raise ValueError(f"cannot search {QUESTION}") from error

    monkeypatch.setattr(Retriever, "search", break_down)

    li.sends(QUESTION)
    await li.wait_for_reply()
    running.staff.errors.clear()

    assert_discreet("update failed: ValueError at", "< KeyError at")


async def test_nor_when_a_task_fails_that_nobody_awaits(running, assert_discreet):
    async def fail() -> None:
        raise ValueError(QUESTION)

    task = asyncio.create_task(fail())
    await asyncio.sleep(0.01)
    del task
    gc.collect()

    assert_discreet("Task exception was never retrieved (ValueError at")


async def test_nor_when_an_update_cannot_be_read(running, telegram, li, assert_discreet):
    li.sends_raw({"text": QUESTION, "entities": [{"type": "bold"}]})

    await asyncio.sleep(1)
    with telegram.state.lock:
        telegram.state.updates.pending.clear()

    assert_discreet()


def test_nor_in_the_last_words_of_a_program(python):
    ended = python(
        "import threading; from bot.logs import configure_logging; configure_logging()\n"
        "class Broken:\n"
        f"    def __del__(self): raise ValueError('{MARK}')\n"
        f"def fail(): raise ValueError('{MARK}')\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join()\n"
        "Broken()\n"
        f"raise KeyError('{MARK}') from ValueError('{MARK}')"
    )

    _, err = ended.communicate(timeout=60)

    assert ended.returncode == 1
    assert err.count("CRITICAL bot.logs") == 3
    assert "stopped: KeyError at" in err
    assert MARK not in err


def test_nor_in_those_of_one_that_is_killed_amid_failures(
    telegram, published, monkeypatch, python, li
):
    """The program as it is started, with all of its loggers at DEBUG."""
    monkeypatch.setenv("SMEBOT_TELEGRAM_TOKEN", telegram.token)
    monkeypatch.setenv("SMEBOT_TELEGRAM_API_URL", telegram.root_url)
    process = python(_RUN)
    li.sends(QUESTION)
    li.wait_for_reply_blocking(timeout_s=60)
    other = sqlite3.connect(published.data_dir / "smebot.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    telegram.faults.reset("sendMessage")
    telegram.faults.refuse("sendMessage", ApiError(400, f"Bad Request: {MARK}"))
    li.sends(QUESTION)
    li.wait_for_reply_blocking(timeout_s=60)
    telegram.faults.delay("sendMessage", 5.0)
    li.sends(QUESTION)
    while len(telegram.calls_of("sendMessage")) < 4:
        time.sleep(0.01)

    process.kill()
    out, err = process.communicate(timeout=20)
    other.close()

    assert "the database cannot be written" in err
    assert "update failed: BadRequest" in err
    assert MARK not in out + err


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_nor_when_an_error_page_repeats_what_was_sent(
    start_bot, li, assert_discreet, log, monkeypatch, method
):
    sent = HTTPXRequest.do_request
    left = [2]

    async def repeat(self, url, **given):
        if url.endswith(method) and left[0]:
            left[0] -= 1
            return 502, f"<html>cannot get {url}: {MARK}</html>".encode()
        return await sent(self, url, **given)

    monkeypatch.setattr(HTTPXRequest, "do_request", repeat)
    running = await start_bot()
    li.sends(f"Where is the tea fair {MARK}?")

    await li.wait_for_reply(15)

    assert left == [0]
    assert running.telegram.token not in log.getvalue()
    assert_discreet()
