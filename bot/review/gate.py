"""What speaks against serving a candidate; found once, and kept until something changes."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.answers.answerer import Answerer
from bot.checks.loading import load_checks
from bot.checks.values import Check
from bot.review.asking import review
from bot.review.values import Difference, Review
from bot.settings import BotSettings
from index import Progress, Remark, snapshot_store
from index.durable import replace_text

_FILE = "review.json"
_KEPT = TypeAdapter(dict[str, tuple[Remark, ...]])


class Reviewing:
    """Reviews the candidates of one data directory."""

    def __init__(
        self,
        settings: BotSettings,
        served: Callable[[], Answerer | None],
        today: Callable[[], date],
    ) -> None:
        """Reviews with the checks that the settings name.

        Args:
            settings: Where everything lies.
            served: Answers from the served snapshot; None where that cannot be asked.
            today: The day on which people's questions are asked.
        """
        self._settings = settings
        self._served = served
        self._today = today
        self._store = snapshot_store(settings)
        self._of_checks: dict[str, list[Difference]] = {}
        """How the checks differ between the two snapshots that were compared last."""

    def review(
        self, candidate: str, asked: Sequence[Sequence[str]], progress: Progress
    ) -> Review | None:
        """Ask both, and keep what would break; None where nothing is served that can be asked.

        Raises:
            CorpusIndexError: The candidate cannot be opened.
            CheckFileError: The checks are not sound.
            OSError: What was found cannot be kept.
        """
        served = self._served()
        if served is None:
            return None
        checks = checks_of(self._settings)
        key = _key(candidate, served.retriever.snapshot.manifest.snapshot_id, checks)
        found = review(
            served,
            self._store.open(candidate),
            checks,
            asked,
            progress=progress,
            today=self._today(),
            known=self._of_checks.get(key),
        )
        self._of_checks = {key: [each for each in found.differences if each.check]}
        replace_text(self._path, _KEPT.dump_json({key: found.broken}).decode())
        return found

    def objections(self, candidate: str, progress: Progress) -> Sequence[Remark]:
        """The checks that would break; asked only where that is not known yet.

        Raises:
            As `review` does.
        """
        served = self._store.current_id()
        if candidate == served or candidate not in self._store.ids():
            return ()
        known = self._kept().get(_key(candidate, served, checks_of(self._settings)))
        if known is not None:
            return known
        found = self.review(candidate, (), progress)
        return found.broken if found else ()

    @property
    def _path(self) -> Path:
        return self._settings.data_dir / _FILE

    def _kept(self) -> dict[str, tuple[Remark, ...]]:
        try:
            return _KEPT.validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return {}


def checks_of(settings: BotSettings) -> list[Check]:
    """The canned checks; none where the corpus has no folder of them and no setting names one.

    Raises:
        CheckFileError: They are not sound, or what a setting names is missing.
    """
    is_named = "check_dirs" in settings.model_fields_set
    if not is_named and not any(path.exists() for path in settings.check_dirs):
        return []
    return load_checks(settings.check_dirs)


def _key(candidate: str, served: str, checks: Sequence[Check]) -> str:
    """What the result of a review depends on."""
    asked = "\n".join(check.model_dump_json() for check in checks)
    return f"{candidate} {served} {hashlib.sha256(asked.encode()).hexdigest()[:16]}"
