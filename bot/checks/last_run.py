"""How each check went when it was last run, kept in the data directory, and what changed since."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.checks.values import FAILURES, PASSES, CheckOutcome
from index.durable import replace_text

logger = logging.getLogger(__name__)

_FILE = "checks.json"
_RESULTS = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What went otherwise than when it was last run: ids of checks, in the order of the run."""

    newly_failing: tuple[str, ...] = ()
    newly_passing: tuple[str, ...] = ()


UNCHANGED = Comparison()


class LastRun:
    """The results of earlier runs, each check's newest; a run of a few leaves the others be."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / _FILE
        self.labels: Mapping[str, str] = _read(self._path)
        """Id of a check -> its label; empty before the first run."""

    def failed(self) -> set[str]:
        """Ids of the checks that failed unexpectedly, or were wrong themselves."""
        return {name for name, label in self.labels.items() if label in FAILURES}

    def compare(self, outcomes: Sequence[CheckOutcome]) -> Comparison:
        """What changed; a check that was never run before has not changed."""
        then_passed = {name: label in PASSES for name, label in self.labels.items()}
        changed = [
            outcome
            for outcome in outcomes
            if then_passed.get(outcome.check.id, outcome.passed) != outcome.passed
        ]
        return Comparison(
            newly_failing=tuple(each.check.id for each in changed if not each.passed),
            newly_passing=tuple(each.check.id for each in changed if each.passed),
        )

    def replace(self, outcomes: Sequence[CheckOutcome]) -> None:
        """Keep this run for the next one.

        Raises:
            OSError: It cannot be written.
        """
        self.labels = {**self.labels, **{each.check.id: each.label for each in outcomes}}
        replace_text(self._path, json.dumps(self.labels, indent=0, sort_keys=True))


def _read(path: Path) -> dict[str, str]:
    """What cannot be read counts as no run: the next one writes it anew."""
    try:
        return _RESULTS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError):
        logger.warning("%s cannot be read: this run is compared with none", path)
        return {}
