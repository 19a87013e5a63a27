"""Asks the Answerer what the checks ask, and compares."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from bot.answers.answerer import Answerer
from bot.answers.values import Answer
from bot.checks.values import Check, CheckOutcome
from index import Remark
from index.language import letters_of, to_simplified
from index.numbers import numbers_in
from index.validation import meant

_WORD = re.compile(r"[^\W\d_]+")
_UNITS = set("million billion trillion thousand usd cny eur 万 亿 万亿 美元 元 人民币".split())


_AS_NAMED = "write TOPIC/NAME, without language and ending, and build the index where it is new"


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


def _slip(check: Check, documents: Collection[str]) -> Remark | None:
    """Says that a check demands a document that does not exist; None if all of them do."""
    for stem in (*check.cite, *check.cite_any):
        if stem not in documents:
            hint = meant(stem, documents) or _AS_NAMED
            text = "the check names no document: '{document}': {hint}"
            return Remark.of("no_such_document", text, document=stem, hint=hint)
    return None


def _faults(check: Check, answer: Answer) -> Iterator[Remark]:
    if answer.status not in check.status:
        text, wanted = "status {status}, wanted {wanted}", " / ".join(check.status)
        yield Remark.of("other_status", text, status=answer.status, wanted=wanted)
    if answer.language != check.language:
        text, found = "language {language}, wanted {wanted}", answer.language
        yield Remark.of("answer_language", text, language=found, wanted=check.language)
    if _must_cite(check, answer):
        if answer.citations or answer.status in check.status:
            yield from _uncited(check, answer)
        yield from _unsaid(check, answer)
    for words in check.never_say:
        if says(answer.text, words):
            yield Remark.of("said", "said: {words}", words=words)


def _uncited(check: Check, answer: Answer) -> Iterator[Remark]:
    cited = {citation.document.stem for citation in answer.citations}
    missing = [stem for stem in check.cite if stem not in cited]
    if missing:
        yield Remark.of("not_cited", "not cited: {documents}", documents=", ".join(missing))
    if check.cite_any and not cited & set(check.cite_any):
        documents = ", ".join(check.cite_any)
        yield Remark.of("none_cited", "none cited of: {documents}", documents=documents)


def _unsaid(check: Check, answer: Answer) -> Iterator[Remark]:
    for forms in check.say:
        if not any(says(answer.text, form) for form in forms):
            yield Remark.of("not_said", "not said: {words}", words=" / ".join(forms))


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
