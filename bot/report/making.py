"""Makes a report of the last days."""

from datetime import datetime

from bot.report.collecting import collect
from bot.report.grouping import Grouping, by_text
from bot.report.page import page
from bot.settings import BotSettings
from bot.store import Store
from bot.texts import REPORT_LANGUAGES
from index import Snapshot
from index.language import canonical, primary

DAYS = 30
"""How many days a report is about if nobody says otherwise."""


def make_report(
    settings: BotSettings,
    store: Store,
    snapshot: Snapshot,
    *,
    now: datetime,
    language: str,
    days: int = DAYS,
    grouping: Grouping = by_text,
) -> str:
    """The page, of no more days than questions are kept.

    Args:
        settings: How long they are kept, where the runs of the checks lie.
        store: What was asked and voted.
        snapshot: The documents that are served.
        now: The time where staff are.
        language: Of the page; all but Chinese is English.
        days: How far back, today included.
        grouping: Puts unanswered questions together that are the same one.

    Raises:
        StoreError: The database cannot be read.
    """
    language = _told_in(language)
    material = collect(
        store,
        snapshot,
        settings.data_dir,
        now=now,
        days=min(days, settings.retention_days),
        language=language,
    )
    return page(
        material,
        now=now,
        language=language,
        retention_days=settings.retention_days,
        grouping=grouping,
    )


def _told_in(language: str) -> str:
    """The language that a report is written in for who reads one, BCP 47."""
    code = canonical(language)
    if code == "zh-Hant":
        return code
    return primary(code) if primary(code) in REPORT_LANGUAGES else "en"
