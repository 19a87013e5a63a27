"""The only place that wires objects together."""

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.answers.answerer import Answerer
from bot.answers.operator import Operator
from bot.fetching import fetch, keep_fetching
from bot.loading import loading
from bot.settings import BotSettings
from index import (
    Encoder,
    Reader,
    Retriever,
    SnapshotStore,
    load_encoder,
    load_reader,
    snapshot_store,
)
from index.errors import EncoderMismatchError, OutdatedSnapshotError, SnapshotError
from index.settings import load_settings, names_of, refuse_unknown
from index.snapshots import shared_place, vector_engine
from index.terminal import progress_bar, report_error, say

if TYPE_CHECKING:
    from bot.chat.live import LiveAnswerer

HOME = ZoneInfo("Asia/Shanghai")
"""Where "today" is: most users and all figures are in this time zone."""


def clock() -> datetime:
    """The time in China."""
    return datetime.now(HOME)


def today() -> date:
    """The day in China."""
    return clock().date()


def read_settings(**overrides: object) -> BotSettings:
    """The settings in force.

    Args:
        overrides: From the command line; those that are None are left to the environment.

    Raises:
        SettingsError: One is unknown or wrong.
    """
    refuse_unknown(names_of(BotSettings))
    return load_settings(BotSettings, **overrides)


def make_answerer(settings: BotSettings) -> Answerer:
    """An answerer on the served snapshot.

    Raises:
        CorpusIndexError: There is no usable index or model.
    """
    return _answerer(settings, *_models(settings))


def answerer_to_compare(settings: BotSettings, encoder: Encoder | None = None) -> Answerer | None:
    """An answerer on the served snapshot; None, and why is told, where that cannot be asked.

    Args:
        settings: Where it lies.
        encoder: That of the settings; loaded if left out.

    Raises:
        ModelError: There is no usable model.
    """
    try:
        if encoder is None:
            return make_answerer(settings)
        return _answerer(settings, encoder, _reader(settings))
    except (SnapshotError, EncoderMismatchError) as error:
        say(f"answers are not compared with those of the served index: {error}")
        return None


def make_retriever(settings: BotSettings) -> Retriever:
    """A search in the served snapshot.

    Raises:
        CorpusIndexError: There is no usable index or model.
    """
    return Retriever(snapshot_store(settings).open_current(), make_encoder(settings))


def converse_in_terminal(settings: BotSettings, day: date, language: str | None) -> None:
    """The conversation of the Telegram bot with one person, on standard input and output.

    Args:
        settings: Where the index lies and which model encodes.
        day: "Today".
        language: Of questions and answers; found out if not given.

    Raises:
        CorpusIndexError: There is no usable index or model.
    """
    from bot.chat.conversation import Conversation
    from bot.chat.terminal import converse, show_answer
    from bot.store import Store

    live = _live(settings, *_models(settings))
    store = Store(None)  # what is said here is not kept
    try:
        conversation = Conversation(live, store, lambda: day, settings.retention_days, show_answer)
        converse(conversation, language)
    finally:
        store.close()


def serve_telegram(settings: BotSettings) -> None:
    """Run the Telegram bot until it is stopped.

    Raises:
        BotError: Bad token, no network, a port taken, or a damaged database.
        CorpusIndexError: There is no usable index or model.
    """
    from bot.chat.loading_page import loading_page

    with loading_page(settings.health_port), loading(to_stay=True):
        from bot.chat.conversation import Conversation
        from bot.chat.handlers import Handlers
        from bot.chat.hearing import hearing_of
        from bot.chat.ordering import ByChat
        from bot.chat.staff import Staff
        from bot.chat.telegram_bot import serve
        from bot.chat.work import Threads
        from bot.observing import observed_by
        from bot.observing.answer_log import log_answer
        from bot.observing.metrics import Metrics, State
        from bot.observing.traces import Traces, traces_wanted
        from bot.store import Store

        traces = Traces() if traces_wanted(os.environ) else None
        encoder, reader = _models(settings)
        if settings.snapshots_url:
            fetch(settings)
        live = _live(settings, encoder, reader, warm_up=True, hands_over=True)
    metrics = Metrics()
    keep_fetching(settings)
    store = Store.of(settings)
    order = ByChat()
    hands_over = settings.handover_chat_id is not None
    conversation = Conversation(
        live,
        store,
        today,
        settings.retention_days,
        hands_over=hands_over,
        staff_ids=settings.staff_ids,
        observe=observed_by(metrics.answered, log_answer, *([traces.answered] if traces else [])),
    )
    staff = Staff(settings, live, store, encoder, lambda: order.in_progress, clock)
    handlers = Handlers(conversation, staff, hearing_of(settings))
    metrics.watch(
        lambda: State(
            queue=order.in_progress,
            errors=staff.errors.counts,
            snapshot=live.current().retriever.snapshot,
        )
    )
    threads = Threads()

    async def run() -> None:
        asyncio.get_running_loop().set_default_executor(threads)
        await serve(
            settings,
            handlers,
            order,
            store,
            snapshot=snapshot_store(settings).current_id,
            metrics=metrics,
            tidy_up=lambda: store.purge(settings.retention_days),
        )

    try:
        asyncio.run(run())
    finally:
        store.close()
        if traces:
            traces.close()
    if threads.is_busy:  # Python would wait for them, however long an answer takes
        logging.shutdown()
        os._exit(0)


def make_encoder(settings: BotSettings) -> Encoder:
    """The encoder that the settings name.

    Raises:
        ModelError: Its files cannot be had.
    """
    with progress_bar("unpacking the model") as progress:
        return load_encoder(settings.encoder_model, settings.models_dir, progress)


def _reader(settings: BotSettings) -> Reader:
    with progress_bar("unpacking the reader") as progress:
        return load_reader(settings.reader_model, settings.models_dir, progress)


def _models(settings: BotSettings) -> tuple[Encoder, Reader]:
    """Both models, loaded beside each other."""
    with progress_bar("unpacking the models") as progress, ThreadPoolExecutor(1) as beside:
        loading = beside.submit(load_reader, settings.reader_model, settings.models_dir, progress)
        encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
        return encoder, loading.result()


def _answerer(
    settings: BotSettings, encoder: Encoder, reader: Reader, *, hands_over: bool = False
) -> Answerer:
    snapshot = snapshot_store(settings).open_current()
    return Answerer(
        Retriever(snapshot, encoder),
        snapshot.glossary,
        reader,
        operator=Operator.of(settings, hands_over=hands_over),
    )


def _live(
    settings: BotSettings,
    encoder: Encoder,
    reader: Reader,
    *,
    warm_up: bool = False,
    hands_over: bool = False,
) -> "LiveAnswerer":
    """The answerer in service, on an index that is built if there is none of this version.

    Args:
        settings: Where the index lies.
        encoder: Of questions.
        reader: Of what is found.
        warm_up: Load all dictionaries at once, so that nobody's first question waits for them.
        hands_over: Whether questions can be passed on to staff from here.
    """
    from bot.chat.live import LiveAnswerer
    from bot.warming import warm

    def make() -> Answerer:
        answerer = _answerer(settings, encoder, reader, hands_over=hands_over)
        if warm_up:
            warm(answerer, today())
        return answerer

    _build_if_needed(settings, encoder)
    return LiveAnswerer(snapshot_store(settings), make)


def _build_if_needed(settings: BotSettings, encoder: Encoder) -> None:
    from index import build

    reason = _what_the_index_lacks(snapshot_store(settings))
    if not reason:
        return
    say(f"{reason}: building it from " + ", ".join(map(str, settings.corpus_dirs)))
    with progress_bar("encoding passages") as progress:
        report = build(
            settings.corpus_dirs,
            settings.data_dir,
            encoder,
            progress,
            vectors=vector_engine(settings),
            shared=shared_place(settings),
        )
    for error in report.errors:
        report_error(str(error))
    say(f"built {report.manifest.snapshot_id}: {len(report.manifest.documents)} documents")


def _what_the_index_lacks(store: SnapshotStore) -> str | None:
    if not store.is_published:
        return "no index yet"
    try:
        store.manifest(store.current_id())
    except OutdatedSnapshotError:
        return "the index is of another version of smebot"
    return None
