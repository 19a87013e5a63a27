"""Real questions to measure with: those of the canned checks, or of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.answerer import Answerer
from bot.answers.values import Answer
from bot.batch import Fault, lines_of
from bot.checks.loading import load_checks
from bot.errors import InputError
from bot.settings import BotSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A message and what stands around it."""

    text: str
    today: date
    history: tuple[str, ...] = ()

    def ask(self, answerer: Answerer) -> Answer:
        """Ask it as a user does, whose language is found out."""
        return answerer.answer(self.text, today=self.today, history=self.history)


def read_questions(
    settings: BotSettings, source: str | None, most: int, today: date
) -> list[Question]:
    """Questions evenly spread over all there are, so that every topic and language is among them.

    Args:
        settings: Which checks are there.
        source: A file as `smebot ask --batch` takes it; the canned checks if left out.
        most: How many are wanted.
        today: For lines of the file without `as_of`.

    Raises:
        CheckFileError: The checks are not sound.
        InputError: The file is not sound, or holds no question.
    """
    return spread_out(_of_file(source, today) if source else _of_checks(settings), most)


def spread_out(questions: Sequence[Question], most: int) -> list[Question]:
    """No more than so many, taken from all over the list."""
    step = max(1.0, len(questions) / most)
    return [questions[int(number * step)] for number in range(min(most, len(questions)))]


def _of_checks(settings: BotSettings) -> list[Question]:
    return [
        Question(text=check.question, today=check.as_of, history=check.history)
        for check in load_checks(settings.check_dirs)
    ]


def _of_file(source: str, today: date) -> list[Question]:
    found = []
    for line in lines_of(source):
        if isinstance(line, Fault):
            raise InputError(line.text)
        found.append(Question(text=line.text, today=line.as_of or today, history=line.history))
    if not found:
        raise InputError(f"{source}: no question in it: write a line of JSON for each")
    return found
