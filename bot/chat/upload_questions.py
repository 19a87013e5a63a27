"""What is asked about a file for the corpus, one message each, and the card that sums it up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Self

from bot.chat.replies import Button, Reply, in_full, plain
from bot.dates import written
from bot.store.models import Upload
from bot.texts import interface
from index import PartialDate, Topic
from index.dates import dates_in

PRESS = "up:"
"""Begins the data of all buttons of uploads."""
REPLACES, TITLE, TOPIC, PUBLISHER = "replaces", "title", "topic", "publisher"
PUBLISHED, VALID_UNTIL = "published", "valid_until"
QUESTIONS = (REPLACES, TITLE, TOPIC, PUBLISHER, PUBLISHED, VALID_UNTIL)
"""In their order."""
SKIPPED, ADD, DROP, RESTART, VERSION = "-", "add", "drop", "restart", "version"
WITHDRAW = "withdraw"
"""What buttons carry beside the number of a guess."""
QUESTION_MARKS = ("?", "？", "؟")
"""What ends so is asked of the bot, and is nothing about a file."""
_TYPED_CHARS = 200
_NUMBERS = re.compile(r"(\d{4})(?:[-/.](\d\d?))?(?:[-/.](\d\d?))?")
"""2026-03-01, and 2026.3.1 as many write it."""

_NAMES_SOMEBODY = re.compile(r"[^\W\d_年月日号號]")
"""A letter that is no part of a date, which is often typed one question too early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """What a file seems to be, best first; kept with it as JSON."""

    title: list[str] = field(default_factory=list)
    topic: list[str] = field(default_factory=list)
    publisher: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    valid_until: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    """Stems of documents that it is like."""
    titles_of_those: list[str] = field(default_factory=list)
    seems_newer: bool = False
    """Whether it is so like the first of them that it may be a new version."""
    language: str
    documents: int
    """How many the file holds."""
    beginning: str
    encoding: str = ""
    """Which one was assumed."""
    notes: list[str] = field(default_factory=list)
    describes_itself: bool = False

    @classmethod
    def of(cls, upload: Upload) -> Self:
        """Those that are kept with a file."""
        names = {each.name for each in fields(cls)}
        return cls(**{name: said for name, said in upload.guesses.items() if name in names})

    def of_question(self, question: str) -> list[str]:
        """What may be the answer to one."""
        found: list[str] = getattr(self, question)
        return found


def open_question(upload: Upload) -> str | None:
    """The one that is to be answered next; None if nothing is left to ask."""
    guesses, answers = Guesses.of(upload), upload.answers
    needless = set(QUESTIONS[1:] if guesses.describes_itself else ())
    if not guesses.seems_newer:
        needless.add(REPLACES)
    if guesses.documents > 1:  # each has a title of its own
        needless.add(TITLE)
    if answers.get(REPLACES):
        needless.add(TOPIC)
    return next((each for each in QUESTIONS if each not in answers and each not in needless), None)


def shown(upload: Upload, language: str) -> Reply:
    """The next question, or the card when all are answered."""
    question = open_question(upload)
    reply = ask(upload, question, language) if question else _card(upload, language)
    return replace(reply, is_question=True)


def ask(upload: Upload, question: str, language: str) -> Reply:
    """One question, with a button for each guess."""
    labels = _labels(upload, question, language)
    buttons = [
        (Button(label, _data(upload, question, str(number))),)
        for number, label in enumerate(labels)
    ]
    pairs = tuple(zip(buttons[::2], buttons[1::2], strict=False)) if question == TOPIC else ()
    rows = [(*one, *other) for one, other in pairs] or buttons
    leave = Button(interface("upload_discard", language), _data(upload, DROP))
    skip = Button(interface(_skip_key(question), language), _data(upload, question, SKIPPED))
    text = interface(f"upload_ask_{question}", language)
    return plain(f"📄 {upload.name}\n{text}{in_full(labels)}", (*rows, (skip, leave)))


def _skip_key(question: str) -> str:
    """What it means to leave a question out."""
    keys = {
        REPLACES: "upload_separate",
        PUBLISHER: "upload_internal",
        VALID_UNTIL: "upload_no_end",
    }
    return keys.get(question, "profile_skip")


def _labels(upload: Upload, question: str, language: str) -> list[str]:
    guesses = Guesses.of(upload)
    if question == REPLACES:
        return guesses.titles_of_those
    return [said_of(question, guess, language) for guess in guesses.of_question(question)]


def said_of(question: str, answer: str, language: str) -> str:
    """An answer as people read it."""
    if question == TOPIC:
        return interface(f"topic_{answer}", language)
    if question in (PUBLISHED, VALID_UNTIL):
        return written(PartialDate.parse(answer), language)
    return answer


def read_words(question: str, words: str, today: date) -> str | None:
    """What somebody typed as the answer to a question; None if it is none."""
    words = " ".join(words.split())
    if question in (TITLE, PUBLISHER):
        is_name = question == TITLE or _NAMES_SOMEBODY.search(words)
        return words if is_name and 0 < len(words) <= _TYPED_CHARS else None
    if question not in (PUBLISHED, VALID_UNTIL):
        return None
    day = _day(words)
    is_too_late = question == PUBLISHED and day is not None and day.first > today
    return None if day is None or is_too_late else day.text


def why_not_taken(question: str, words: str) -> str:
    """Key of the text that tells why typed words are no answer to a question."""
    if question == PUBLISHER and not _NAMES_SOMEBODY.search(words):
        return "upload_no_publisher"
    return "upload_no_title" if question in (TITLE, PUBLISHER) else "upload_no_date"


def takes_words(question: str | None) -> bool:
    """Whether the answer to a question may be typed."""
    return question in (TITLE, PUBLISHER, PUBLISHED, VALID_UNTIL)


def _day(words: str) -> PartialDate | None:
    numbers = _NUMBERS.fullmatch(words)
    if numbers:
        parts = (part.zfill(2) for part in numbers.groups() if part)
        try:
            return PartialDate.parse("-".join(parts))
        except ValueError:  # no such day
            return None
    found = dates_in(words)
    if not found:
        return None
    first, last = found[0]
    forms = (f"{first:%Y-%m-%d}", f"{first:%Y-%m}", f"{first:%Y}")
    days = (PartialDate.parse(form) for form in forms)
    return next((day for day in days if (day.first, day.last) == (first, last)), None)


def answered(upload: Upload, question: str, value: str) -> str | None:
    """The answer that a button stands for: empty where it skips; None if it is no such button."""
    guesses = Guesses.of(upload).of_question(question)
    if value == SKIPPED:  # a document must lie somewhere, and be called something
        return guesses[0] if question in (TITLE, TOPIC) and guesses else ""
    if value.isdecimal() and int(value) < len(guesses):
        return guesses[int(value)]
    return None


def answered_line(upload: Upload, question: str, language: str) -> str:
    """What was answered, in the place of the question."""
    name = interface(f"upload_item_{question}", language)
    said = _said(upload, question, language)
    return interface("profile_line", language, name=name, said=said)


def _said(upload: Upload, question: str, language: str) -> str:
    answer = upload.answers.get(question, "")
    if not answer:
        key = _skip_key(question)
        return interface("profile_unsaid" if key == "profile_skip" else key, language)
    guesses = Guesses.of(upload)
    if question == REPLACES and answer in guesses.replaces:
        return guesses.titles_of_those[guesses.replaces.index(answer)]
    return said_of(question, answer, language)


def _card(upload: Upload, language: str) -> Reply:
    """All that is known, to be looked at before it is added."""
    guesses = Guesses.of(upload)
    lines = [f"📄 {upload.name}"]
    asked = [each for each in QUESTIONS if each in upload.answers]
    if upload.answers.get(REPLACES) and TOPIC in asked:  # that of the other
        asked.remove(TOPIC)
    lines += [answered_line(upload, each, language) for each in asked]
    if guesses.documents > 1:
        lines.append(interface("upload_several", language, count=guesses.documents))
    if guesses.encoding:
        lines.append(interface("upload_encoding", language, encoding=guesses.encoding))
    lines += [f"· {note}" for note in guesses.notes]
    beginning = interface("upload_beginning", language, text=guesses.beginning)
    text = "\n".join([*lines, "", beginning, "", interface("upload_check", language)])
    return plain(text, tuple(_choices(upload, guesses, language)))


def _choices(upload: Upload, guesses: Guesses, language: str) -> Iterator[tuple[Button, ...]]:
    add = Button(interface("upload_add", language), _data(upload, ADD))
    yield (add, Button(interface("upload_discard", language), _data(upload, DROP)))
    if guesses.replaces and not upload.answers.get(REPLACES):
        yield (Button(interface("upload_version", language), _data(upload, VERSION)),)
    if upload.answers:
        yield (Button(interface("upload_restart", language), _data(upload, RESTART)),)


def _data(upload: Upload, action: str, value: str = "") -> str:
    return f"{PRESS}{upload.id}:{action}:{value}"


def topics(likely: Sequence[str]) -> list[str]:
    """All topics, the likely ones first."""
    return [*dict.fromkeys((*likely, *(topic.value for topic in Topic)))]


def as_json(guesses: Guesses) -> dict[str, Any]:
    """As they are kept."""
    return {each.name: getattr(guesses, each.name) for each in fields(guesses)}
