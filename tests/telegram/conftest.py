"""Telegram for tests: the fake server, a bot driven by hand, a small bot, and the real one."""

import asyncio
import itertools
import shutil
import time
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from telegram import Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, User
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters
from telegram.warnings import PTBDeprecationWarning

from bot.answers.answerer import Answerer
from bot.answers.operator import Operator
from bot.chat.conversation import Conversation
from bot.chat.handlers import Handlers
from bot.chat.hearing import hearing_of
from bot.chat.incoming import Incoming, Kind
from bot.chat.live import LiveAnswerer
from bot.chat.ordering import ByChat
from bot.chat.staff import Staff
from bot.chat.telegram_bot import serve
from bot.observing import observed_by
from bot.observing.answer_log import log_answer
from bot.observing.metrics import Metrics, State
from bot.settings import BotSettings
from bot.store import Store
from index import Glossary, Retriever, SnapshotStore, build
from index.encoder import Encoder, no_progress
from index.reader import Reader
from index.readers.word_reader import WordReader
from index.testing import HashingEncoder
from tests.bot.handmade_fits import decision_fit
from tests.conftest import Corpus
from tests.telegram.documents import DOCUMENTS
from tests.telegram.fake.client import BotClient
from tests.telegram.fake.server import FakeTelegram

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
TODAY = date(2026, 2, 15)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """A fresh Telegram with nobody on it; see `tests/telegram/fake/server.py`."""
    # python-telegram-bot 22 warns whenever it makes a RetryAfter; all warnings are errors here
    warnings.filterwarnings("ignore", ".*retry_after", PTBDeprecationWarning)
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def bot(telegram) -> Iterator[BotClient]:
    """Calls Bot API methods without a library."""
    with BotClient(telegram) as client:
        yield client


async def _echo(update, context):
    await update.effective_chat.send_action("typing")
    await update.effective_message.reply_text(
        f"you said {update.effective_message.text}", reply_markup=KEYBOARD
    )


async def _more(update, context):
    await update.callback_query.answer("here it is")
    await update.callback_query.edit_message_text("more")


@pytest.fixture
async def echo_bot(telegram):
    """A bot of python-telegram-bot that repeats what it is told; not yet fetching updates."""
    builder = ApplicationBuilder().token(telegram.token).base_url(telegram.base_url)
    app = builder.base_file_url(telegram.base_file_url).build()
    app.add_handler(MessageHandler(filters.TEXT, _echo))
    app.add_handler(CallbackQueryHandler(_more))
    async with app:
        await app.start()
        yield app
        if app.updater.running:
            await app.updater.stop()
        await app.stop()


@pytest.fixture(scope="session")
def served_once(tmp_path_factory) -> Path:
    """A directory with the corpus of this folder, its index and an empty database."""
    root = tmp_path_factory.mktemp("served")
    corpus = Corpus(root / "corpus")
    for name, (body, keys) in DOCUMENTS.items():
        corpus.write(f"{name}.md", body, **{"topic": name.split("/")[0]} | keys)
    report = build((corpus.directory,), root / ".smebot", HashingEncoder(), no_progress)
    assert not report.problems
    retriever = Retriever(SnapshotStore(root / ".smebot").open_current(), HashingEncoder())
    for question in ("How many booths has the tea fair?", "茶叶博览会有多少展位？"):
        Answerer(retriever, Glossary(), WordReader()).answer(
            question, today=TODAY
        )  # dictionaries are loaded
    Store(root / ".smebot" / "smebot.sqlite").close()
    return root


@pytest.fixture
def low_threshold(monkeypatch) -> None:
    """Answer wherever the index has the question's words: the fake encoder's cosines tell nothing.

    Set-up: that the shipped fit abstains well is tested with the real model.
    """
    monkeypatch.setattr("bot.answers.answerer.shipped_decision_fit", decision_fit)


@pytest.fixture
def all_is_near(monkeypatch) -> None:
    """Whatever is found is of the subject of a question; named before `running`."""
    for module in ("case", "steps.compose"):
        monkeypatch.setattr(f"bot.answers.{module}.NEAR", -1.0)


@dataclass
class Running:
    """The bot of the program, wired as `bot.app.serve_telegram` does, on the test's loop."""

    telegram: FakeTelegram
    root: Path
    encoder: Encoder
    options: dict[str, object]
    today: date = TODAY
    hour: int = 8
    """Before that of the daily note."""
    glossary: Glossary | None = None
    """Instead of that of the corpus."""
    reader: Reader = field(default_factory=WordReader)
    task: asyncio.Task[None] | None = None

    @property
    def corpus(self) -> Corpus:
        return Corpus(self.root / "corpus")

    @property
    def snapshots(self) -> SnapshotStore:
        return SnapshotStore(self.settings.data_dir)

    def _answerer(self) -> Answerer:
        snapshot = self.snapshots.open_current()
        return Answerer(
            Retriever(snapshot, self.encoder),
            self.glossary or snapshot.glossary,
            self.reader,
            operator=Operator.of(self.settings, hands_over=True),
        )

    async def start(self) -> None:
        """Until it fetches updates, or was ended by an error, which is raised."""
        given = {
            "data_dir": self.root / ".smebot",
            "corpus_dirs": (self.root / "corpus",),
            "telegram_token": self.telegram.token,
            "telegram_api_url": self.telegram.root_url,
            "questions_per_minute": 600,
        }
        self.settings = BotSettings(**given | self.options)
        self.live = LiveAnswerer(self.snapshots, self._answerer)
        self.store = Store.of(self.settings)
        self.order = ByChat()
        metrics = Metrics()
        # Telegram's dates are whole seconds: what a test sends in the first one is not late.
        self.order.started = self.order.started.replace(microsecond=0)
        hands_over = self.settings.handover_chat_id is not None
        conversation = Conversation(
            self.live,
            self.store,
            lambda: self.today,
            90,
            hands_over=hands_over,
            staff_ids=self.settings.staff_ids,
            observe=observed_by(metrics.answered, log_answer),
        )
        self.staff = Staff(
            self.settings,
            self.live,
            self.store,
            self.encoder,
            lambda: self.order.in_progress,
            lambda: datetime(*self.today.timetuple()[:3], self.hour, tzinfo=UTC),
        )
        handlers = Handlers(conversation, self.staff, hearing_of(self.settings))
        metrics.watch(
            lambda: State(
                queue=self.order.in_progress,
                errors=self.staff.errors.counts,
                snapshot=self.live.current().retriever.snapshot,
            )
        )
        self._stop = asyncio.Event()
        work = serve(
            self.settings,
            handlers,
            self.order,
            self.store,
            snapshot=self.snapshots.current_id,
            metrics=metrics,
            tidy_up=lambda: self.store.purge(self.settings.retention_days),
            stop=self._stop,
        )
        before = len(self._receiving())
        self.task = asyncio.create_task(work)
        while len(self._receiving()) == before and not self.task.done():
            await asyncio.sleep(0.003)
        if self.task.done():
            await self.task

    def _receiving(self) -> list[object]:
        return [*self.telegram.calls_of("getUpdates"), *self.telegram.calls_of("setWebhook")]

    async def stop(self) -> None:
        """As a signal does; returns when the program has ended."""
        if self.task:
            self._stop.set()
            task, self.task = self.task, None
            await task
            self.store.close()


StartBot = Callable[..., Awaitable[Running]]


@pytest.fixture
async def start_bot(telegram, tmp_path, served_once, low_threshold):
    """`await start_bot(staff_ids={1}, ...)`: the running bot; it is stopped after the test.

    Whatever the test did, Telegram refused nothing and no handler failed; a test that provokes
    either takes it away with `accept_refusals` and `staff.errors.clear()`.
    """
    shutil.copytree(served_once, tmp_path, dirs_exist_ok=True)
    started: list[Running] = []

    async def start(*, glossary: Glossary | None = None, **options: object) -> Running:
        running = Running(telegram, tmp_path, HashingEncoder(), options, glossary=glossary)
        started.append(running)
        await running.start()
        return running

    yield start
    for running in started:
        with suppress(AttributeError):  # it could not be started
            await running.stop()
            assert list(running.staff.errors) == []
    telegram.assert_clean()


@pytest.fixture
async def running(start_bot) -> Running:
    """The bot with its default settings."""
    return await start_bot()


@pytest.fixture
def boss(telegram):
    """Of the staff, and has opened a chat with the bot before."""
    return telegram.user("Boss", started=True)


@pytest.fixture
async def office(start_bot, boss):
    """The bot that knows its staff."""
    return await start_bot(staff_ids={boss.id})


@pytest.fixture
def accept_refusals(telegram) -> Callable[[], list[str]]:
    """`accept_refusals()`: the refused calls so far, which count no more at the end."""

    def accept() -> list[str]:
        refused = telegram.refused
        for call in refused:
            call.injected = True
        return [f"{call.method}: {call.description}" for call in refused]

    return accept


@pytest.fixture
def no_pacing(monkeypatch) -> None:
    """Telegram's limits put aside, for tests of the bot's own speed; named before `running`."""
    for limit in ("_OVERALL", "_ONE_CHAT"):
        monkeypatch.setattr(f"bot.chat.pacing.{limit}", (10_000, 1.0))


@pytest.fixture
def put_back(telegram) -> Callable[..., None]:
    """`put_back(seconds)`: everything that waits for the bot was sent so long ago."""

    def put(seconds: int) -> None:
        with telegram.state.lock:
            for pending, late in zip(telegram.state.updates.pending, itertools.count()):
                message = pending.update.get("message")
                if message:
                    message["date"] = int(time.time()) - seconds + min(late, seconds - 2)

    return put


@pytest.fixture
def slow_search(monkeypatch) -> None:
    """Finding takes longer than a person waits without noticing."""
    find = Retriever.search
    monkeypatch.setattr(Retriever, "search", lambda *args: time.sleep(0.4) or find(*args))


@pytest.fixture(scope="session")
def incoming() -> Callable[..., Incoming]:
    """`incoming(Kind.BUTTON, sender=1, chat=-5)`: an update as the queue sees it."""
    numbers = itertools.count(1)

    def make(
        kind: Kind = Kind.QUESTION,
        *,
        sender: int = 1,
        chat: int | None = None,
        date: datetime | None = None,
    ) -> Incoming:
        chat = sender if chat is None else chat
        message = Message(
            next(numbers),
            date or datetime.now(UTC),
            Chat(chat, "private" if chat > 0 else "group"),
            from_user=User(sender, "P", is_bot=False),
            text="a question",
        )
        with_message = kind in (Kind.QUESTION, Kind.PART, Kind.COMMAND, Kind.FORGET)
        return Incoming(
            update=Update(message.message_id, message=message if with_message else None),
            kind=kind,
            sender=sender,
            chat=chat,
            is_private=chat > 0,
            payload="{}",
        )

    return make


@pytest.fixture
def li(telegram):
    """An owner whose Telegram speaks English."""
    return telegram.user("Li")


@pytest.fixture
def wang(telegram):
    """An owner whose Telegram speaks Chinese."""
    return telegram.user("Wang", language_code="zh-hans")
