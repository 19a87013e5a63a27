"""An answer as it should be -> a new check, in a file of its own in the folder of checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.answers.answerer import Answerer
from bot.answers.reasons import AnswerStatus
from bot.checks.loading import parse_checks
from bot.checks.running import run_checks, says
from bot.checks.values import Check, Kind
from bot.errors import CheckFileError
from index import Document, Remark
from index.durable import replace_text
from index.shipped import HOW_TO_OWN, is_shipped
from index.validation import explain

FOLDER = "added"
"""Of the checks that come from answers, in the first folder of checks."""
_ID_CHARS = 8
"""So much of an answer's id tells its check from others."""
_MOST_QUOTES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked, as a check asks it again."""

    answer_id: str
    question: str
    history: Sequence[str]
    language: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a good answer is, in the words of somebody who knows."""

    status: AnswerStatus
    cite: Sequence[str] = ()
    """Documents that must be cited, without language."""
    say: Sequence[str] = ()
    """Quotes that must stand in it."""
    topic: str | None = None


def as_answered(
    status: str,
    quoted: Sequence[Sequence[Any]],
    text: str,
    documents: Mapping[str, Document],
) -> Expected:
    """An answer was right: as it was, it should stay.

    Args:
        status: How it ended.
        quoted: [document id, start, end] of each quote.
        text: Of the answer: quotes that do not stand in it, as in lists, are not demanded.
        documents: As they are now, by id.

    Raises:
        CheckFileError: All that it quotes is gone.
    """
    known = [(documents[name], *span) for name, *span in quoted if name in documents]
    if quoted and not known:
        text = "the documents that it quotes are gone: name what it should cite now"
        raise CheckFileError(Remark.of("quoted_gone", text))
    quotes = dict.fromkeys(document.text[start:end].strip() for document, start, end in known)
    said = [quote for quote in quotes if quote and says(text, quote)]
    cite = tuple(dict.fromkeys(document.stem for document, *_ in known))
    topic = known[0][0].metadata.topic if known else None
    return Expected(
        status=AnswerStatus(status), cite=cite, say=tuple(said[:_MOST_QUOTES]), topic=topic
    )


def citing(document: Document | None) -> Expected:
    """An answer should cite a document.

    Raises:
        CheckFileError: It is gone.
    """
    if document is None:
        raise CheckFileError(Remark.of("document_gone", "the document is gone: name another one"))
    status, topic = AnswerStatus.ANSWERED, document.metadata.topic
    return Expected(status=status, cite=(document.stem,), topic=topic)


def draft(asked: Asked, expected: Expected, answerer: Answerer) -> Check:
    """The check that wants this of an answer; marked as a known failure if it fails today.

    Raises:
        CheckFileError: No check can say so, as where a document does not exist.
    """
    try:
        check = Check(
            id=check_id(asked.answer_id),
            question=asked.question,
            language=asked.language,
            topic=expected.topic,
            kind=Kind.FOLLOW_UP if asked.history else Kind.FACT,
            status=(expected.status,),
            cite=tuple(expected.cite),
            say=tuple((quote,) for quote in expected.say),
            history=tuple(asked.history),
            as_of=asked.as_of,
        )
    except ValidationError as error:
        raise CheckFileError(explain(error, Check)) from error
    (outcome,) = run_checks([check], answerer)
    if outcome.slip:
        raise CheckFileError(outcome.slip)
    if outcome.faults:
        return check.model_copy(update={"expected_failure": "; ".join(map(str, outcome.faults))})
    return check


def check_id(answer_id: str) -> str:
    """What the check of an answer is called."""
    return f"asked-{answer_id[:_ID_CHARS]}"


def path_of(answer_id: str, folders: Sequence[Path]) -> Path:
    """Where the check of an answer lies, or would lie."""
    return folders[0] / FOLDER / f"{check_id(answer_id)}.yaml"


def written(check: Check) -> str:
    """A check as its file says it."""
    given = check.model_dump(exclude_defaults=True)
    entry = {key: _plain(value) for key, value in given.items()}
    return yaml.safe_dump({"checks": [entry]}, allow_unicode=True, sort_keys=False, width=100)


def add(check: Check, answer_id: str, folders: Sequence[Path]) -> Path:
    """Write a check into its file, whole or not at all; returns the file.

    Raises:
        CheckFileError: It is there already, or cannot be written, or the folder is the program's.
    """
    path, text = path_of(answer_id, folders), written(check)
    if is_shipped(path):
        raise CheckFileError(f"{path.parent}: {HOW_TO_OWN}")
    if path.exists():
        text = "{path}: the answer is a check already: change that file"
        raise CheckFileError(Remark.of("check_exists", text, path=path))
    if parse_checks(text, path) != [check]:
        text = "{path}: the check would be read as another one: write it by hand"
        raise CheckFileError(Remark.of("check_misread", text, path=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, text)
    except OSError as error:
        text = (
            "{path}: cannot be written ({reason}): give the user who runs smebot the "
            "right to write there, or set SMEBOT_CHECK_DIRS"
        )
        remark = Remark.of("check_unwritten", text, path=path, reason=error.strerror)
        raise CheckFileError(remark) from error
    return path


def _plain(value: Any) -> Any:
    """As YAML has it: lists for tuples, one value for a list of one, words for enumerations."""
    if isinstance(value, tuple):
        return [_plain(each[0] if _is_single(each) else each) for each in value]
    return value if isinstance(value, date) else str(value)


def _is_single(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 1
