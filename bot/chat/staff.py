"""What staff can do from their chat: look, get the report, run the checks."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.answers.grouping import Grouper
from bot.answers.operator import Operator
from bot.chat.live import LiveAnswerer
from bot.chat.recent_errors import RecentErrors
from bot.chat.replies import File, Reply, plain
from bot.chat.rich_text import RichText
from bot.chat.staff_checks import run_all
from bot.chat.staff_index import StaffIndex
from bot.chat.staff_questions import StaffQuestions
from bot.chat.uploading import Uploading
from bot.dates import written
from bot.errors import StoreError
from bot.report.grouping import by_meaning
from bot.report.making import make_report
from bot.settings import BotSettings
from bot.store import Store, now
from bot.texts import interface
from index import Encoder, PartialDate, Progress
from index.due import Due, what_is_due

_LISTED = 20
_DUE_DAYS = 30
_WEEK_DAYS = 7
_MONDAY = 0
_NOTE = "daily note"


class Staff:
    """Staff's commands; each is logged with who and when."""

    def __init__(
        self,
        settings: BotSettings,
        live: LiveAnswerer,
        store: Store,
        encoder: Encoder,
        in_progress: Callable[[], int],
        clock: Callable[[], datetime],
    ) -> None:
        """What staff of one bot can do.

        Args:
            settings: Who is staff, where everything lies.
            live: What answers, and is rebuilt.
            store: Remembers.
            encoder: Of passages.
            in_progress: How many messages are being answered.
            clock: The time where staff are.
        """
        self.clock = clock
        self._settings = settings
        self._live = live
        self._store = store
        self._in_progress = in_progress
        self._started = time.monotonic()
        self._grouper = Grouper()
        self.questions = StaffQuestions(settings, live, store)
        """What people asked in vain, and how they liked their answers."""
        self.operator = Operator.of(settings, hands_over=True)
        """In whose name staff answer."""
        self.errors = RecentErrors()
        """Since the start, without any user's text."""
        self.uploading = Uploading(settings.corpus_dirs, live, store, clock)
        """What they send for the corpus."""
        self.index = StaffIndex(settings, live, store, encoder, clock, self.errors)
        """Their commands for the index."""

    def is_staff(self, user_id: int) -> bool:
        """Whether a user id is among SMEBOT_STAFF_IDS."""
        return user_id in self._settings.staff_ids

    @property
    def ids(self) -> frozenset[int]:
        """User ids of the staff."""
        return self._settings.staff_ids

    @property
    def handover_chat_id(self) -> int | None:
        """Where questions are passed on to; None if they are not."""
        return self._settings.handover_chat_id

    def language(self) -> str:
        """Of what all of them see: what one of them chose, else Chinese."""
        return next(filter(None, map(self._store.language, sorted(self.ids))), "zh")

    def status(self, user_id: int, language: str) -> Reply:
        """`/status`."""
        self._store.log_staff(user_id, "status")
        manifest = self._live.current().retriever.snapshot.manifest
        text = interface(
            "status_text",
            language,
            snapshot=manifest.snapshot_id,
            documents=manifest.subjects,
            passages=manifest.passages,
            built=manifest.created,
            uptime=timedelta(seconds=int(time.monotonic() - self._started)),
            queue=self._in_progress(),
            unanswered=self._unanswered_today(),
            errors="; ".join(self.errors) or interface("status_none", language),
        )
        return plain(text + self._troubles(language))

    def _unanswered_today(self) -> str:
        today = now() - timedelta(days=1)
        try:
            return str(len(self._store.unanswered(1000, today)))
        except StoreError:
            return "?"

    def _troubles(self, language: str) -> str:
        """What the database does not do, one line each."""
        troubles = (
            ("status_unwritable", self._store.writing),
            ("status_unreadable", self._store.reading),
        )
        return "".join(
            "\n"
            + interface(
                key,
                language,
                since=f"{trouble.since:%Y-%m-%d %H:%M} UTC",
                reason=trouble.reason,
                lost=trouble.lost,
            )
            for key, trouble in troubles
            if trouble.since
        )

    def due(self, user_id: int, language: str) -> Reply:
        """`/due`: what ends, starts or is to be checked again in the next weeks."""
        self._store.log_staff(user_id, "due")
        found = self._due(language, self.clock().date(), _DUE_DAYS)
        key = "due_heading" if found else "due_none"
        heading = interface(key, language, days=_DUE_DAYS)
        return plain("\n".join([heading, *self._shown(found, language)]))

    def daily_note(self, user_id: int) -> Reply | None:
        """What one of the staff should see today; None if that is nothing, or was told already.

        What falls on this day, on Mondays what the week brings, and since yesterday: what was
        asked in vain, what nobody found helpful, what went wrong.

        Raises:
            StoreError: What was told cannot be read or kept, so that it would be told again.
        """
        today = self.clock().date()
        if self._store.has_logged(user_id, _NOTE, today.isoformat()):
            return None
        language = self._store.language(user_id) or "zh"
        is_monday = today.weekday() == _MONDAY
        found = self._due(language, today, _WEEK_DAYS if is_monday else 0)
        found = [one for one in found if is_monday or one.day == today]
        lines = self._shown(found, language)
        lines += self._since_yesterday(language)
        if not lines:
            return None
        self._store.log_staff(user_id, _NOTE, today.isoformat(), must=True)
        shown = written(PartialDate.parse(today), language)
        return plain("\n".join([interface("note_heading", language, date=shown), *lines]))

    def _since_yesterday(self, language: str) -> list[str]:
        """What staff should look into, each with the command that shows it."""
        yesterday = now() - timedelta(days=1)
        unanswered, errors = self._unanswered_today(), self.errors.since(yesterday)
        disliked = self._store.answers.disliked_since(yesterday)
        kinds = ", ".join(f"{count}× {kind}" for kind, count in errors.most_common())
        counts = (
            ("note_unanswered", unanswered.strip("0"), unanswered),
            ("note_disliked", disliked, disliked),
            ("note_errors", errors, kinds),
        )
        return [interface(key, language, count=count) for key, is_any, count in counts if is_any]

    def _due(self, language: str, today: date, days: int) -> list[Due]:
        return what_is_due(self._live.current().retriever.documents(language), today, days)

    def _shown(self, found: list[Due], language: str) -> list[str]:
        """One line for each document to look at."""
        retriever = self._live.current().retriever
        lines = [
            interface(
                f"due_{one.reason}",
                language,
                date=written(PartialDate.parse(one.day), language),
                what=one.what,
                title=document.metadata.title,
            )
            for one in found[:_LISTED]
            if (document := retriever.version(one.stem, language))
        ]
        more = len(found) - len(lines)
        return [*lines, interface("due_more", language, count=more)] if more else lines

    def report(self, user_id: int, language: str) -> Reply:
        """`/report`: questions, votes, documents and checks as a page in a file."""
        self._store.log_staff(user_id, "report")
        content = self.report_page(language).encode()
        text = interface("report_done", language)
        return Reply(text=RichText(text), file=File("report.html", content))

    def report_page(self, language: str | None) -> str:
        """The page of `/report`, in staff's own language if none is given."""
        retriever = self._live.current().retriever
        return make_report(
            self._settings,
            self._store,
            retriever.snapshot,
            now=self.clock(),
            language=language or self.language(),
            grouping=by_meaning(retriever, self._grouper),
        )

    def check(self, user_id: int, language: str, progress: Progress) -> Reply:
        """`/check`: the canned checks, sums as text and all of them as a file."""
        self._store.log_staff(user_id, "check")
        answerer = self._live.current()
        return run_all(self._settings, answerer, language, progress, self.clock())
