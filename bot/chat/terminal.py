"""The same conversation in a terminal; without one, a line of standard input is a question."""

import locale
import sys
from pathlib import Path

from bot.answers.rendering import render
from bot.answers.values import Answer
from bot.chat.answer_view import answer_rows, below, further
from bot.chat.buttons import Buttons
from bot.chat.conversation import Conversation
from bot.chat.person import AT_TERMINAL, Person
from bot.chat.replies import Button, Reply, plain
from bot.chat.rich_text import RichText
from bot.texts import interface, text


def show_answer(answer: Answer, language: str, apology: str = "") -> Reply:
    """An answer with its sources in full, because a terminal folds nothing."""
    shown = apology + render(answer) + further(answer)
    return Reply(text=RichText(shown), rows=answer_rows(below(answer), language))


def converse(conversation: Conversation, language: str | None = None) -> None:
    """Answer line after line until the input ends.

    Args:
        conversation: With `show_answer`.
        language: Of questions and answers; found out if not given.
    """
    is_person = sys.stdin.isatty()
    code = language or locale.getlocale()[0] or ""
    person = Person(
        user_id=AT_TERMINAL, chat_id=AT_TERMINAL, telegram_language=code.replace("_", "-")
    )
    if is_person:
        for code in ("zh", "en"):
            print(text("small_talk_greeting", code), interface("terminal_hint", code), sep="\n")
    offered: list[Button] = []
    while (line := _next_line(is_person)) is not None:
        line = line.strip()
        if not line:
            continue
        replies = _replies(conversation, person, line, offered, language)
        for reply in replies:
            _print(reply)
        rows = (row for reply in replies for row in reply.rows)
        buttons = [button for row in rows for button in row if button.data]
        if is_person and buttons:
            offered = buttons
            print("  ".join(f"({n}) {button.label}" for n, button in enumerate(buttons, 1)))
        if not is_person:
            print(flush=True)


def _replies(
    conversation: Conversation,
    person: Person,
    line: str,
    offered: list[Button],
    language: str | None,
) -> list[Reply]:
    if line.isdecimal() and 1 <= int(line) <= len(offered):
        return Buttons(conversation).press(person, offered[int(line) - 1].data or "")
    if line.startswith("/"):
        name, _, words = line[1:].partition(" ")
        reply = conversation.command(person, name.lower(), words)
        unknown = interface("unknown_command", conversation.language(person))
        return [reply or plain(unknown)]
    return [conversation.ask(person, line, answer_language=language)]


def _print(reply: Reply) -> None:
    print(reply.text.text or reply.toast)
    if reply.file:
        path = Path(reply.file.name)
        path.write_bytes(reply.file.content)
        print(f"→ {path}")


def _next_line(is_person: bool) -> str | None:
    try:
        return input("\n> ") if is_person else _read_line()
    except EOFError:
        return None


def _read_line() -> str | None:
    line = sys.stdin.buffer.readline()
    return line.decode("utf-8", "replace").rstrip("\r\n") if line else None
