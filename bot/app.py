"""The only place that wires objects together."""

import asyncio
import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.answers.answerer import Answerer
from bot.settings import BotSettings
from index import (
    Encoder,
    Retriever,
    SnapshotStore,
    build,
    load_encoder,
    load_glossary,
    load_settings,
    names_of,
    progress_bar,
    refuse_unknown,
    report_error,
    say,
)

HOME = ZoneInfo("Asia/Shanghai")
"""Where "today" is: most users and all figures are in this time zone."""


def today() -> date:
    """The day in China."""
    return datetime.now(HOME).date()


def read_settings() -> BotSettings:
    """The settings in force.

    Raises:
        SettingsError: One is unknown or wrong.
    """
    refuse_unknown(names_of(BotSettings))
    return load_settings(BotSettings)


def make_answerer(settings: BotSettings, *, build_if_missing: bool = False) -> Answerer:
    """An answerer on the served snapshot.

    Args:
        settings: Where the index lies and which model encodes.
        build_if_missing: Build the index if nothing was ever published.

    Raises:
        CorpusIndexError: There is no usable index or model.
    """
    encoder = _encoder(settings)
    if build_if_missing:
        _build_if_missing(settings, encoder)
    return _answerer(settings, encoder)


def serve_telegram(settings: BotSettings) -> None:
    """Run the Telegram bot until it is stopped.

    Raises:
        BotError: Bad token, no network, a port taken, or a damaged database.
        CorpusIndexError: There is no usable index or model.
    """
    from bot.chat.conversation import Conversation
    from bot.chat.handlers import Handlers
    from bot.chat.live import LiveAnswerer
    from bot.chat.ordering import ByChat
    from bot.chat.staff import Staff
    from bot.chat.telegram_bot import serve
    from bot.store import Store

    encoder = _encoder(settings)
    _build_if_missing(settings, encoder)
    live = LiveAnswerer(SnapshotStore(settings.data_dir), lambda: _answerer(settings, encoder))
    store = Store(settings.data_dir / "smebot.sqlite")
    store.purge(settings.retention_days)
    order = ByChat()
    conversation = Conversation(live, store, today, settings.retention_days)
    staff = Staff(settings, live, store, encoder, lambda: order.in_progress)
    handlers = Handlers(conversation, staff, settings.questions_per_minute)
    try:
        asyncio.run(
            serve(settings, handlers, order, lambda: SnapshotStore(settings.data_dir).current_id())
        )
    finally:
        store.close()


def configure_logging() -> None:
    """Our lines on standard error; httpx stays quiet, because its lines hold the bot's token."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for name in ("httpx", "httpcore", "telegram", "alembic", "tornado.access", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _encoder(settings: BotSettings) -> Encoder:
    with progress_bar("unpacking the model") as progress:
        return load_encoder(settings.encoder_model, settings.models_dir, progress)


def _answerer(settings: BotSettings, encoder: Encoder) -> Answerer:
    snapshot = SnapshotStore(settings.data_dir).open_current()
    return Answerer(Retriever(snapshot, encoder), load_glossary(settings.corpus_dirs))


def _build_if_missing(settings: BotSettings, encoder: Encoder) -> None:
    if SnapshotStore(settings.data_dir).is_published:
        return
    say("no index yet: building it from " + ", ".join(map(str, settings.corpus_dirs)))
    with progress_bar("encoding passages") as progress:
        report = build(settings.corpus_dirs, settings.data_dir, encoder, progress)
    for problem in report.problems:
        report_error(str(problem))
    say(f"built {report.manifest.snapshot_id}: {len(report.manifest.documents)} documents")
