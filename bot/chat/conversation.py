"""What the bot does with what people send: plain, synchronous, without Telegram."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import date

from bot.answers.dates import written
from bot.answers.values import Answer, AnswerStatus, Citation
from bot.chat.answer_view import answer_reply, evidence, short_id
from bot.chat.lists_view import ListsView
from bot.chat.live import LiveAnswerer
from bot.chat.person import Person, interface_language
from bot.chat.replies import Button, Reply, Rows, plain
from bot.chat.rich_text import RichText, bold
from bot.store import Store, now
from bot.store.models import Turn
from bot.texts import interface
from index import Document

logger = logging.getLogger(__name__)

_HISTORY = 3
_EXAMPLES = ("example_1", "example_2", "example_3")
_REASONS = ("reason_wrong", "reason_not_asked", "reason_outdated", "reason_incomplete")
_INLINE_RESULTS = 5
_KEPT_FOR_STAFF = (AnswerStatus.NOT_IN_DOCUMENTS, AnswerStatus.OUT_OF_DATE, AnswerStatus.UNCLEAR)


class Conversation:
    """All that owners can do."""

    def __init__(
        self, live: LiveAnswerer, store: Store, today: Callable[[], date], retention_days: int
    ) -> None:
        self._live = live
        self._store = store
        self._today = today
        self._retention_days = retention_days

    def language(self, person: Person) -> str:
        """The interface language: chosen, else that of the person's Telegram."""
        return self._store.language(person.user_id) or interface_language(person.telegram_language)

    def start(self, person: Person, payload: str = "") -> list[Reply]:
        """`/start`, also with the payload of a deep link: `events`, `zones`, `financing`."""
        if payload[:1] in ("e", "z", "f") and payload in ("events", "zones", "financing"):
            return [self.lists(person, payload[0], "")]
        language = self.language(person)
        newest, documents, _ = self._coverage(language)
        welcome = interface(
            "welcome",
            language,
            name=person.name,
            newest=newest,
            documents=documents,
            days=self._retention_days,
        )
        rows = tuple((Button(interface(key, language), f"x:{key}"),) for key in _EXAMPLES)
        return [plain(welcome, rows)]

    def help(self, person: Person, *, is_staff: bool) -> Reply:
        """`/help`."""
        language = self.language(person)
        staff = interface("help_staff", language) if is_staff else ""
        return plain(interface("help", language) + staff)

    def about(self, person: Person) -> Reply:
        """`/about`: what is covered, up to when, in which version."""
        language = self.language(person)
        newest, documents, title = self._coverage(language)
        answerer = self._live.current()
        manifest = answerer.retriever.snapshot.manifest
        counts: Counter[str] = Counter()
        for document in answerer.retriever.snapshot.documents.values():
            counts[f"{document.metadata.topic or '-'} · {document.metadata.language}"] += 1
        return plain(
            interface(
                "about",
                language,
                documents=documents,
                passages=manifest.passages,
                coverage="\n".join(f"{name}: {counts[name]}" for name in sorted(counts)),
                newest=newest,
                newest_title=title,
                snapshot=manifest.snapshot_id,
            )
        )

    def choose_language(self, person: Person) -> Reply:
        """`/language`."""
        buttons = (Button("中文", "g:zh"), Button("繁體", "g:zh-Hant"), Button("English", "g:en"))
        return plain(interface("choose_language", self.language(person)), (buttons,))

    def forget(self, person: Person) -> Reply:
        """`/forget`: erases all that is stored about the person."""
        language = self.language(person)
        self._store.forget(person.user_id)
        return plain(interface("forgotten", language))

    def lists(self, person: Person, subject: str, words: str) -> Reply:
        """The first page of `/events`, `/zones` or `/financing`."""
        return self._lists(person).page(subject, words, 0)

    def ask(self, person: Person, question: str, *, is_late: bool = False) -> Reply:
        """A message is a question."""
        history = self._store.history(person.chat_id, person.user_id, _HISTORY)
        answer = self._live.current().answer(question, today=self._today(), history=history)
        self._keep(person, question, answer)
        language = self.language(person)
        apology = interface("late_apology", language) if is_late else ""
        return answer_reply(answer, language, apology)

    def inline(self, person: Person, query: str) -> list[tuple[str, RichText]]:
        """Up to five cited answers to an inline query: (title, message)."""
        answer = self._live.current().answer(query, today=self._today())
        if not answer.citations:
            return []
        whole = answer_reply(answer, self.language(person)).text
        results = [(answer.citations[0].document.metadata.title, whole)]
        for citation in answer.citations[1:_INLINE_RESULTS]:
            message = (
                RichText(citation.quote.strip()) + "\n\n" + evidence([citation], answer.language)
            )
            results.append((citation.document.metadata.title, message))
        return results

    def press(self, person: Person, data: str) -> list[Reply]:
        """A button was pressed; `data` is what it carries."""
        kind, _, rest = data.partition(":")
        handler = {
            "x": self._example,
            "g": self._set_language,
            "v": self._vote,
            "r": self._reason,
            "s": self._sources,
            "m": self._more,
            "q": self._suggestion,
            "l": self._turn_page,
            "c": self._card,
            "i": self._calendar,
        }.get(kind)
        replies = handler(person, rest) if handler else None
        return replies or [plain(interface("too_old", self.language(person)))]

    def explain_vote(self, person: Person, answer_id: str, words: str) -> Reply:
        """The reason for a 👎 in the person's own words."""
        turn = self._own_turn(person, answer_id)
        if turn:
            self._store.add_feedback(turn, person.user_id, -1, words[:500])
        return plain(interface("reason_kept", self.language(person)))

    def _keep(self, person: Person, question: str, answer: Answer) -> None:
        self._store.add_turn(
            Turn(
                answer_id=short_id(answer),
                chat_id=person.chat_id,
                user_id=person.user_id,
                question=question,
                language=answer.language,
                status=answer.status,
                passages=[hit.passage for hit in answer.hits],
                citations=[[c.document.id, c.start, c.end] for c in answer.citations],
                suggestions=list(answer.suggestions),
                created=now(),
            )
        )
        if answer.status in _KEPT_FOR_STAFF:
            self._store.add_unanswered(
                question, answer.language, answer.status, answer.suggestions
            )

    def _coverage(self, language: str) -> tuple[str, int, str]:
        """Date, number and title: of the newest document, of all, of the newest."""
        documents = self._live.current().retriever.documents(language)
        newest = max((d for d in documents if d.metadata.as_of), key=_as_of, default=None)
        if newest is None or newest.metadata.as_of is None:
            return "-", len(documents), "-"
        return written(newest.metadata.as_of, language), len(documents), newest.metadata.title

    def _lists(self, person: Person) -> ListsView:
        return ListsView(self._live.current().retriever, self.language(person), self._today())

    def _own_turn(self, person: Person, answer_id: str) -> Turn | None:
        turn = self._store.turn(answer_id)
        return turn if turn and turn.chat_id == person.chat_id else None

    def _example(self, person: Person, key: str) -> list[Reply] | None:
        if key not in _EXAMPLES:
            return None
        return [self.ask(person, interface(key, self.language(person)))]

    def _set_language(self, person: Person, language: str) -> list[Reply] | None:
        if language not in ("zh", "zh-Hant", "en"):
            return None
        self._store.set_language(person.user_id, language)
        return [plain(interface("language_set", language))]

    def _vote(self, person: Person, rest: str) -> list[Reply] | None:
        answer_id, _, vote = rest.partition(":")
        turn = self._own_turn(person, answer_id)
        if turn is None or vote not in ("1", "-1"):
            return None
        self._store.add_feedback(turn, person.user_id, int(vote))
        language = self.language(person)
        if vote == "1":
            return [plain(interface("thanks_for_vote", language))]
        rows: Rows = tuple(
            (Button(interface(key, language), f"r:{answer_id}:{number}"),)
            for number, key in enumerate(_REASONS)
        )
        return [plain(interface("why_unhelpful", language), rows)]

    def _reason(self, person: Person, rest: str) -> list[Reply] | None:
        answer_id, _, number = rest.partition(":")
        turn = self._own_turn(person, answer_id)
        if turn is None or number not in ("0", "1", "2", "3"):
            return None
        self._store.add_feedback(
            turn, person.user_id, -1, _REASONS[int(number)].removeprefix("reason_")
        )
        text = RichText(interface("reason_kept", self.language(person)))
        return [Reply(text=text, edits=True)]

    def _sources(self, person: Person, answer_id: str) -> list[Reply] | None:
        turn = self._own_turn(person, answer_id)
        if turn is None:
            return None
        citations = self._citations(turn)
        if not citations:
            return None
        heading = bold(interface("sources_button", self.language(person)))
        return [Reply(text=heading + "\n" + evidence(citations, turn.language))]

    def _more(self, person: Person, answer_id: str) -> list[Reply] | None:
        turn = self._own_turn(person, answer_id)
        if turn is None:
            return None
        language = self.language(person)
        said = {document for document, _, _ in turn.citations}
        snapshot = self._live.current().retriever.snapshot
        known = {passage.id: passage for passage in snapshot.passages}
        body = bold(interface("more_heading", language))
        count = 0
        for passage in (known[p] for p in turn.passages if p in known):
            if passage.document in said or count == 3:
                continue
            said.add(passage.document)
            count += 1
            title = snapshot.documents[passage.document].metadata.title
            body = body + "\n\n" + bold(title) + "\n" + _plain_passage(passage.text)
        return [Reply(text=body)] if count else [plain(interface("no_more", language))]

    def _citations(self, turn: Turn) -> list[Citation]:
        """The quotes of an earlier answer, as far as their documents still say the same."""
        documents = self._live.current().retriever.snapshot.documents
        return [
            Citation(
                number=number,
                document=documents[identity],
                quote=documents[identity].text[start:end],
                start=start,
                end=end,
                language=documents[identity].metadata.language,
            )
            for number, (identity, start, end) in enumerate(turn.citations, 1)
            if identity in documents and end <= len(documents[identity].text)
        ]

    def _suggestion(self, person: Person, rest: str) -> list[Reply] | None:
        answer_id, _, number = rest.partition(":")
        turn = self._own_turn(person, answer_id)
        if turn is None or not number.isdecimal() or int(number) >= len(turn.suggestions):
            return None
        return [self.ask(person, turn.suggestions[int(number)])]

    def _turn_page(self, person: Person, rest: str) -> list[Reply] | None:
        subject, _, rest = rest.partition(":")
        number, _, words = rest.partition(":")
        if subject not in ("e", "z", "f") or not number.isdecimal():
            return None
        return [self._lists(person).page(subject, words, int(number), edits=True)]

    def _card(self, person: Person, rest: str) -> list[Reply] | None:
        card = self._lists(person).card(rest.partition(":")[2])
        return [card] if card else None

    def _calendar(self, person: Person, key: str) -> list[Reply] | None:
        file = self._lists(person).calendar(key)
        return [file] if file else None


def _as_of(document: Document) -> date:
    return document.metadata.as_of.first if document.metadata.as_of else date.min


def _plain_passage(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    return "\n".join(lines)
