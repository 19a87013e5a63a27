"""What buttons do: votes, sources, passages, questions, pages, cards, files, profiles."""

from dataclasses import replace

from bot.answers.values import Answer, Citation
from bot.chat.answer_view import Below, answer_rows, sources_reply
from bot.chat.awaiting import agreed
from bot.chat.brief import brief_of
from bot.chat.brief_file import brief_reply
from bot.chat.conversation import EXAMPLES, Conversation
from bot.chat.keeping import quoted_of
from bot.chat.person import INTERFACES, Person
from bot.chat.picture import picture_of, title_of
from bot.chat.replies import Button, Reply, Rows, plain
from bot.chat.rich_text import RichText, bold
from bot.explaining import short_explanation
from bot.store.models import Turn
from bot.texts import INTERFACE_LANGUAGES, interface
from index.language import primary

_REASONS = ("reason_wrong", "reason_not_asked", "reason_outdated", "reason_incomplete")


class Buttons:
    """One method for each kind of button; each returns None where the button is too old."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._live = conversation.live
        self._store = conversation.store

    def press(self, person: Person, data: str) -> list[Reply]:
        """A button was pressed; `data` is what it carries."""
        kind, _, rest = data.partition(":")
        handler = {
            "x": self._example,
            "g": self._set_language,
            "v": self._vote,
            "r": self._reason,
            "s": self._sources,
            "a": self._back,
            "m": self._more,
            "q": self._suggestion,
            "l": self._turn_page,
            "c": self._card,
            "i": self._calendar,
            "n": self._watch,
            "e": self._await,
            "u": self._profile,
            "t": self._picture,
            "d": self._brief,
        }.get(kind)
        replies = handler(person, rest) if handler else None
        return replies or [plain(interface("too_old", self._conversation.language(person)))]

    def explain_vote(self, person: Person, answer_id: str, words: str) -> Reply:
        """The reason for a 👎 in the person's own words."""
        turn = self._own_turn(person, answer_id)
        if turn:
            self._store.add_feedback(turn, person.user_id, -1, words)
        return plain(interface("reason_kept", self._conversation.language(person)))

    def why(self, person: Person, answer_id: str) -> Reply:
        """The way to an answer, for staff in their own chat: its question is asked again."""
        language = self._conversation.language(person)
        turn = self._own_turn(person, answer_id) if person.is_private else None
        if turn is None:
            return plain(interface("too_old", language))
        answer = self._conversation.answer_again(person, turn)
        heading = (
            "" if _is_answer_of(turn, answer) else interface("why_changed", language) + "\n\n"
        )
        return plain(heading + short_explanation(answer, language))

    def _own_turn(self, person: Person, answer_id: str) -> Turn | None:
        turn = self._store.turn(answer_id)
        return turn if turn and turn.chat_id == person.chat_id else None

    def _example(self, person: Person, key: str) -> list[Reply] | None:
        if key not in EXAMPLES:
            return None
        return [
            self._conversation.ask(person, interface(key, self._conversation.language(person)))
        ]

    def _set_language(self, person: Person, language: str) -> list[Reply] | None:
        if language not in INTERFACES:
            return None
        self._store.set_language(person.user_id, language)
        return [plain(interface("language_set", language))]

    def _vote(self, person: Person, rest: str) -> list[Reply] | None:
        answer_id, _, vote = rest.partition(":")
        turn = self._own_turn(person, answer_id)
        if turn is None or vote not in ("1", "-1"):
            return None
        language = self._conversation.language(person)
        thanks = self._marked(person, turn, int(vote), language)
        self._store.add_feedback(turn, person.user_id, int(vote))
        if vote == "1":
            return [thanks]
        rows: Rows = tuple(
            (Button(interface(key, language), f"r:{answer_id}:{number}"),)
            for number, key in enumerate(_REASONS)
        )
        return [thanks, plain(interface("why_unhelpful", language), rows)]

    def _marked(self, person: Person, turn: Turn, vote: int, language: str) -> Reply:
        """Thanks for a vote; it is marked below the answer where nobody else sees it."""
        thanks = Reply(text=RichText(), toast=interface("thanks_for_vote", language))
        if not person.is_private or self._store.vote(turn.answer_id, person.user_id) == vote:
            return thanks
        rows = answer_rows(_below(turn), language, vote)
        return replace(thanks, rows=rows, edits=True, answer_id=turn.answer_id)

    def _reason(self, person: Person, rest: str) -> list[Reply] | None:
        answer_id, _, number = rest.partition(":")
        turn = self._own_turn(person, answer_id)
        if turn is None or number not in ("0", "1", "2", "3"):
            return None
        self._store.add_feedback(
            turn, person.user_id, -1, _REASONS[int(number)].removeprefix("reason_")
        )
        text = RichText(interface("reason_kept", self._conversation.language(person)))
        return [Reply(text=text, edits=True)]

    def _sources(self, person: Person, answer_id: str) -> list[Reply] | None:
        turn = self._own_turn(person, answer_id)
        if turn is None:
            return None
        citations = self._citations(turn)
        if not citations:
            return None
        language = self._conversation.language(person)
        return [sources_reply(citations, turn.language, language, answer_id)]

    def _back(self, person: Person, answer_id: str) -> list[Reply] | None:
        """The answer in the place of its sources: it is given again, with the vote it has."""
        turn = self._own_turn(person, answer_id)
        if turn is None:
            return None
        answer = self._conversation.answer_again(person, turn)
        if not _is_answer_of(turn, answer):
            return None
        language = self._conversation.language(person)
        vote = self._store.vote(answer_id, person.user_id) if person.is_private else 0
        shown = self._conversation.show(answer, language, "")
        *_, last = shown.text.messages()  # the buttons stand below the last part of a long one
        rows = answer_rows(_below(turn), language, vote)
        return [Reply(text=last, rows=rows, edits=True, answer_id=answer_id)]

    def _picture(self, person: Person, answer_id: str) -> list[Reply] | None:
        """A comparison as a picture: its question is asked again."""
        turn = self._own_turn(person, answer_id)
        answer = self._conversation.answer_again(person, turn) if turn else None
        if turn is None or answer is None or answer.comparison is None:
            return None
        file = picture_of(answer.comparison, answer.as_of) if _is_answer_of(turn, answer) else None
        return [Reply(text=RichText(title_of(answer.comparison)), file=file)] if file else None

    def _brief(self, person: Person, rest: str) -> list[Reply] | None:
        """A list of documents as a file."""
        language, _, words = rest.partition(":")
        lists = self._conversation.lists(person)
        if primary(language) in INTERFACE_LANGUAGES:
            lists = replace(lists, language=language)
        brief = brief_of(lists, words)
        return [brief_reply(brief)] if brief else None

    def _more(self, person: Person, answer_id: str) -> list[Reply] | None:
        turn = self._own_turn(person, answer_id)
        if turn is None:
            return None
        language = self._conversation.language(person)
        said = {document for document, _, _ in turn.citations}
        snapshot = self._live.current().retriever.snapshot
        body = bold(interface("more_heading", language))
        count = 0
        for passage in filter(None, map(snapshot.passage, turn.passages)):
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
        return [self._conversation.ask(person, turn.suggestions[int(number)])]

    def _turn_page(self, person: Person, rest: str) -> list[Reply] | None:
        letter, _, rest = rest.partition(":")
        number, _, words = rest.partition(":")
        lists = self._conversation.lists(person)
        kind = lists.kind(letter)
        if kind is None or not number.isdecimal():
            return None
        return [lists.page(kind, words, int(number), edits=True)]

    def _card(self, person: Person, rest: str) -> list[Reply] | None:
        letter, _, key = rest.partition(":")
        card = self._conversation.lists(person).card(letter, key)
        return [card] if card else None

    def _calendar(self, person: Person, key: str) -> list[Reply] | None:
        file = self._conversation.lists(person).calendar(key)
        return [file] if file else None

    def _watch(self, person: Person, rest: str) -> list[Reply] | None:
        return self._conversation.watching.press(person, self._conversation.lists(person), rest)

    def _await(self, person: Person, answer_id: str) -> list[Reply] | None:
        turn = self._own_turn(person, answer_id)
        if turn is None or not person.can_be_reminded:
            return None
        language, days = self._conversation.language(person), self._conversation.retention_days
        return [agreed(self._store, person, turn, language, days)]

    def _profile(self, person: Person, rest: str) -> list[Reply] | None:
        return self._conversation.profile.press(person, self._conversation.lists(person), rest)


def _below(turn: Turn) -> Below:
    return Below(
        answer_id=turn.answer_id,
        status=turn.status,
        cited={document for document, _, _ in turn.citations},
        passages=turn.passages,
        suggestions=turn.suggestions,
        file=turn.file or "",
    )


def _is_answer_of(turn: Turn, answer: Answer) -> bool:
    """Whether an answer quotes the same as that of a turn: documents change."""
    return (answer.status, quoted_of(answer)) == (turn.status, turn.citations)


def _plain_passage(text: str) -> str:
    """A passage without its headings and the marks before a table's rows."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    return "\n".join(line.removeprefix("| ") for line in lines)
