"""An answer becomes a check: staff say what is good, look at the check, and it is written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.answers.reasons import AnswerStatus
from bot.chat.live import LiveAnswerer
from bot.chat.replies import Button, Reply, Rows, not_done, plain
from bot.chat.rich_text import RichText
from bot.chat.staff_choosing import choosing_rows, document_of, nearest_documents
from bot.chat.staff_feedback import FeedbackView
from bot.checks.adding import Asked, Expected, add, as_answered, citing, draft, path_of
from bot.checks.values import Check
from bot.dates import written
from bot.errors import BotError
from bot.store import Store
from bot.store.answers import KeptAnswer
from bot.texts import interface
from index import PartialDate

_AS_ANSWERED, _NOT_HELD = "as", "no"
"""What a good answer is, beside the key of a document that it should cite."""
_WITH_QUOTES, _WITHOUT_QUOTES = "q", "d"


class NewChecks:
    """The buttons between an answer and its check."""

    def __init__(
        self,
        live: LiveAnswerer,
        store: Store,
        feedback: FeedbackView,
        folders: Sequence[Path],
    ) -> None:
        """Checks that staff add.

        Args:
            live: Answers.
            store: Has the answers that were given.
            feedback: Says where one is not stored.
            folders: Of checks; the first one gets the new ones.
        """
        self._live = live
        self._store = store
        self._feedback = feedback
        self._folders = folders

    def begin(self, answer_id: str, language: str) -> Reply:
        """What is expected: what was answered; after a 👎, or without an answer, staff choose."""
        kept = self._store.answers.get(answer_id)
        if kept is None:
            return plain(self._feedback.not_kept(language))
        path = path_of(answer_id, self._folders)
        if path.exists():
            return plain(interface("check_exists", language, path=path.name))
        if kept.citations and not self._store.answers.is_disliked(answer_id):
            return self.show(answer_id, _AS_ANSWERED, language, edits=False)
        return self.choose(answer_id, 0, language, edits=False)

    def choose(self, answer_id: str, number: int, language: str, *, edits: bool = True) -> Reply:
        """Which document the answer should cite."""
        kept = self._store.answers.get(answer_id)
        if kept is None:
            return plain(self._feedback.not_kept(language))
        answerer = self._live.current()
        near = nearest_documents(answerer, kept.question, kept.language, language)
        rows = choosing_rows(
            near, language, choose=f"k:e:{answer_id}", turn=f"k:n:{answer_id}", number=number
        )
        others = [("check_not_held_button", _NOT_HELD)]
        if kept.status != AnswerStatus.NOT_IN_DOCUMENTS:
            others.append(("check_as_answered_button", _AS_ANSWERED))
        more: Rows = tuple(
            (Button(interface(key, language), f"k:e:{answer_id}:{choice}"),)
            for key, choice in others
        )
        text = interface("check_which", language, question=kept.question)
        return Reply(text=RichText(text), rows=(*rows, *more), edits=edits)

    def show(self, answer_id: str, choice: str, language: str, *, edits: bool = True) -> Reply:
        """The check that would be written, for staff to look at."""
        kept = self._store.answers.get(answer_id)
        if kept is None:
            return plain(self._feedback.not_kept(language))
        other = (Button(interface("check_other_button", language), f"k:n:{answer_id}:0"),)
        try:
            check = self._draft(kept, choice, has_quotes=True)
        except BotError as error:
            return not_done(error, language, (other,))
        buttons = [("check_write_button", _WITH_QUOTES)]
        if check.say:
            buttons.append(("check_without_quotes_button", _WITHOUT_QUOTES))
        rows: Rows = tuple(
            (Button(interface(key, language), f"k:y:{answer_id}:{choice}:{form}"),)
            for key, form in buttons
        )
        text = RichText("\n".join(_lines(check, language)))
        return Reply(text=text, rows=(*rows, other), edits=edits)

    def write(self, user_id: int, answer_id: str, choice: str, form: str, language: str) -> Reply:
        """Staff have looked at it: it is written, once."""
        kept = self._store.answers.get(answer_id)
        if kept is None:
            return plain(self._feedback.not_kept(language))
        try:
            check = self._draft(kept, choice, has_quotes=form == _WITH_QUOTES)
            path = add(check, answer_id, self._folders)
        except BotError as error:
            return not_done(error, language)
        self._store.log_staff(user_id, "check add", check.id)
        said = interface("check_written", language, path=f"{path.parent.name}/{path.name}")
        return Reply(text=RichText(said), edits=True)

    def _draft(self, kept: KeptAnswer, choice: str, *, has_quotes: bool) -> Check:
        """The check of an answer.

        Raises:
            CheckFileError: It cannot be one.
        """
        answerer = self._live.current()
        documents = answerer.retriever.snapshot.documents
        if choice == _NOT_HELD:
            expected = Expected(status=AnswerStatus.NOT_IN_DOCUMENTS)
        elif choice == _AS_ANSWERED:
            expected = as_answered(kept.status, kept.citations, kept.text, documents)
        else:
            expected = citing(document_of(answerer, choice, kept.language))
        asked = Asked(
            answer_id=kept.answer_id,
            question=kept.question,
            history=self._store.answers.history_of(kept),
            language=kept.language,
            as_of=kept.as_of,
        )
        return draft(asked, expected if has_quotes else replace(expected, say=()), answerer)


def _lines(check: Check, language: str) -> Iterator[str]:
    """A check as staff read it."""
    day = written(PartialDate.parse(check.as_of), language)
    asked = "\n".join([*check.history, check.question])
    yield interface("check_draft", language, question=asked, date=day)
    if check.cite:
        yield interface("check_cites", language, documents=", ".join(check.cite))
    elif check.status == (AnswerStatus.NOT_IN_DOCUMENTS,):
        yield interface("check_not_held", language)
    else:
        yield interface("check_status", language, status=check.status[0])
    for quote, *_ in check.say:
        yield interface("check_says", language, quote=quote)
    if check.expected_failure:
        yield interface("check_fails_now", language, faults=check.expected_failure)
