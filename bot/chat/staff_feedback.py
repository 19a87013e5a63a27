"""`/feedback`: how people liked their answers, a vote at a time, with the way to the answer."""

from collections.abc import Sequence

from bot.answers.values import Answer
from bot.chat.keeping import quoted_of
from bot.chat.live import LiveAnswerer
from bot.chat.replies import Button, Reply, plain
from bot.chat.rich_text import RichText, Style, bold
from bot.chat.staff_choosing import title_of, turning_row
from bot.dates import written
from bot.explaining import short_explanation
from bot.store import Store
from bot.store.answers import KeptAnswer
from bot.store.models import Feedback, Vote
from bot.texts import interface
from index import PartialDate

_LISTED = 100
_ANSWER_CHARS = 2000
"""So much of an answer is shown, so that all has room in one message."""
_SIGNS = {1: "👍", -1: "👎"}
_KNOWN_REASONS = ("wrong", "not_asked", "outdated", "incomplete")
"""What people choose from; all others are their own words."""


class FeedbackView:
    """What staff see of votes; nothing here tells who voted."""

    def __init__(self, live: LiveAnswerer, store: Store, retention_days: int) -> None:
        self._live = live
        self._store = store
        self._retention_days = retention_days

    def page(self, number: int, language: str, *, edits: bool = False) -> Reply:
        """One vote, the newest first: question, answer, documents, reason, what it was before."""
        found = self._store.feedback(_LISTED)
        if not found:
            return plain(interface("feedback_none", language))
        number = min(number, len(found) - 1)
        vote = found[number]
        kept = self._store.answers.get(vote.answer_id)
        heading = interface(
            "feedback_heading",
            language,
            sign=_SIGNS.get(vote.vote, ""),
            number=number + 1,
            count=len(found),
            date=_day(vote, language),
        )
        body = bold(heading) + "".join(f"\n{line}" for line in self._about(vote, language))
        question = vote.question or interface("feedback_erased", language)
        body += "\n\n" + interface("feedback_question", language, question=question)
        if kept:
            body += "\n\n"
            body += RichText(_begun(kept.text.strip())).styled(Style.QUOTE)
        else:
            body += f"\n\n{self.not_kept(language)}"
        body += "\n\n" + self._documents(kept.cited if kept else vote.documents, language)
        body += "\n\n" + interface("feedback_id", language, id=vote.answer_id) if kept else ""
        own = (
            Button(interface("why_button", language), f"k:w:{vote.answer_id}"),
            Button(interface("check_button", language), f"k:c:{vote.answer_id}"),
        )
        rows = ((own,) if kept else ()) + turning_row("k:f", number, len(found), language)
        return Reply(text=body, rows=rows, edits=edits)

    def trace(self, answer_id: str, language: str) -> Reply:
        """Why an answer is as it is: its question is asked again, on its day."""
        kept = self._store.answers.get(answer_id)
        if kept is None:
            return plain(self.not_kept(language))
        answer = self.again(kept)
        is_same = (answer.status, quoted_of(answer)) == (kept.status, kept.citations)
        heading = "" if is_same else interface("why_changed", language) + "\n\n"
        return plain(heading + short_explanation(answer, language))

    def again(self, kept: KeptAnswer) -> Answer:
        """The answer to the same question on the same day, from the documents of now."""
        return self._live.current().answer(
            kept.question,
            today=kept.as_of,
            history=self._store.answers.history_of(kept),
            usual_language=kept.language,
        )

    def not_kept(self, language: str) -> str:
        """Where an answer is asked for that is not stored."""
        return interface("answer_not_kept", language, days=self._retention_days)

    def _about(self, vote: Feedback, language: str) -> list[str]:
        """Why, and what the person voted before."""
        lines = []
        if vote.reason:
            lines.append(interface("feedback_reason", language, reason=_reason(vote, language)))
        before = self._store.answers.votes(vote)[:-1]
        shown = [_voted(each, language) for each in before if each.vote != vote.vote]
        if shown:
            lines.append(interface("feedback_before", language, votes="; ".join(shown)))
        return lines

    def _documents(self, ids: Sequence[str], language: str) -> str:
        """The documents that the answer cites, those that are gone by their ids."""
        documents = self._live.current().retriever.snapshot.documents
        lines = [
            f"· {title_of(documents[each], language)} ({each})"
            if each in documents
            else f"· {each}"
            for each in ids
        ]
        if not lines:
            return interface("feedback_uncited", language)
        return "\n".join([interface("feedback_cited", language), *lines])


def _reason(vote: Feedback, language: str) -> str:
    known = vote.reason in _KNOWN_REASONS
    return interface(f"reason_{vote.reason}", language) if known else vote.reason or ""


def _begun(text: str) -> str:
    """The beginning of an answer."""
    return text if len(text) <= _ANSWER_CHARS else f"{text[:_ANSWER_CHARS]}…"


def _voted(vote: Vote, language: str) -> str:
    return f"{_SIGNS.get(vote.vote, '')} {_day(vote, language)}"


def _day(vote: Feedback | Vote, language: str) -> str:
    return written(PartialDate.parse(vote.created.date()), language)
