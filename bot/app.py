"""The only place that wires objects together."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.answers.answerer import Answerer
from bot.settings import BotSettings
from index import (
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
    with progress_bar("unpacking the model") as progress:
        encoder = load_encoder(settings.encoder_model, settings.models_dir, progress)
    store = SnapshotStore(settings.data_dir)
    if build_if_missing and not store.is_published:
        say("no index yet: building it from " + ", ".join(map(str, settings.corpus_dirs)))
        with progress_bar("encoding passages") as progress:
            report = build(settings.corpus_dirs, settings.data_dir, encoder, progress)
        for problem in report.problems:
            report_error(str(problem))
        say(f"built {report.manifest.snapshot_id}: {len(report.manifest.documents)} documents")
    glossary = load_glossary(settings.corpus_dirs)
    return Answerer(Retriever(store.open_current(), encoder), glossary)


