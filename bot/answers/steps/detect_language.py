"""Finds out in which language a message is, and so its answer."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.cleaning import clean
from index import UNKNOWN, language_of, to_simplified


def detect_language(case: Case, _tools: Tools) -> Case:
    """Detect the language of the message; one without letters is in that of the turns before.

    Traditional Chinese is read as simplified from here on, as documents are.
    """
    language = case.language or _detected(case)
    text = to_simplified(case.text) if language == "zh-Hant" else case.text
    return replace(case, language=language, text=text, changed=language)


def _detected(case: Case) -> str:
    texts = (case.text, *map(clean, reversed(case.history)))
    known = (language_of(text) for text in texts)
    return next((found for found in known if found != UNKNOWN), case.usual_language)
