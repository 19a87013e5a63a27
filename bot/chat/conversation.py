"""What the bot does with what people send: plain, synchronous, without Telegram."""

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter

from bot.answers.reasons import AnswerStatus, Reason
from bot.answers.values import Answer
from bot.chat.answer_view import answer_reply, answer_text, evidence, short_id
from bot.chat.awaiting import offer_to_tell
from bot.chat.for_me import asks_for_me
from bot.chat.handover_view import offer
from bot.chat.keeping import kept_of, turn_of
from bot.chat.lists_view import ListsView
from bot.chat.live import LiveAnswerer
from bot.chat.person import INTERFACES, Person, interface_language
from bot.chat.profile_questions import ProfileQuestions
from bot.chat.replies import Button, Reply, Rows, in_full, plain
from bot.chat.rich_text import RichText
from bot.chat.watching import Watching
from bot.dates import written
from bot.lists.fitting import Profile
from bot.lists.kinds import KINDS
from bot.observing import Observe, by_nobody
from bot.store import Store, masked
from bot.store.models import Turn
from bot.texts import interface
from index import Document

logger = logging.getLogger(__name__)

_LISTS = {kind.name: kind for kind in KINDS}
_FOR_ME = "forme"
OWNER_COMMANDS = (
    "start",
    *_LISTS,
    _FOR_ME,
    "profile",
    "watch",
    "language",
    "about",
    "help",
    "forget",
)
"""In the order of the menu."""
CARRIED = "a_"
"""Begins the payload of `/start` that carries a question along: the id of its answer follows."""
_HISTORY = 5
_PASSED_ON = 3
"""So many earlier questions are passed on to staff with the last one."""
EXAMPLES = ("example_1", "example_2", "example_3")
_INLINE_RESULTS = 5
_ROW_CHARS = 16
"""So many letters of two buttons a phone shows side by side, also in Chinese."""
_KEPT_FOR_STAFF = (AnswerStatus.NOT_IN_DOCUMENTS, AnswerStatus.OUT_OF_DATE, AnswerStatus.UNCLEAR)


class Conversation:
    """All that owners can do."""

    def __init__(
        self,
        live: LiveAnswerer,
        store: Store,
        today: Callable[[], date],
        retention_days: int,
        show: Callable[[Answer, str, str], Reply] = answer_reply,
        *,
        hands_over: bool = False,
        staff_ids: Collection[int] = (),
        observe: Observe = by_nobody,
    ) -> None:
        """A conversation with anybody.

        Args:
            live: Answers.
            store: Remembers.
            today: The day of an answer.
            retention_days: How long questions are kept for staff.
            show: Makes a reply of an answer, the interface language, and words put before it.
            hands_over: Whether questions can be passed on to staff.
            staff_ids: Who looks at what had no answer, and tells others when it has one.
            observe: Is told of each answer.
        """
        self.show = show
        self.live = live
        self.store = store
        self.watching = Watching(store.watches)
        self.profile = ProfileQuestions(store.profiles, retention_days)
        self._today = today
        self.retention_days = retention_days
        self._hands_over = hands_over
        self._staff_ids = staff_ids
        self._observe = observe

    def language(self, person: Person) -> str:
        """The interface language: chosen, else that of the person's Telegram."""
        return self.store.language(person.user_id) or interface_language(person.telegram_language)

    def command(
        self, person: Person, name: str, words: str = "", *, is_staff: bool = False
    ) -> Reply | None:
        """Carry out one of `OWNER_COMMANDS`; None if it is none of them.

        Args:
            person: Who sent it.
            name: Without the slash.
            words: What stands after it.
            is_staff: Whether to mention staff's commands as well.
        """
        if name in _LISTS:
            return self.lists(person).page(_LISTS[name], words, 0)
        if name == "watch":
            return self.watching.command(person, self.lists(person), words)
        if name == "help":
            return self._help(person, is_staff=is_staff)
        if name == "start":
            return self._start(person, words)
        simple = {
            _FOR_ME: self._for_me,
            "profile": self._profile,
            "about": self._about,
            "language": self._choose_language,
            "forget": self._forget,
        }
        return simple[name](person) if name in simple else None

    def _start(self, person: Person, payload: str) -> Reply:
        """`/start`, also with the payload of a deep link: a list, or a question of a group."""
        if payload in _LISTS:
            return self.lists(person).page(_LISTS[payload], "", 0)
        if payload.startswith(CARRIED):
            carried = self._carry_over(person, payload.removeprefix(CARRIED))
            if carried:
                return carried
        language = self.language(person)
        newest, documents, _ = self._coverage(language)
        welcome = interface(
            "welcome",
            language,
            name=person.name,
            newest=newest,
            documents=documents,
            days=self.retention_days,
            button=interface("await_button", language),
        )
        examples = {key: interface(key, language) for key in EXAMPLES}
        rows = tuple((Button(words, f"x:{key}"),) for key, words in examples.items())
        shown = in_full(list(examples.values()))
        return plain(f"{welcome}\n{shown}" if shown else welcome, rows)

    def _help(self, person: Person, *, is_staff: bool) -> Reply:
        language = self.language(person)
        staff = interface("help_staff", language) if is_staff else ""
        return plain(interface("help", language) + staff)

    def _about(self, person: Person) -> Reply:
        """`/about`: what is covered, up to when, in which version."""
        language = self.language(person)
        newest, documents, title = self._coverage(language)
        answerer = self.live.current()
        manifest = answerer.retriever.snapshot.manifest
        return plain(
            interface(
                "about",
                language,
                documents=documents,
                passages=manifest.passages,
                coverage="\n".join(self._reach(language)),
                newest=newest,
                newest_title=title,
                snapshot=manifest.snapshot_id,
            )
        )

    def _choose_language(self, person: Person) -> Reply:
        buttons = [Button(name, f"g:{code}") for code, name in INTERFACES.items()]
        rows = (tuple(buttons[:3]), tuple(buttons[3:5]), tuple(buttons[5:]))
        return plain(interface("choose_language", self.language(person)), rows)

    def _for_me(self, person: Person) -> Reply:
        return self.profile.for_me(person, self.lists(person))

    def _profile(self, person: Person) -> Reply:
        return self.profile.command(person, self.lists(person))

    def _forget(self, person: Person) -> Reply:
        language = self.language(person)
        self.store.forget(person.user_id)
        return plain(interface("forgotten", language))

    def _carry_over(self, person: Person, answer_id: str) -> Reply | None:
        """Go on in private with a question of a group; None if it is too old, or of no group."""
        turn = self.store.turn(answer_id)
        if turn is None or turn.chat_id >= 0:  # what people ask in private is theirs alone
            return None
        heading = interface("carried_over", self.language(person), question=turn.question)
        return self.ask(person, turn.question, heading=heading, taken_from=turn)

    def ask(
        self,
        person: Person,
        question: str,
        *,
        replies_to: int | None = None,
        is_late: bool = False,
        heading: str = "",
        answer_language: str | None = None,
        taken_from: Turn | None = None,
        asked_at: datetime | None = None,
    ) -> Reply:
        """A message is a question.

        Args:
            person: Who asks.
            question: As typed.
            replies_to: The message that it replies to; one of the bot's answers is gone on from.
            is_late: Whether it had to wait so long that an apology is due.
            heading: Put before the answer.
            answer_language: Overrules the language found out.
            taken_from: The turn of a group that it is; it leans on what was asked before that.
            asked_at: When it was first asked, if it was changed since.
        """
        if asks_for_me(question):
            return self._for_me(person)
        language = self.language(person)
        history = (
            self._history_before(taken_from)
            if taken_from
            else self._history(person, replies_to, asked_at)
        )
        answer = self.live.answer(
            question,
            today=self._today(),
            history=history,
            language=answer_language,
            usual_language=language,
        )
        self._observe(answer)
        turn = turn_of(
            person,
            question,
            answer,
            taken_from=taken_from,
            asked_at=asked_at,
            replies_to=replies_to,
        )
        self.store.add_turn(turn, kept_of(answer), history)
        if not taken_from:  # who asked it is counted
            self._keep_for_staff(person, question, answer)
        apology = interface("late_apology", language) if is_late else ""
        before = "\n\n".join(filter(None, [apology, heading]))
        reply = replace(self.show(answer, language, before), answer_id=short_id(answer))
        return replace(reply, rows=(*reply.rows, *self._offers(person, answer, language)))

    def _offers(self, person: Person, answer: Answer, language: str) -> Rows:
        """Below what was refused, if only in part: ways to a person, and to be told later."""
        row: list[Button] = []
        is_refused = answer.reason.leads_to_person or any(part.why for part in answer.parts)
        if self._hands_over and person.is_private and is_refused:
            row += offer(short_id(answer), language)
        may_come = answer.reason is not Reason.NOT_FOUND  # of such things no document will tell
        is_missing = answer.status is AnswerStatus.NOT_IN_DOCUMENTS and may_come
        is_told_later = self._staff_ids and person.user_id not in self._staff_ids
        if is_told_later and is_missing and person.can_be_reminded:
            row.append(offer_to_tell(short_id(answer), language))
        if sum(len(button.label) for button in row) <= _ROW_CHARS:
            return (tuple(row),) if row else ()
        return tuple((button,) for button in row)

    def questions_until(self, person: Person, answer_id: str) -> list[str]:
        """What a person passes on: the question of an answer, and up to three before it.

        "I want a person" says nothing that a person could answer, where something was asked.
        Nothing if it is too old, or was asked elsewhere.
        """
        turn = self.store.turn(answer_id)
        if turn is None or turn.chat_id != person.chat_id or not person.is_private:
            return []
        before = self._history_before(turn)[-_PASSED_ON:]
        is_asked = turn.status != AnswerStatus.SMALL_TALK
        return [*before, turn.question] if is_asked or not before else before

    def ask_again(
        self, person: Person, question: str, turn: Turn, replies_to: int | None = None
    ) -> Reply | None:
        """A question was changed after it was answered; None if it says the same as before.

        It goes on from where it stands: from what it replies to, or what was asked before it.
        """
        if masked(question)[: len(turn.question) + 1] == turn.question:
            return None
        self.store.drop_turn(turn.answer_id)
        return self.ask(person, question, replies_to=replies_to, asked_at=turn.created)

    def answer_again(self, person: Person, turn: Turn) -> Answer:
        """Answer what a turn asked, on its day and in its conversation; nothing is kept of it.

        It is another answer than that of the turn if the documents have changed since.
        """
        shown = (
            self.store.turn_shown_in(turn.chat_id, turn.replies_to) if turn.replies_to else None
        )
        return self.live.current().answer(
            turn.question,
            today=turn.as_of or self._today(),
            history=self._history_until(shown) if shown else self._history_before(turn),
            usual_language=self.language(person),
        )

    def _history(
        self, person: Person, replies_to: int | None, until: datetime | None
    ) -> list[str]:
        turn = self.store.turn_shown_in(person.chat_id, replies_to) if replies_to else None
        if turn:
            return self._history_until(turn)
        return self.store.history(
            person.chat_id, person.user_id, _HISTORY, thread_id=person.thread_id, until=until
        )

    def _history_until(self, turn: Turn, count: int = _HISTORY) -> list[str]:
        """The questions of whoever asked a turn, that one the last."""
        return self.store.history(
            turn.chat_id, turn.user_id, count, thread_id=turn.thread_id, until=turn.created
        )

    def _history_before(self, turn: Turn) -> list[str]:
        """What whoever asked a turn had asked before."""
        if turn.status == AnswerStatus.SMALL_TALK:  # which is no part of it itself
            return self._history_until(turn)
        return self._history_until(turn, _HISTORY + 1)[:-1]

    def inline(self, query: str) -> list[tuple[str, RichText]]:
        """Up to five cited answers to an inline query: (title, message)."""
        answer = self.live.answer(query, today=self._today())
        self._observe(answer)
        if not answer.citations:
            return []
        results = [(answer.citations[0].document.metadata.title, answer_text(answer))]
        for citation in answer.citations[1:_INLINE_RESULTS]:
            message = (
                RichText(citation.quote.strip()) + "\n\n" + evidence([citation], answer.language)
            )
            results.append((citation.document.metadata.title, message))
        return results

    def _keep_for_staff(self, person: Person, question: str, answer: Answer) -> None:
        if answer.status in _KEPT_FOR_STAFF:
            self.store.add_unanswered(
                question,
                answer.language,
                answer.status,
                answer.suggestions,
                reason=answer.reason,
                asked_by=person.user_id,
            )

    def _coverage(self, language: str) -> tuple[str, int, str]:
        """Date, number and title: of the newest document, of all, of the newest."""
        documents = self.live.current().retriever.documents(language)
        newest = max((d for d in documents if d.metadata.as_of), key=_as_of, default=None)
        if newest is None or newest.metadata.as_of is None:
            return "-", len(documents), "-"
        return written(newest.metadata.as_of, language), len(documents), newest.metadata.title

    def _reach(self, language: str) -> Iterator[str]:
        """For each topic how many documents there are, and up to when they reach."""
        of_topic: dict[str, list[Document]] = {}
        for document in self.live.current().retriever.documents(language):
            if document.metadata.topic:
                of_topic.setdefault(document.metadata.topic, []).append(document)
        for topic, documents in sorted(of_topic.items()):
            days = [day for d in documents if (day := d.metadata.as_of)]
            newest = max(days, key=attrgetter("first"), default=None)
            yield interface(
                "about_topic",
                language,
                topic=interface(f"topic_{topic}", language),
                count=len(documents),
                newest=written(newest, language) if newest else "-",
            )

    def lists(self, person: Person) -> ListsView:
        """Lists and cards as this person sees them today."""
        lists, language = self.live.current().lists, self.language(person)
        own = self.store.profiles.of(person.user_id) if person.is_private else Profile()
        return ListsView(
            lists, language, self._today(), can_remind=person.can_be_reminded, profile=own
        )


def _as_of(document: Document) -> date:
    return document.metadata.as_of.first if document.metadata.as_of else date.min
