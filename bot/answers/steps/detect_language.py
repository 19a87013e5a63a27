"""Finds out in which language a message is, and so its answer."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.question import detected_language
from index.language import to_simplified


def detect_language(case: Case, _tools: Tools) -> Case:
    """Detect the language of the message; one without letters is in that of the turns before.

    Traditional Chinese is read as simplified from here on, as documents are.
    """
    language = case.language or detected_language(case.text, case.history, case.usual_language)
    text = to_simplified(case.text) if language == "zh-Hant" else case.text
    return replace(case, language=language, text=text, changed=language)
