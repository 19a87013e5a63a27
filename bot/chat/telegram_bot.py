"""The Telegram application: wiring, commands, and how it ends in time."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.chat.connection import CONNECT_S, NOT_ACCEPTED, Proxy, proxy_for
from bot.chat.conversation import OWNER_COMMANDS
from bot.chat.daily_note import send_daily_notes
from bot.chat.handlers import Handlers
from bot.chat.health import Pulse, Vitals, serve_health
from bot.chat.intake import Intake
from bot.chat.leading import Lead
from bot.chat.limits import Limits
from bot.chat.ordering import ByChat, Waiting
from bot.chat.pacing import Pacing
from bot.chat.polling import Polling, QuietRequest, RawBot
from bot.chat.profile import describe, set_menus
from bot.chat.reminders import keep_noticing_sleepers, send_reminders
from bot.chat.sharing import SharedIntake
from bot.chat.staff_handlers import COMMANDS as STAFF_COMMANDS
from bot.chat.starting import keep_trying, order_updates
from bot.chat.webhook import serve_webhook
from bot.chat.work import Threads
from bot.errors import TelegramStartError
from bot.observing.metrics import Metrics
from bot.settings import BotSettings
from bot.store import Inbox, Replica, Store

if TYPE_CHECKING:
    from bot.store.presence import Presence

logger = logging.getLogger(__name__)

_READ_S, _POOL_S = 30.0, 10.0
_CONNECTIONS = 64
_DAY_S = 86_400.0
_PROBE_S = 60.0
_GRACE_S = 8.0
"""Answers in progress get so long to be finished; the next program answers the rest."""
_CLOSE_S = 2.0

App = Application[Any, Any, Any, Any, Any, Any]


def make_application(
    settings: BotSettings, handlers: Handlers, throttled: Callable[[], None]
) -> App:
    """The application with all handlers, not yet started.

    Args:
        settings: Token, addresses.
        handlers: Answer.
        throttled: Called whenever Telegram refuses a call with 429.

    Raises:
        TelegramStartError: There is no token, Telegram would not accept it, or the proxy
            cannot be used.
    """
    if settings.telegram_token is None:
        raise TelegramStartError("SMEBOT_TELEGRAM_TOKEN is not set")
    root = str(settings.telegram_api_url).rstrip("/")
    proxy = proxy_for(settings)
    try:
        bot = RawBot(
            settings.telegram_token.get_secret_value(),
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=_request(_CONNECTIONS, proxy, throttled),
            get_updates_request=_request(1, proxy, throttled),
            rate_limiter=Pacing(),
        )
    except InvalidToken as error:
        raise TelegramStartError(NOT_ACCEPTED) from error
    application = ApplicationBuilder().bot(bot).updater(None).build()
    _add_handlers(application, handlers)
    return application


def _request(connections: int, proxy: Proxy | None, throttled: Callable[[], None]) -> QuietRequest:
    return QuietRequest(
        throttled,
        connection_pool_size=connections,
        proxy=str(proxy.url) if proxy else None,
        connect_timeout=CONNECT_S,
        read_timeout=_READ_S,
        pool_timeout=_POOL_S,
    )


def _add_handlers(application: App, handlers: Handlers) -> None:
    new = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler(OWNER_COMMANDS, handlers.command, filters=new))
    application.add_handler(CommandHandler(STAFF_COMMANDS, handlers.staff_command, filters=new))
    application.add_handler(
        MessageHandler(new & filters.COMMAND & filters.ChatType.PRIVATE, handlers.unknown_command)
    )
    application.add_handler(
        MessageHandler(new & filters.TEXT & ~filters.COMMAND, handlers.question)
    )
    application.add_handler(
        MessageHandler(new & ~filters.TEXT & ~filters.StatusUpdate.ALL, handlers.other_kind)
    )
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, handlers.edited))
    application.add_handler(CallbackQueryHandler(handlers.button))
    application.add_handler(InlineQueryHandler(handlers.inline))
    application.add_error_handler(handlers.failed)


async def serve(
    settings: BotSettings,
    handlers: Handlers,
    order: ByChat,
    store: Store,
    *,
    snapshot: Callable[[], str],
    metrics: Metrics,
    tidy_up: Callable[[], None],
    stop: asyncio.Event | None = None,
) -> None:
    """Run the bot until it is to stop, however long Telegram cannot be reached.

    Args:
        settings: Token, addresses, ports.
        handlers: Answer.
        order: In which updates are handled.
        store: Keeps them until they are.
        snapshot: Tells what is served, for the health page.
        metrics: Count what happens.
        tidy_up: Called at the start and once a day.
        stop: Ends the bot when it is set; signals do so if it is left out.

    Raises:
        TelegramStartError: The token is not accepted, or a port is taken.
    """
    stop = stop or _stop_on_signal()
    application = make_application(settings, handlers, metrics.throttled)
    vitals = Vitals(
        pulse=Pulse(),
        snapshot=snapshot,
        stuck_s=order.stuck_s,
        probe_database=store.probe,
        metrics=metrics,
    )
    health = None
    if settings.health_port:
        password, make_page = settings.report_password, handlers.staff.report_page
        report = (password.get_secret_value(), make_page) if password else None
        health = serve_health(settings.health_port, vitals, report)
    replica = store.replica
    lead = Lead(is_mine=replica is None)
    daily = asyncio.create_task(lead.run(lambda: _every_day(tidy_up)))
    try:
        service = _Service(settings, application, handlers, order, vitals.pulse, lead)
        service.take_from(store.inbox, replica)
        await service.run(stop)
    finally:
        daily.cancel()
        if health:
            health.stop()
            await _at_most(health.close_all_connections())
        await _at_most(_shut_down(application))


class _Service:
    """One bot between its start and its end."""

    def __init__(
        self,
        settings: BotSettings,
        application: App,
        handlers: Handlers,
        order: ByChat,
        pulse: Pulse,
        lead: Lead,
    ) -> None:
        self._settings = settings
        self._application = application
        self._handlers = handlers
        self._order = order
        self._pulse = pulse
        self._lead = lead
        self._thread = Threads(1)

    def take_from(self, inbox: Inbox, replica: Replica | None) -> None:
        """Where updates are kept: for this program, or for all that share the work."""
        limits = Limits(self._settings.questions_per_minute, self._settings.staff_ids)
        bot, order, thread = self._application.bot, self._order, self._thread
        alone = Intake(bot, inbox, order, limits, thread)
        self._intake: Intake | SharedIntake = alone
        if replica:
            changed = partial(self._look_around, replica.presence)
            self._intake = SharedIntake(
                bot, replica, order, limits, thread, alone=alone, changed=changed
            )
        self._polling = Polling(bot, self._intake, self._pulse)

    def _look_around(self, presence: "Presence") -> None:
        """Programs that share the work came or went, or the lead did."""
        self._lead.set(is_mine=presence.leads)
        pacing = self._application.bot.rate_limiter
        if presence.living and isinstance(pacing, Pacing):
            pacing.share_among(len(presence.living))

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set.

        Raises:
            TelegramStartError: The token is not accepted, or a port is taken.
        """
        server = serve_webhook(self._settings, self._intake) if self._is_webhook else None
        ending = asyncio.create_task(stop.wait())
        try:
            await _first_of(ending, asyncio.create_task(self._receive(by_webhook=bool(server))))
        finally:
            ending.cancel()
            if server:
                server.stop()
            await self._order.stop(_GRACE_S)
            await _at_most(server.close_all_connections() if server else self._polling.confirm())
            await _at_most(self._intake.close())
            self._thread.shutdown()

    @property
    def _is_webhook(self) -> bool:
        return self._settings.webhook_url is not None

    async def _receive(self, *, by_webhook: bool) -> None:
        bot = self._application.bot
        await keep_trying(self._application.initialize, self._settings)
        await keep_trying(lambda: set_menus(bot, self._settings.staff_ids), self._settings)
        await self._intake.restore()
        self._order.start(self._handle)
        await keep_trying(lambda: order_updates(bot, self._settings), self._settings)
        self._pulse.beat()
        logger.info("running as @%s", bot.username)
        beside = [
            asyncio.create_task(describe(bot)),
            *(asyncio.create_task(self._lead.run(work)) for work in self._of_one(bot)),
        ]
        if isinstance(self._intake, SharedIntake):
            sleepers = keep_noticing_sleepers(self._handlers.reminders)
            beside.append(asyncio.create_task(sleepers))
        try:
            await (self._probe() if by_webhook else self._lead.run(self._polling.run))
        except InvalidToken as error:
            raise TelegramStartError(NOT_ACCEPTED) from error
        finally:
            for task in beside:
                task.cancel()

    def _of_one(self, bot: ExtBot[int]) -> Iterator[Callable[[], Awaitable[None]]]:
        """What only one of several programs does."""
        yield lambda: send_daily_notes(bot, self._handlers.staff)
        yield lambda: self._handlers.handover.keep_ending(bot)
        yield lambda: send_reminders(bot, self._handlers.reminders)

    async def _handle(self, item: Waiting) -> None:
        await self._handlers.reminders.heard_from(item.incoming)
        if item.notice_s:
            context = ContextTypes.DEFAULT_TYPE.from_update(
                item.incoming.update, self._application
            )
            await self._handlers.slow_down(item.incoming.update, context, item.notice_s)
        elif await self._intake.is_worth_trying(item):
            await self._application.process_update(item.incoming.update)
        self._intake.finished(item)

    async def _probe(self) -> None:
        """By webhook Telegram calls only when there is something: ask it now and then."""
        while True:
            await asyncio.sleep(_PROBE_S)
            try:
                await self._application.bot.get_me()
                self._pulse.beat()
            except InvalidToken:
                raise
            except TelegramError as error:
                logger.warning("Telegram cannot be reached (%s)", error)


async def _first_of(*tasks: asyncio.Task[Any]) -> None:
    """Wait for the first; the others are cancelled, and its error is raised."""
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    while pending:  # a library in between may have swallowed the first cancellation
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_CLOSE_S)
    for task in done:
        task.result()


async def _at_most(work: Awaitable[None]) -> None:
    """Wait for something at the end, but not for long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_CLOSE_S):
            await work


async def _shut_down(application: App) -> None:
    await application.shutdown()
    await application.bot.shutdown()  # after a failed start the application leaves it open


async def _every_day(work: Callable[[], None]) -> None:
    while True:
        try:
            await asyncio.to_thread(work)
        except Exception:  # the bot goes on answering, and tries again tomorrow
            logger.exception("tidying up failed")
        await asyncio.sleep(_DAY_S)


def _stop_on_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(name, stop.set)
    return stop
