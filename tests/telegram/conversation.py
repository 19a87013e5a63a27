"""What people of a script do, what comes of it, and how that looks on a phone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.answers.reasons import AnswerStatus, Reason
from bot.texts import LANGUAGES, interface, text
from tests.telegram.conversation_script import Kind, Script, Turn
from tests.telegram.fake.model import Message
from tests.telegram.fake.people import User
from tests.telegram.fake.phone import COLUMNS, on_phone, wrapped
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.fake.waiting import ChatView

PATIENCE_S = 20.0
QUIET_S = 0.1
_LISTS = tuple(f"list_{name}" for name in ("events", "zones", "financing", "changes", "documents"))
_REFUSALS = tuple(
    f"no_answer_{reason}"
    for reason in Reason
    if reason.status in (AnswerStatus.NOT_IN_DOCUMENTS, AnswerStatus.UNCLEAR)
)
_SPOKEN = (*LANGUAGES, "zh-Hant")
_BLANK = "\0"
"""For the placeholders of a sentence, of which the words before the first one are compared."""
_OWN_INDENT = " " * 6
"""What people write themselves stands at the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of a turn, as it was then."""

    text: str = ""
    buttons: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    """As on a phone."""
    problem: str = ""
    """Why there is nothing, where something should have come."""

    @property
    def kind(self) -> Kind:
        if _is_answer(self.buttons):
            return "answer"
        if self.text.startswith(_openings(text, _REFUSALS)):
            return "refusal"
        return "list" if self.text.startswith(_openings(interface, _LISTS)) else "other"

    def faults(self, turn: Turn) -> list[str]:
        """What does not hold that must."""
        if self.problem:
            return [self.problem]
        found = (
            [f"is no {turn.kind} but: {self.kind}"] if turn.kind not in (None, self.kind) else []
        )
        found += [f"does not hold {each!r}" for each in turn.holds if not _in(each, self.text)]
        found += [f"holds {each!r}" for each in turn.never if _in(each, self.text)]
        below = "\n".join(self.buttons)
        return found + [f"has no button {each!r}" for each in turn.buttons if not _in(each, below)]


class Stage:
    """Everybody of the script on a test server."""

    def __init__(
        self, telegram: FakeTelegram, script: Script, files: Mapping[str, bytes] | None = None
    ) -> None:
        self.telegram = telegram
        self.files = files or {}
        self.people: dict[str, User] = {
            name: telegram.user(name, language_code=language)
            for name, language in script.people.items()
        }
        self.groups = {
            title: telegram.group(title, *(self.people[name] for name in members))
            for title, members in script.groups.items()
        }

    async def play(self, turn: Turn) -> Seen:
        """Do it, and wait for what comes of it."""
        seen_in = self._chat(turn.sees or turn.to or turn.who)
        try:
            if turn.types:
                return await self._typed(turn)
            if turn.who:
                for view in {seen_in, self._chat(turn.to or turn.who)}:
                    view.forget_unread()
                self._do(turn)
            return await self._come(turn, seen_in)
        except AssertionError as error:
            return Seen(problem=str(error).splitlines()[0])

    def _chat(self, name: str) -> ChatView:
        return self.groups.get(name) or self.people[name]

    def _do(self, turn: Turn) -> None:
        who, chat = self.people[turn.who], self._chat(turn.to or turn.who)
        more: dict[str, Any] = {"to": chat}
        if turn.replies:
            more["reply_to"] = chat.bot_messages[-1]
        match turn.action:
            case "says":
                who.sends(turn.says, **more)
            case "captions" | "sends" | "uploads":
                self._send_file(turn, who, more)
            case "forwards":
                who.forwards(turn.forwards, to=chat)
            case "changes":
                who.edits(_own(chat, who)[-1], turn.changes)
            case "presses":
                who.presses(turn.presses, message=_with_button(chat, turn.presses))

    def _send_file(self, turn: Turn, who: User, more: dict[str, Any]) -> None:
        if turn.uploads:
            who.sends_document(turn.uploads, self.files[turn.uploads])
        elif turn.captions:
            who.sends_photo(turn.captions, **more)
        else:
            getattr(who, f"sends_{turn.sends}")(**more)

    async def _come(self, turn: Turn, chat: ChatView) -> Seen:
        if turn.comes == "toast":
            shown = await chat.wait_for_toast(PATIENCE_S)
            return Seen(text=shown["text"], lines=tuple(wrapped(shown["text"])))
        if turn.comes == "nothing":
            await self.telegram.wait_until_idle(QUIET_S)
            unread = chat.unread()
            return Seen(problem=f"{unread[0]!r} came" if unread else "")
        wait = chat.wait_for_edit if turn.comes == "edit" else chat.wait_for_reply
        messages = [await wait(PATIENCE_S)]
        if turn.comes == "message":  # a long one comes in several, its buttons below the last
            await self.telegram.wait_until_idle(QUIET_S)
            messages += chat.unread()
        return Seen(
            text="\n".join(message.text for message in messages),
            buttons=tuple(messages[-1].buttons),
            lines=tuple(line for message in messages for line in on_phone(message)),
        )

    async def _typed(self, turn: Turn) -> Seen:
        query = self.telegram.types_inline(self.people[turn.who], turn.types)
        results = await query.wait_for_results(PATIENCE_S)
        if bool(results) == (turn.comes == "nothing"):
            return Seen(problem=f"{len(results)} results came")
        offered = [f"{each['title']}\n{each['description']}" for each in results]
        said = [each["message"]["text"] for each in results]
        return Seen(
            text="\n".join([*offered, *said]),
            lines=tuple(line for each in offered for line in wrapped(each)),
        )


def transcript(script: Script, seen: list[Seen], about: str) -> str:
    """All of it, forty columns wide; lines of `structure` begin with a rule."""
    lines = wrapped(about)
    after = iter(zip(script.turns, seen, range(1, len(seen) + 1), strict=True))
    for scene in script.scenes:
        lines += ["", "═" * COLUMNS, *wrapped(scene.scene), "═" * COLUMNS]
        for _ in scene.turns:
            turn, came, number = next(after)
            lines += ["", *_done(turn, number), _came(turn, came), *came.lines]
    return "\n".join(lines) + "\n"


def structure(shown: str) -> list[str]:
    """Who does what, and what kind of thing comes of it, without its words."""
    return [line for line in shown.split("\n") if line.startswith("── ")]


def _done(turn: Turn, number: int) -> Iterator[str]:
    if not turn.who:
        return
    where = f" → {turn.to}" if turn.to else ""
    doing = {"says": "", "types": " @", "sends": f" <{turn.sends}>", "captions": " <photo>"}
    doing["uploads"] = " <document>"
    done = doing.get(turn.action, f" {turn.action}")
    yield f"── {number} {turn.who}{where}{' replies' if turn.replies else ''}{done}"
    said = "" if turn.sends else getattr(turn, turn.action)
    said = f"[{said}]" if turn.presses else said
    for line in wrapped(said, COLUMNS - len(_OWN_INDENT)) if said else ():
        yield _OWN_INDENT + line


def _came(turn: Turn, seen: Seen) -> str:
    where = f" → {turn.sees}" if turn.sees else ""
    what = turn.comes if turn.comes in ("toast", "results", "nothing") else seen.kind
    edited = " (edited)" if turn.comes == "edit" else ""
    return f"── SME bot{where}: {what}{edited}"


def _own(chat: ChatView, who: User) -> list[Message]:
    return [message for message in chat.messages if message.sender["id"] == who.id]


def _with_button(chat: ChatView, label: str) -> Message:
    """The newest message with a button that has these words."""
    for message in reversed(chat.messages):
        if any(label in button for button in message.buttons):
            return message
    raise AssertionError(f"no message has a button {label!r}")


def _in(wanted: str | tuple[str, ...], shown: str) -> bool:
    any_of = (wanted,) if isinstance(wanted, str) else wanted
    return any(each.casefold() in shown.casefold() for each in any_of)


def _is_answer(buttons: tuple[str, ...]) -> bool:
    """Only below an answer can be voted."""
    votes = {interface("helpful", language) for language in _SPOKEN}
    return any(button.removeprefix("✓ ") in votes for button in buttons)


@cache
def _openings(say: Callable[..., str], keys: tuple[str, ...]) -> tuple[str, ...]:
    """How sentences begin, in every language."""
    blank = dict.fromkeys(("question", "note", "filter", "total"), _BLANK)
    return tuple(
        say(key, language, **blank).partition(_BLANK)[0] for key in keys for language in _SPOKEN
    )
