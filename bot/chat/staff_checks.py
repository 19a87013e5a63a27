"""`/check`: the canned checks, what changed and the sums as text, all of them as a page."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.answers.answerer import Answerer
from bot.chat.replies import File, Reply, not_done
from bot.chat.rich_text import RichText
from bot.checks.history import keep_run
from bot.checks.last_run import Comparison, LastRun
from bot.checks.loading import load_checks
from bot.checks.page import page
from bot.checks.report import Sums
from bot.checks.running import run_checks
from bot.checks.values import CheckOutcome
from bot.errors import BotError
from bot.settings import BotSettings
from bot.texts import interface
from index import Progress

logger = logging.getLogger(__name__)

_NAMED = 6
"""So many checks are named: the text stands below a file, where Telegram has little room."""


def run_all(
    settings: BotSettings,
    answerer: Answerer,
    language: str,
    progress: Progress,
    started: datetime,
) -> Reply:
    """Run all checks, compare them with the last run, and keep this one for the next."""
    last = LastRun(settings.data_dir)
    try:
        outcomes = run_checks(load_checks(settings.check_dirs), answerer, progress)
    except BotError as error:
        return not_done(error, language)
    comparison = last.compare(outcomes)
    try:
        last.replace(outcomes)
        keep_run(settings.data_dir, outcomes, started)
    except OSError as error:  # the report itself is none the worse
        logger.warning("the results of the checks were not kept: %s", error.strerror)
    content = page(outcomes, comparison, started, language).encode()
    return Reply(
        text=RichText("\n".join(_lines(outcomes, comparison, language))),
        file=File("checks.html", content),
    )


def _lines(outcomes: Sequence[CheckOutcome], comparison: Comparison, language: str) -> list[str]:
    sums = Sums.of(outcomes)
    total = interface("check_done", language, passed=sums.passed, known=sums.known, new=sums.new)
    changed = (
        ("check_newly_failing", comparison.newly_failing),
        ("check_newly_passing", comparison.newly_passing),
    )
    return [*(interface(key, language, ids=_named(ids)) for key, ids in changed if ids), total]


def _named(ids: Sequence[str]) -> str:
    more = len(ids) - _NAMED
    return ", ".join(ids[:_NAMED]) + (f" … +{more}" if more > 0 else "")
