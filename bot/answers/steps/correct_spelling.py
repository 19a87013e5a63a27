"""Corrects words that no document has: slips of the finger, and names typed in pinyin."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.spelling import mended


def correct_spelling(case: Case, tools: Tools) -> Case:
    """Correct the question."""
    question = mended(case.question, tools.retriever, tools.glossary)
    is_corrected = question.text != case.question.text
    return replace(
        case,
        question=question,
        language=question.language,
        changed=f"read as {question.text!r}" if is_corrected else "",
    )
