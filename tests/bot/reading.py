"""Reads questions as the first steps do, without an index."""

from collections.abc import Sequence
from datetime import date

from bot.answers.cleaning import cleaned
from bot.answers.question import Question, analysed, completed, detected_language
from index.language import to_simplified


def read_question(
    raw: str, today: date, history: Sequence[str] = (), language: str | None = None
) -> Question:
    """A message as it stands: cleaned, in its language, analysed."""
    result = cleaned(raw)
    language = language or detected_language(result.text, history, "zh")
    text = to_simplified(result.text) if language == "zh-Hant" else result.text
    return analysed(text, "", language, today, was_cut=result.was_cut)


def read_completed(
    raw: str,
    today: date,
    history: Sequence[str] = (),
    language: str | None = None,
) -> Question:
    """A message behind all turns before it, unless it says that it starts anew."""
    question = read_question(raw, today, history, language)
    before = "" if cleaned(raw).starts_anew else " ".join(history)
    return completed(question, before, today)
