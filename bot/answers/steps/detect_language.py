"""Finds out in which language a message is, and so its answer."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.question import clean
from index import UNKNOWN, language_of


def detect_language(case: Case, _tools: Tools) -> Case:
    """Detect the language of the message; one without letters is in that of the turns before."""
    if case.language:
        return replace(case, changed=f"{case.language}, as given")
    texts = (case.text, *map(clean, reversed(case.history)))
    known = (language_of(text) for text in texts)
    language = next((found for found in known if found != UNKNOWN), case.usual_language)
    return replace(case, language=language, changed=language)
