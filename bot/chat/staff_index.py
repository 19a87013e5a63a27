"""`/reindex` and `/rollback`: build aside, show what would change, publish, discard, go back."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.chat.live import LiveAnswerer
from bot.chat.recent_errors import RecentErrors
from bot.chat.replies import Button, Reply, not_done, plain
from bot.chat.staff_review import blocked, report_of
from bot.errors import BotError, StoreError
from bot.review.gate import Reviewing
from bot.review.values import WEEK_DAYS, Review
from bot.settings import BotSettings
from bot.store import Store, now
from bot.texts import interface
from index import BuildReport, CorpusIndexError, Encoder, Progress, Remark, build, snapshot_store
from index.errors import BuildLockedError, PublicationBlockedError
from index.snapshots import shared_place, vector_engine


def no_progress(_done: int, _total: int) -> None:
    """For callers to whom nobody listens."""


class StaffIndex:
    """Staff's commands for the index; each is logged with who and when."""

    def __init__(
        self,
        settings: BotSettings,
        live: LiveAnswerer,
        store: Store,
        encoder: Encoder,
        clock: Callable[[], datetime],
        errors: RecentErrors,
    ) -> None:
        """What staff of one bot can do with its index.

        Args:
            settings: Where everything lies.
            live: What answers, and follows what is published.
            store: Remembers who did what, and what people asked.
            encoder: Of passages.
            clock: The time where staff are.
            errors: Gets the kinds of those that happen.
        """
        self._settings = settings
        self._live = live
        self._store = store
        self._encoder = encoder
        self._clock = clock
        self._errors = errors
        self._snapshots = snapshot_store(settings)
        self._reviewing = Reviewing(settings, live.current, lambda: clock().date())
        self._names: dict[str, str] = {}
        """How those who build are called; kept nowhere else."""

    def reindex(
        self,
        user_id: int,
        language: str,
        progress: Progress,
        *,
        comparing: Progress = no_progress,
        name: str = "",
        with_questions: bool = False,
    ) -> Reply:
        """`/reindex`: build aside, report what would change, and offer to publish.

        Args:
            user_id: Who wants it.
            language: Of the report.
            progress: Told how many passages are encoded.
            comparing: Told how many questions are asked.
            name: What they are called, for others of the staff who want it meanwhile.
            with_questions: Whether what people asked is compared too, and so shown.
        """
        self._store.log_staff(user_id, "reindex")
        self._names[_by(user_id)] = name
        reviews: list[Review | None] = []

        def review(report: BuildReport) -> Sequence[Remark]:
            asked = self._asked() if with_questions else []
            found = self._reviewing.review(report.manifest.snapshot_id, asked, comparing)
            reviews.append(found)
            return found.broken if found else ()

        try:
            report = build(
                self._settings.corpus_dirs,
                self._settings.data_dir,
                self._encoder,
                progress,
                publish=False,
                by=_by(user_id),
                review=review,
                vectors=vector_engine(self._settings),
                shared=shared_place(self._settings),
            )
        except BuildLockedError as error:
            by = self._names.get(error.by) or error.by or "?"
            return plain(interface("reindex_locked", language, by=by, since=error.since or "?"))
        except (CorpusIndexError, BotError, OSError) as error:
            self._errors.append(f"reindex: {type(error).__name__}")
            return not_done(error, language, key="reindex_failed")
        return report_of(
            report,
            reviews[0] if reviews else None,
            self._settings.corpus_dirs,
            self._names,
            language,
            made=self._clock(),
        )

    def _asked(self) -> list[tuple[str, ...]]:
        try:
            return self._store.answers.conversations(now() - timedelta(WEEK_DAYS))
        except StoreError:  # `/status` tells of it
            return []

    def publish(
        self,
        user_id: int,
        language: str,
        snapshot: str,
        *,
        override: str = "",
        progress: Progress = no_progress,
    ) -> Reply:
        """The button below a finished build, or the reason to publish it all the same.

        What speaks against it is looked up anew: something else may be served by now.
        """
        self._store.log_staff(user_id, "publish", snapshot)
        try:
            objections = self._reviewing.objections(snapshot, progress)
            manifest = self._snapshots.publish(
                snapshot, by=_by(user_id), override=override, objections=objections
            )
            self._live.follow()
        except PublicationBlockedError as error:
            return blocked(error, self._settings.corpus_dirs, language)
        except (CorpusIndexError, BotError, OSError) as error:
            return not_done(error, language)
        text = interface(
            "published_text", language, snapshot=snapshot, documents=manifest.subjects
        )
        button = Button(interface("rollback_button", language), f"b:{snapshot}")
        return plain(text, ((button,),))

    def discard(self, user_id: int, language: str, snapshot: str) -> Reply:
        """The other button below a finished build."""
        self._store.log_staff(user_id, "discard", snapshot)
        try:
            self._snapshots.discard(snapshot, by=_by(user_id))
        except (CorpusIndexError, OSError) as error:
            return not_done(error, language)
        return plain(interface("discarded_text", language, snapshot=snapshot))

    def ask_to_roll_back(self, user_id: int, language: str) -> Reply:
        """`/rollback`: what would be served again, and a button to do it."""
        self._store.log_staff(user_id, "rollback", "asked")
        try:
            served, target = self._snapshots.current_id(), self._snapshots.rollback_target()
        except (CorpusIndexError, OSError) as error:
            return not_done(error, language)
        text = interface(
            "rollback_ask",
            language,
            served=served,
            snapshot=target.snapshot_id,
            documents=target.subjects,
        )
        button = Button(interface("rollback_now_button", language), f"b:{served}")
        return plain(text, ((button,),))

    def roll_back(self, user_id: int, language: str, instead_of: str) -> Reply:
        """The button below a publication, or below the question of `/rollback`."""
        if not instead_of:  # a button of an earlier version
            return self.ask_to_roll_back(user_id, language)
        self._store.log_staff(user_id, "rollback", instead_of)
        try:
            manifest = self._snapshots.rollback(by=_by(user_id), instead_of=instead_of)
            self._live.follow()
        except (CorpusIndexError, OSError) as error:
            return not_done(error, language)
        return plain(
            interface(
                "rolled_back",
                language,
                snapshot=manifest.snapshot_id,
                documents=manifest.subjects,
            )
        )


def _by(user_id: int) -> str:
    """Who, as the log of publications has it: by id, as SMEBOT_STAFF_IDS does."""
    return f"Telegram {user_id}"
