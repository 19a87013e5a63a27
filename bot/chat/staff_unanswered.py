"""`/unanswered`: what was asked in vain this week, by meaning, until staff close it."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from bot.answers.grouping import Grouper
from bot.answers.reasons import Reason
from bot.chat.awaiting import MOST_WORDS_CHARS, pass_on, tell_of
from bot.chat.live import LiveAnswerer
from bot.chat.replies import Button, File, Reply, Rows, plain
from bot.chat.rich_text import RichText
from bot.chat.staff_choosing import choosing_rows, document_of, nearest_documents, title_of
from bot.dates import written
from bot.store import Store, now
from bot.store.handovers import Handover
from bot.store.models import Unanswered
from bot.store.who_asked import AskedInVain
from bot.texts import interface
from index import Document, PartialDate

_WEEK = timedelta(days=7)
_MOST_QUESTIONS = 500
"""The newest are grouped: each takes some milliseconds of the encoder, once."""
_GROUPS, _QUESTIONS, _NEAREST = 10, 8, 3
"""So many are shown of all groups, of the questions of one, and of the documents near it."""
_QUESTION_CHARS = 200
"""So much of a question is shown; the file has all of it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a table program takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same, the most frequent first."""

    asked: tuple[AskedInVain, ...]

    @property
    def key(self) -> int:
        """Names the group on a button: whichever group that question is in is meant."""
        return min(self.ids)

    @property
    def ids(self) -> list[int]:
        """Of its questions."""
        return [each.row.id for each in self.asked]

    @property
    def first(self) -> Unanswered:
        """The question that stands for all."""
        return self.asked[0].row

    @property
    def times(self) -> int:
        return sum(each.times for each in self.asked)

    @property
    def languages(self) -> str:
        """Each once, the most frequent first."""
        counts: Counter[str] = Counter()
        for each in self.asked:
            counts[each.row.language] += each.times
        return ", ".join(language for language, _ in counts.most_common())


class UnansweredQuestions:
    """What staff see of them, and do with them; nothing here tells who asked."""

    def __init__(self, live: LiveAnswerer, store: Store) -> None:
        self._live = live
        self._store = store
        self._grouper = Grouper()

    def overview(self, language: str, *, edits: bool = False) -> Reply:
        """All groups, the most frequent first, each with a button that opens it."""
        groups = self._groups()
        if not groups:
            return Reply(text=RichText(interface("unanswered_none", language)), edits=edits)
        count = sum(len(group.asked) for group in groups)
        lines = [interface("unanswered_heading", language, count=count, groups=len(groups)), ""]
        shown = groups[:_GROUPS]
        lines += [
            f"{number}. {group.times}× [{group.languages}] {_begun(group.first.question)}"
            for number, group in enumerate(shown, 1)
        ]
        if len(groups) > len(shown):
            more = len(groups) - len(shown)
            lines.append(interface("unanswered_more", language, count=more))
        numbers = [
            Button(str(number), f"k:g:{group.key}") for number, group in enumerate(shown, 1)
        ]
        rows = [tuple(numbers[at : at + 5]) for at in range(0, len(numbers), 5)]
        rows.append((Button(interface("export_button", language), "k:x:"),))
        return Reply(text=RichText("\n".join(lines)), rows=tuple(rows), edits=edits)

    def card(self, key: str, language: str) -> Reply:
        """One group: its questions with their reasons, the documents near it, what to do."""
        group = self._group(key)
        if group is None:
            return self._gone(language)
        day = written(PartialDate.parse(group.first.created.date()), language)
        heading = interface(
            "unanswered_group", language, times=group.times, languages=group.languages, date=day
        )
        lines = [heading, ""]
        lines += [_line(each, language) for each in group.asked[:_QUESTIONS]]
        near = self._near(group, language)[:_NEAREST]
        if near:
            lines += ["", interface("unanswered_nearest", language)]
            lines += [f"· {title_of(document, language)}" for document in near]
        rows: list[tuple[Button, ...]] = [
            (Button(interface("answered_by_button", language), f"k:a:{group.key}:0"),),
            (Button(interface("out_of_scope_button", language), f"k:o:{group.key}"),),
        ]
        waiting = len(self._waiting(group))
        if waiting:
            label = interface("reply_button", language, count=waiting)
            rows.append((Button(label, f"k:r:{group.key}"),))
        agreed = len(self._store.awaited.of(group.ids))
        if agreed:
            label = interface("write_button", language, count=agreed)
            rows.append((Button(label, f"k:m:{group.key}"),))
        return _edited("\n".join(lines), (*rows, _back(language)))

    def choose(self, key: str, number: int, language: str) -> Reply:
        """Which document answers a group."""
        group = self._group(key)
        if group is None:
            return self._gone(language)
        text = interface("choose_document", language, question=group.first.question)
        documents = self._near(group, language)
        rows = choosing_rows(
            documents, language, choose=f"k:d:{key}", turn=f"k:a:{key}", number=number
        )
        return _edited(text, (*rows, _back(language)))

    def close(self, user_id: int, key: str, document_key: str, language: str) -> Reply:
        """Staff are done with a group: a document answers it, or it is out of scope.

        Args:
            user_id: Of the staff.
            key: Of the group.
            document_key: Of the document; "" for out of scope.
            language: Of the interface.
        """
        group = self._group(key)
        document = document_of(self._live.current(), document_key, language)
        if group is None or (document_key and document is None):
            return self._gone(language)
        stem = document.stem if document else ""
        self._store.log_staff(user_id, "close", f"{len(group.asked)} {stem or 'out of scope'}")
        if document:
            count = tell_of(document, group.ids, self._store, self._live.current())
            said = interface("closed_answered", language, title=title_of(document, language))
            said += "\n" + interface("closed_told", language, count=count) if count else ""
        else:
            self._store.open_questions.close(group.ids, stem)
            said = interface("closed_out_of_scope", language)
        return _edited(f"{said}\n\n{group.first.question}", (_back(language),))

    def ask_for_words(self, key: str, language: str) -> Reply:
        """Asks for what is to be written to those who wait for an answer."""
        group = self._group(key)
        if group is None:
            return self._gone(language)
        count = len(self._store.awaited.of(group.ids))
        return plain(interface("write_ask", language, count=count, question=group.first.question))

    def write(self, user_id: int, key: str, words: str, language: str) -> Reply:
        """Staff's words go to those who wait for an answer, and the group is closed."""
        group = self._group(key)
        if group is None:
            return plain(interface("closed_already", language))
        if len(words) > MOST_WORDS_CHARS:
            return plain(interface("write_too_long", language, most=MOST_WORDS_CHARS))
        count = pass_on(words, group.ids, self._store)
        self._store.log_staff(user_id, "write", f"{len(group.asked)} to {count}")
        return plain(interface("closed_told", language, count=count))

    def waiting(self, key: str) -> tuple[str, list[Handover]]:
        """The question of a group, and the open handovers of those who passed it on to staff."""
        group = self._group(key)
        return (group.first.question, self._waiting(group)) if group else ("", [])

    def export(self, language: str) -> Reply:
        """All open questions as a table, masked as they are stored."""
        groups = self._groups()
        if not groups:
            return plain(interface("unanswered_none", language))
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(interface("export_columns", language).split("|"))
        for number, group in enumerate(groups, 1):
            near = "; ".join(document.stem for document in self._near(group, language)[:_NEAREST])
            for each in group.asked:
                row = each.row
                cells = (row.language, row.question, row.reason or "", near)
                day = row.created.date().isoformat()
                writer.writerow([number, each.times, *map(_harmless, cells), day])
        content = table.getvalue().encode("utf-8-sig")  # as Excel tells UTF-8 from others
        text = RichText(interface("export_done", language, groups=len(groups)))
        return Reply(text=text, file=File("unanswered.csv", content))

    def _groups(self) -> list[Group]:
        asked = self._store.open_questions.since(now() - _WEEK)[:_MOST_QUESTIONS]
        if not asked:
            return []
        groups = [
            Group(tuple(sorted((asked[row] for row in rows), key=lambda each: -each.times)))
            for rows in self._grouper.grouped(
                [(each.row.question, each.row.language) for each in asked],
                self._live.current().retriever,
            )
        ]
        return sorted(groups, key=lambda group: -group.times)

    def _group(self, key: str) -> Group | None:
        """The group that a question is in now; None if that is closed, erased or too old."""
        number = int(key) if key.isdecimal() else 0
        groups = self._groups()
        return next((g for g in groups if number in {each.row.id for each in g.asked}), None)

    def _near(self, group: Group, language: str) -> list[Document]:
        row = group.first
        return nearest_documents(self._live.current(), row.question, row.language, language)

    def _waiting(self, group: Group) -> list[Handover]:
        questions = [each.row.question for each in group.asked]
        return self._store.handovers.open_about(self._store.answers.ids_of(questions))

    def _gone(self, language: str) -> Reply:
        return _edited(interface("closed_already", language), (_back(language),))


def _line(each: AskedInVain, language: str) -> str:
    row = each.row
    known = row.reason if row.reason in set(Reason) else "unknown"
    because = interface(f"because_{known}", language)
    return f"· {each.times}× [{row.language}] {_begun(row.question)}\n  {because}"


def _begun(question: str) -> str:
    """The beginning of a question."""
    return question if len(question) <= _QUESTION_CHARS else f"{question[:_QUESTION_CHARS]}…"


def _edited(text: str, rows: Rows) -> Reply:
    return Reply(text=RichText(text), rows=rows, edits=True)


def _back(language: str) -> tuple[Button, ...]:
    return (Button(interface("unanswered_back", language), "k:u:"),)


def _harmless(cell: str) -> str:
    """A cell that no table program takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
