"""Asks the Answerer what the checks ask, and compares."""

import re
from collections.abc import Callable, Collection, Sequence

from bot.answers.answerer import Answerer
from bot.answers.values import Answer
from bot.checks.values import Check, CheckOutcome
from index import letters_of, meant, numbers_in, to_simplified

_WORD = re.compile(r"[^\W\d_]+")
_UNITS = set("million billion trillion thousand usd cny eur 万 亿 万亿 美元 元 人民币".split())


def run_checks(
    checks: Sequence[Check],
    answerer: Answerer,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[CheckOutcome]:
    """Run checks in order, each on the day it names."""
    documents = answerer.retriever.snapshot.versions.keys()
    outcomes = []
    for done, check in enumerate(checks, 1):
        answer = answerer.answer(check.question, today=check.as_of, history=check.history)
        outcomes.append(
            CheckOutcome(
                check=check,
                answer=answer,
                faults=tuple(_faults(check, answer)),
                slip=_slip(check, documents),
            )
        )
        progress(done, len(checks))
    return outcomes


def _slip(check: Check, documents: Collection[str]) -> str:
    """Says that a check demands a document that does not exist; empty if all of them do."""
    for stem in (*check.cite, *check.cite_any):
        if stem not in documents:
            hint = meant(stem, documents) or "write TOPIC/NAME, without language and ending"
            return f"the check names no document: {stem!r}: {hint}"
    return ""


def _faults(check: Check, answer: Answer) -> list[str]:
    faults = []
    if answer.status not in check.status:
        faults.append(f"status {answer.status}, wanted {' or '.join(check.status)}")
    if answer.language != check.language:
        faults.append(f"language {answer.language}, wanted {check.language}")
    cited = {citation.document.stem for citation in answer.citations}
    if answer.citations or answer.status in check.status:
        missing = [stem for stem in check.cite if stem not in cited]
        if missing and _must_cite(check, answer):
            faults.append(f"not cited: {', '.join(missing)}")
        if check.cite_any and _must_cite(check, answer) and not cited & set(check.cite_any):
            faults.append(f"none cited of: {', '.join(check.cite_any)}")
    if _must_cite(check, answer):
        faults += [
            f"not said: {' / '.join(wanted)}"
            for wanted in check.say
            if not any(says(answer.text, text) for text in wanted)
        ]
    faults += [f"said: {text}" for text in check.never_say if says(answer.text, text)]
    return faults


def _must_cite(check: Check, answer: Answer) -> bool:
    """Where a check allows several statuses, what to cite and say is meant for an answer."""
    return bool(answer.citations) or len(check.status) == 1


def says(text: str, wanted: str) -> bool:
    """Whether a text says something: the same letters, or the same numbers by value and words.

    A sign that is no letter, such as "@", must stand there itself.
    """
    if not letters_of(wanted):
        return wanted in text
    if letters_of(wanted) in letters_of(text):
        return True
    numbers = numbers_in(wanted)
    if not numbers or not numbers <= numbers_in(text):
        return False
    folded = to_simplified(text).casefold()
    names = set(_WORD.findall(to_simplified(wanted).casefold()))
    return all(word in folded for word in names - _UNITS)
