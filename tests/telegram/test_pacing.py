"""Trying again: as long as something is worth sending, and no chat waits for another."""

import asyncio
import warnings
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.warnings import PTBDeprecationWarning

from bot.chat.pacing import ONCE, Pacing
from tests.telegram.test_load import SkippingLoop

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after")


class Telegram:
    """Fails with these errors, then takes everything."""

    def __init__(self, *errors: TelegramError) -> None:
        self.errors = list(errors)
        self.times: list[float] = []

    async def __call__(self) -> str:
        self.times.append(asyncio.get_running_loop().time())
        if self.errors:
            raise self.errors.pop(0)
        return "taken"


def _busy(seconds: int = 1) -> RetryAfter:
    warnings.filterwarnings("ignore", ".*retry_after", PTBDeprecationWarning)
    return RetryAfter(timedelta(seconds=seconds))


def _run(telegram: Telegram, endpoint: str = "sendMessage", chat: int | None = 5) -> str:
    async def send() -> str:
        pacing = Pacing()
        data = {"chat_id": chat} if chat else {}
        return await pacing.process_request(telegram, (), {}, endpoint, data, None)

    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        return runner.run(send())


@pytest.mark.parametrize(
    ("errors", "within_s"),
    [
        ([_busy()] * 8, 60),
        ([NetworkError("Bad Gateway")] * 12, 70),
        ([TimedOut()] * 40, 1200),  # each wait is at most an eighth of the time before
        ([TelegramError("Invalid server response"), _busy(300), NetworkError("reset")], 310),
    ],
)
def test_an_answer_outlasts_a_long_trouble_and_comes_soon_after_it(errors, within_s):
    telegram = Telegram(*errors)

    assert _run(telegram) == "taken"
    assert telegram.times[-1] - telegram.times[0] < within_s


def test_what_telegram_says_about_waiting_is_obeyed():
    telegram = Telegram(_busy(17), _busy(90))

    _run(telegram)

    assert telegram.times[1] - telegram.times[0] >= 17
    assert telegram.times[2] - telegram.times[1] >= 90


@pytest.mark.parametrize(
    ("endpoint", "chat", "least_s", "most_s"),
    [
        ("sendMessage", 5, 3000, 3600),
        ("editMessageText", 5, 3000, 3600),
        ("answerCallbackQuery", None, 20, 30),
        ("answerInlineQuery", None, 4, 10),
        ("sendChatAction", 5, 0, 0),
        ("getMe", None, 0, 0),
    ],
)
@pytest.mark.parametrize("error", [_busy(), NetworkError("away")])
def test_nothing_is_tried_longer_than_it_is_worth(endpoint, chat, least_s, most_s, error):
    telegram = Telegram(*[error] * 10_000)

    with pytest.raises(type(error)):
        _run(telegram, endpoint, chat)

    assert least_s <= telegram.times[-1] - telegram.times[0] <= most_s


@pytest.mark.parametrize(
    "error", [BadRequest("no"), Forbidden("blocked"), InvalidToken("no"), ChatMigrated(-7)]
)
def test_what_would_be_refused_again_is_not_tried_again(error):
    telegram = Telegram(error)

    with pytest.raises(type(error)):
        _run(telegram)

    assert len(telegram.times) == 1


def test_a_long_outage_is_met_with_few_requests():
    telegram = Telegram(*[NetworkError("away")] * 10_000)

    with pytest.raises(NetworkError):
        _run(telegram)

    assert len(telegram.times) < 150


@pytest.mark.parametrize("trouble", ["hangs", "fails"])
def test_a_chat_in_trouble_stops_no_other(trouble):
    async def send_all() -> float:
        pacing = Pacing()
        loop = asyncio.get_running_loop()

        async def in_trouble() -> None:
            if trouble == "fails":
                raise NetworkError("away")
            await asyncio.sleep(1000)

        async def fine() -> float:
            return loop.time()

        def request(send, chat: int):
            return pacing.process_request(send, (), {}, "sendMessage", {"chat_id": chat}, None)

        stuck = [asyncio.create_task(request(in_trouble, 100 + chat)) for chat in range(15)]
        began = loop.time()
        sent = await request(fine, 7)
        for task in stuck:
            task.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)
        return sent - began

    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        assert runner.run(send_all()) < 1


@pytest.mark.parametrize("error", [_busy(), TimedOut(), NetworkError("reset"), Forbidden("no")])
def test_what_is_sent_once_fails_at_once(error):
    telegram = Telegram(error)

    async def send() -> None:
        await Pacing().process_request(telegram, (), {}, "sendMessage", {"chat_id": 5}, ONCE)

    with (
        asyncio.Runner(loop_factory=SkippingLoop) as runner,
        pytest.raises(type(error)),
    ):
        runner.run(send())
    assert len(telegram.times) == 1


def test_what_is_sent_once_does_not_wait_behind_a_chat_that_must_wait():
    telegram = Telegram(_busy(600))

    async def send() -> tuple[float, int, str]:
        pacing, began = Pacing(), asyncio.get_running_loop().time()
        for _ in range(2):
            with pytest.raises(RetryAfter) as failure:
                await pacing.process_request(telegram, (), {}, "sendMessage", {"chat_id": 5}, ONCE)
        waited = asyncio.get_running_loop().time() - began
        other = await pacing.process_request(telegram, (), {}, "sendMessage", {"chat_id": 6}, ONCE)
        return waited, round(failure.value._retry_after.total_seconds()), other

    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        waited, left, other = runner.run(send())

    assert (waited < 1, left, other) == (True, 600, "taken")
    assert len(telegram.times) == 2
