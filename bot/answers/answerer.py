"""The whole way from a message to a verified answer, or to an honest "not known"."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.case import Case, Outcome, Step, Tools
from bot.answers.decision import DecisionFit, shipped_decision_fit
from bot.answers.intents import Intents
from bot.answers.operator import NOBODY, Operator
from bot.answers.pipeline import EachPart, EachReading, run
from bot.answers.reasons import Reason
from bot.answers.steps.answer_from_lists import answer_from_lists
from bot.answers.steps.choose_quotes import choose_quotes
from bot.answers.steps.clean import clean
from bot.answers.steps.compare import compare
from bot.answers.steps.compose import compose, withheld
from bot.answers.steps.correct_spelling import correct_spelling
from bot.answers.steps.decide import decide
from bot.answers.steps.detect_language import detect_language
from bot.answers.steps.gate import gate
from bot.answers.steps.open_document import open_document
from bot.answers.steps.read import read
from bot.answers.steps.read_constraints import read_constraints
from bot.answers.steps.resolve_history import resolve_history
from bot.answers.steps.retrieve import retrieve
from bot.answers.steps.reword import reword
from bot.answers.steps.route import route
from bot.answers.steps.split_parts import split_parts
from bot.answers.steps.verify import verify
from bot.answers.values import Answer, Timings
from bot.lists.listing import Lists
from index import Glossary, Reader, Retriever

READ = EachReading(steps=(read_constraints, retrieve, gate, read))
"""From what a message may ask to the sentences that answer it best."""

STEPS = (
    clean,
    detect_language,
    split_parts,
    EachPart(
        steps=(
            open_document,
            route,
            correct_spelling,
            compare,
            answer_from_lists,
            resolve_history,
            READ,
            decide,
            choose_quotes,
        ),
        retry=(reword, READ, decide, choose_quotes),
    ),
    compose,
    verify,
)
"""From a message to its answer; a part without an answer is worded otherwise and tried again."""

(OF_A_PART,) = (step for step in STEPS if isinstance(step, EachPart))


def until(step: Step, case: Case, tools: Tools) -> Case | Outcome:
    """Run the list up to a step, of a part's steps for the first part of the message.

    Of the questions that it may ask, steps that read each one get the most complete.

    Args:
        step: That stands in the list; it is not run.
        case: A message.
        tools: For the steps.

    Returns:
        What the step would get, or how the part ended before.
    """
    if step in STEPS:
        return run(STEPS[: STEPS.index(step)], case, tools)
    whole = run(STEPS[: STEPS.index(OF_A_PART)], case, tools).case
    last = READ if step in READ.steps else step
    part = run(OF_A_PART.steps[: OF_A_PART.steps.index(last)], whole.parts[0], tools)
    if last is step or isinstance(part, Outcome):
        return part
    completed = replace(part.case, question=part.case.readings[-1])
    return run(READ.steps[: READ.steps.index(step)], completed, tools)


def tools_of(
    retriever: Retriever,
    glossary: Glossary,
    reader: Reader,
    fit: DecisionFit | None = None,
    operator: Operator = NOBODY,
) -> Tools:
    """What the steps work with; see `Answerer`."""
    lists, intents = Lists(retriever, glossary), Intents(retriever, glossary)
    return Tools(
        retriever, glossary, lists, reader, fit or shipped_decision_fit(), intents, operator
    )


class Answerer:
    """Answers questions from one snapshot. Holds no state of any conversation."""

    def __init__(
        self,
        retriever: Retriever,
        glossary: Glossary,
        reader: Reader,
        fit: DecisionFit | None = None,
        operator: Operator = NOBODY,
    ) -> None:
        """Answers from what the retriever finds.

        Args:
            retriever: Searches one snapshot.
            glossary: Of the same corpus.
            reader: Tells which sentences answer.
            fit: When to abstain; the one that the program ships if left out.
            operator: Who runs the bot.
        """
        self.retriever = retriever
        self._tools = tools_of(retriever, glossary, reader, fit, operator)
        self.lists = self._tools.lists

    def over(self, retriever: Retriever, glossary: Glossary, reader: Reader) -> "Answerer":
        """One that answers by the same rules, over another snapshot or with another reader."""
        return Answerer(retriever, glossary, reader, self._tools.fit, self._tools.operator)

    @property
    def glossary(self) -> Glossary:
        """Of the same corpus."""
        return self._tools.glossary

    @property
    def reader(self) -> Reader:
        """Tells which sentences answer."""
        return self._tools.reader

    def answer(
        self,
        message: str,
        *,
        today: date,
        history: Sequence[str] = (),
        language: str | None = None,
        usual_language: str = "zh",
    ) -> Answer:
        """Answer one message; never raises for what a person may type.

        Args:
            message: As typed.
            today: The day that past, running and expired refer to.
            history: Earlier user turns, oldest first.
            language: Overrules the detected language of question and answer.
            usual_language: Of the answer where neither question nor history has a letter.
        """
        started = time.perf_counter()
        case = Case(
            message=message,
            today=today,
            history=tuple(history),
            language=language or "",
            usual_language=usual_language,
        )
        ended = run(STEPS, case, self._tools)
        case = ended.case
        if isinstance(ended, Outcome) and ended.reason is Reason.WITHHELD:
            case = withheld(case, self._tools)
        if case.answer is None:
            raise TypeError("the last step composes no answer")
        return replace(
            case.answer, trace=case.trace, timings_ms=_timings(case, time.perf_counter() - started)
        )


def _timings(case: Case, total_s: float) -> Timings:
    found = [outcome.case.all_found for outcome in case.ended]
    encode, search = sum(f.encode_ms for f in found), sum(f.search_ms for f in found)
    total = 1000 * total_s
    return Timings(
        encode=encode, search=search, compose=max(0.0, total - encode - search), total=total
    )
