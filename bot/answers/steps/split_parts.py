"""Splits a message into the questions that it asks."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.case import Case, Tools
from bot.answers.clauses import compares, is_question
from bot.answers.question import (
    WORDS_ALONE,
    Question,
    analysed,
    content_words,
    leans_on_earlier,
    without,
)
from bot.answers.small_talk import ready_reply
from index import Glossary
from index.glossary import EntryKind, aligned
from index.times import EDITION, YEAR, years_in

_MOST_QUESTIONS = 4
"""Of more questions than that in one message the first ones are answered."""
_MOST_PARTS = 4
"""Of more years or editions than that the first ones are looked up."""
_QUESTION_END = re.compile(r"(?<=[？?；;؟])")
_PART_OF_YEAR = re.compile(r"春季|秋季|上半年|下半年|\b(?:spring|autumn)\b", re.IGNORECASE)


def split_parts(case: Case, tools: Tools) -> Case:
    """One part for each question, and for each year, edition or thing that one compares."""
    whole = analysed(case.text, "", case.language, case.today, was_cut=case.was_cut)
    parts = focused(whole, case.today)
    if len(parts) == 1:
        parts = compared(whole, tools.glossary, case.today)
    cases = tuple(
        replace(
            case,
            part=number,
            is_only_part=len(parts) == 1,
            label=part.label,
            asked=part.asked,
            question=part,
            history=(*case.history, *_before(part, parts)),
        )
        for number, part in enumerate(parts, 1)
    )
    texts = " | ".join(part.search_text for part in parts)
    changed = f"{len(parts)} parts: {texts}" if len(parts) > 1 else "one part"
    asks_too_much = len(_questions(case.text)) > _MOST_QUESTIONS
    return replace(case, parts=cases, asks_too_much=asks_too_much, changed=changed)


def _before(part: Question, parts: Sequence[Question]) -> list[str]:
    """The questions of the same message before one that leans on them."""
    asked = list(dict.fromkeys(part.asked for part in parts))
    return asked[: asked.index(part.asked)] if leans_on_earlier(part.asked) else []


def focused(question: Question, today: date) -> list[Question]:
    """The questions that one message asks: each sentence, each year, season or edition named."""
    questions = _questions(question.text)
    sentences = questions or _sentences(question.text)
    if len(sentences) == 1:
        return _by_number(question, today)
    head = before = question.search_text.removesuffix(question.text).strip()
    parts = []
    for sentence in sentences[:_MOST_QUESTIONS]:
        goes_on_from = head if questions and leans_on_earlier(sentence) else ""
        earlier = goes_on_from or before
        part = analysed(
            sentence,
            f"{earlier} " if earlier else "",
            question.language,
            today,
            was_cut=False,
            label=sentence,
            asked=sentence if questions else "",
        )
        parts += _by_number(part, today)
        goes_on = years_in(sentence, today) - years_in(before, today)
        before = sentence if goes_on else ""  # "And exports?" is of the year just named
        head = goes_on_from or sentence
    return parts


def _questions(text: str) -> list[str]:
    """The questions in a text that has several and nothing else; else none."""
    found: list[str] = []
    for sentence in _parts_of(text):
        if found and not content_words(sentence):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found.append(sentence)
    ask = all(is_question(sentence) and not ready_reply(sentence) for sentence in found)
    return found if len(found) > 1 and ask else []


def _sentences(text: str) -> list[str]:
    """The sentences of a text; one that says too little alone stays with the one before."""
    found: list[str] = []
    for sentence in _parts_of(text):
        alone = content_words(found[-1]) if found else ()
        if found and (leans_on_earlier(sentence) or len(alone) < WORDS_ALONE):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found.append(sentence)
    return found or [text]


def _parts_of(text: str) -> list[str]:
    return list(filter(None, map(str.strip, _QUESTION_END.split(text))))


def _by_number(question: Question, today: date) -> list[Question]:
    for pattern, count in (
        (EDITION, len(question.editions)),
        (YEAR, len(question.years)),
        (_PART_OF_YEAR, _MOST_PARTS),
    ):
        tokens = list(dict.fromkeys(m[0] for m in pattern.finditer(question.search_text)))
        if count > 1 and len(tokens) > 1:
            return [
                analysed(
                    without(question.search_text, [t for t in tokens if t != token]),
                    "",
                    question.language,
                    today,
                    was_cut=False,
                    label=token,
                    asked=question.asked,
                )
                for token in tokens[:_MOST_PARTS]
            ]
    return [question]


def compared(question: Question, glossary: Glossary, today: date) -> list[Question]:
    """The same question of each thing that it compares, where it compares things of one kind."""
    if not compares(question):
        return [question]
    things: dict[str, dict[str, list[str]]] = {}
    text = aligned(question.search_text)
    for mention in glossary.mentions(question.search_text):
        if mention.entry.kind is EntryKind.WORD:
            continue
        forms = things.setdefault(mention.entry.kind, {}).setdefault(mention.entry.id, [])
        forms.append(text[mention.start : mention.end])
    for alike in things.values():
        if len(alike) > 1:
            return [
                analysed(
                    without(text, [f for o in alike.values() if o is not forms for f in o]),
                    "",
                    question.language,
                    today,
                    was_cut=False,
                    label=forms[0],
                )
                for forms in list(alike.values())[:_MOST_PARTS]
            ]
    return [question]
