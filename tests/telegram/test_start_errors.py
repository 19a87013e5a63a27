"""A bot that cannot be started says why in one line; the token is in no log, ever."""

import gc
import io
import signal
import socket
import time

import pytest

from tests.telegram.fake.errors import ApiError
from tests.telegram.fake.server import TOKEN, FakeTelegram

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

RUN = """
import sys
from index.testing import HashingEncoder
import bot.app
bot.app.load_encoder = lambda *_: HashingEncoder()
from bot.cli import main
sys.exit(main(["run"]))
"""
"""`smebot run` with the fake encoder, in a process of its own."""


@pytest.fixture
def configured(telegram, published, fake_model, monkeypatch):
    """`configured(NAME=value)`: settings of a bot that could start."""

    def configure(**settings: object) -> None:
        given = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.root_url}
        for name, value in (given | settings).items():
            monkeypatch.setenv(f"SMEBOT_{name}", str(value))

    # the patience of a real network would make these tests slow
    monkeypatch.setattr("bot.chat.pacing._FIRST_WAIT_S", 0.001)
    configure()
    yield configure
    gc.collect()  # what the libraries leave open where a start fails


@pytest.fixture
def taken_port():
    """A port on which somebody else listens."""
    with socket.create_server(("0.0.0.0", 0)) as server:  # noqa: S104 - as the bot does
        yield server.getsockname()[1]


@pytest.mark.parametrize(
    "token",
    ["123456789:AAWrongTokenThatTelegramDoesNotKnow_000", "no-token-at-all", "12:x"],
)
def test_a_token_that_telegram_does_not_know_is_one_line(configured, smebot, caplog, token):
    configured(TELEGRAM_TOKEN=token)

    outcome = smebot("run")

    outcome.assert_error("SMEBOT_TELEGRAM_TOKEN", "@BotFather")
    secret = token.partition(":")[2] or token
    assert secret not in outcome.err + outcome.out + caplog.text.replace("/", "")


def _err_of(process, *texts: str) -> str:
    """What stands on standard error when it holds all these texts."""
    seen = ""
    while not all(text in seen for text in texts):
        line = process.stderr.readline()
        assert line, seen
        seen += line
    return seen


def test_without_network_the_bot_keeps_trying_and_says_so_once_each_time(
    configured, telegram, python, unused_tcp_port
):
    configured(TELEGRAM_API_URL=f"http://127.0.0.1:{unused_tcp_port}")
    process = python(RUN)

    said = _err_of(process, "trying again in 2 s")
    with FakeTelegram(port=unused_tcp_port) as there:
        _err_of(process, "running as @sme_test_bot")
        person = there.user("Li")
        person.sends("/help")
        reply = person.wait_for_reply_blocking(timeout_s=10)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)

    lines = [line for line in said.splitlines() if "cannot be reached" in line]
    assert len(lines) == 2
    assert all(str(unused_tcp_port) in line for line in lines)
    assert all("SMEBOT_TELEGRAM_API_URL" in line for line in lines)
    assert "Traceback" not in said
    assert reply.text
    assert process.returncode == 0


def test_a_server_that_fails_at_the_start_does_not_end_the_bot(configured, telegram, python):
    telegram.faults.fail("getMe", 502, times=2)
    telegram.faults.fail("setMyCommands", 429)
    process = python(RUN)

    _err_of(process, "cannot be reached", "asks to wait", "running as @sme_test_bot")

    assert process.poll() is None


def test_a_signal_ends_a_bot_that_never_reached_telegram(configured, python, unused_tcp_port):
    configured(TELEGRAM_API_URL=f"http://127.0.0.1:{unused_tcp_port}")
    process = python(RUN)
    _err_of(process, "cannot be reached")

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)

    assert process.returncode == 0


def test_a_health_port_that_is_taken_is_one_line(configured, smebot, taken_port):
    configured(HEALTH_PORT=taken_port)

    smebot("run").assert_error(str(taken_port), "SMEBOT_HEALTH_PORT")


def test_a_webhook_port_that_is_taken_is_one_line(configured, smebot, taken_port):
    configured(WEBHOOK_URL="https://bot.example", WEBHOOK_PORT=taken_port)

    smebot("run").assert_error(str(taken_port), "SMEBOT_WEBHOOK_PORT")


def test_a_webhook_address_that_telegram_refuses_names_the_setting(configured, smebot, telegram):
    configured(WEBHOOK_URL="http://bot.example")

    smebot("run").assert_error("SMEBOT_WEBHOOK_URL")


def test_a_damaged_database_is_one_line(configured, smebot, published):
    (published.data_dir / "smebot.sqlite").write_bytes(b"no database " * 100)

    smebot("run").assert_error("smebot.sqlite", "not a readable database")


def test_without_a_token_the_conversation_opens_in_the_terminal(configured, smebot, monkeypatch):
    monkeypatch.delenv("SMEBOT_TELEGRAM_TOKEN")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))

    outcome = smebot("run")

    assert outcome.code == 0
    assert "SMEBOT_TELEGRAM_TOKEN is not set" in outcome.err


def test_ctrl_c_ends_the_program_well(configured, telegram, python):
    process = python(RUN)
    while not telegram.calls_of("getUpdates"):
        time.sleep(0.01)

    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)

    assert process.returncode == 0
    assert "Traceback" not in err


def test_a_signal_ends_the_program_well_and_no_log_holds_the_token(
    configured, telegram, python, li
):
    telegram.faults.reset("getUpdates")
    process = python(RUN)

    li.sends("Where is the Canton Fair held?")
    reply = li.wait_for_reply_blocking(timeout_s=30)
    telegram.faults.reset("sendMessage")
    telegram.faults.refuse("sendMessage", ApiError(400, "Bad Request: injected"))
    li.sends("/help")
    li.wait_for_reply_blocking(timeout_s=30)
    telegram.faults.delay("sendMessage", 0.3)
    li.sends("/zones")
    deadline = time.monotonic() + 20
    while len(telegram.calls_of("sendMessage")) < 5:
        assert time.monotonic() < deadline, telegram.calls
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)

    assert reply.text
    assert process.returncode == 0
    assert "no such entry" in li.bot_messages[-1].text
    assert TOKEN not in out + err
    assert TOKEN.partition(":")[2] not in out + err
    assert "running as @sme_test_bot" in err
