"""The sums of earlier runs of all checks, kept in the data directory."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.checks.report import Sums
from bot.checks.values import CheckOutcome
from index.durable import replace_text

logger = logging.getLogger(__name__)

_FILE = "checks-history.json"
_RUNS_KEPT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """How one run of all checks went."""

    at: datetime
    passed: int
    known: int
    """Failed, and were expected to."""
    new: int
    """Failed unexpectedly, or are wrong themselves."""


_RUNS = TypeAdapter(list[CheckRun])


def earlier_runs(data_dir: Path) -> list[CheckRun]:
    """The runs that are kept, oldest first; none if they cannot be read."""
    path = data_dir / _FILE
    try:
        return _RUNS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValidationError):
        logger.warning("%s cannot be read: it is begun anew", path)
        return []


def keep_run(data_dir: Path, outcomes: Sequence[CheckOutcome], at: datetime) -> None:
    """Keep how a run of all checks went; one of a few would not compare with the others.

    Raises:
        OSError: It cannot be written.
    """
    sums = Sums.of(outcomes)
    run = CheckRun(at=at, passed=sums.passed, known=sums.known, new=sums.new)
    runs = [*earlier_runs(data_dir), run][-_RUNS_KEPT:]
    replace_text(data_dir / _FILE, _RUNS.dump_json(runs, indent=0).decode())
