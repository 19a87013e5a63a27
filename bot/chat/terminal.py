"""The conversation in a terminal; without one, a line of standard input is a question."""

import sys
from datetime import date

from bot.answers.answerer import Answerer
from bot.answers.rendering import render
from bot.texts import text

_TURNS = 3
"""How many earlier turns a follow-up may lean on."""


def converse(answerer: Answerer, today: date, language: str | None = None) -> None:
    """Answer line after line until the input ends."""
    is_person = sys.stdin.isatty()
    if is_person:
        print(text("small_talk_greeting", language or "zh"))
        print(text("small_talk_greeting", "en"))
        print("(Ctrl-D: 结束 / end)")
    history: list[str] = []
    while (line := _next_line(is_person)) is not None:
        if not line.strip():
            continue
        answer = answerer.answer(line, today=today, history=history[-_TURNS:], language=language)
        print(render(answer), end="\n\n", flush=True)
        history.append(line)


def _next_line(is_person: bool) -> str | None:
    try:
        return input("\n> ") if is_person else _read_line()
    except EOFError:
        return None


def _read_line() -> str | None:
    line = sys.stdin.buffer.readline()
    return line.decode("utf-8", "replace").rstrip("\r\n") if line else None
