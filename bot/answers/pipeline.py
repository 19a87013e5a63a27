"""Runs a list of steps, and writes down what each did."""

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.case import MAX_ENCODINGS, Case, Outcome, Step, Tools
from bot.answers.decision import THRESHOLD
from bot.answers.reasons import Reason
from bot.answers.values import StepTrace
from bot.errors import UnverifiedError

logger = logging.getLogger(__name__)


def run(steps: Sequence[Step], case: Case, tools: Tools) -> Case | Outcome:
    """Let each step work on what the one before returned, until one ends the case.

    An answer that says what its sources do not ends the case too.

    Args:
        steps: In order.
        case: That the first one gets.
        tools: For all of them.

    Returns:
        The case after the last step, or how it ended before; either with its trace.
    """
    for step in steps:
        started = time.perf_counter()
        try:
            result = step(case, tools)
        except UnverifiedError as error:
            logger.error("answer withheld: %s", error)  # noqa: TRY400 - no traceback is needed
            result = case.ends(Reason.WITHHELD)
        took_ms = 1000 * (time.perf_counter() - started)
        if isinstance(result, Outcome):
            return result.with_case(_traced(result.case, step, took_ms, result.reason))
        case = _traced(result, step, took_ms, None)
    return case


def _traced(case: Case, step: Step, took_ms: float, ends: Reason | None) -> Case:
    if isinstance(step, EachPart | EachReading):  # their steps have traces of their own
        return case
    trace = StepTrace(
        step=step.__name__,
        part=case.part,
        took_ms=took_ms,
        changed=case.changed,
        dropped=case.dropped,
        scores=case.scores,
        ends=ends,
    )
    return replace(case, changed="", dropped=(), scores={}, trace=(*case.trace, trace))


@dataclass(frozen=True)
class EachPart:
    """A step that runs steps of its own on each part of a message."""

    steps: Sequence[Step]
    retry: Sequence[Step]
    """Run once on a part that has no answer; the first of them words it otherwise."""

    def __call__(self, case: Case, tools: Tools) -> Case:
        """The message with the outcome of each part."""
        ended: list[Outcome] = []
        left = MAX_ENCODINGS
        for waiting, part in zip(reversed(range(len(case.parts))), case.parts, strict=True):
            outcome = self._answered(replace(part, trace=(), encodings_left=left - waiting), tools)
            left = outcome.case.encodings_left + waiting
            if outcome.ends_message:
                ended = [outcome]
                break
            ended.append(outcome)
        trace = tuple(step for outcome in ended for step in outcome.case.trace)
        return replace(case, ended=tuple(ended), trace=(*case.trace, *trace))

    def _answered(self, part: Case, tools: Tools) -> Outcome:
        first = _outcome(run(self.steps, part, tools))
        if not first.reason.may_retry or not first.case.encodings_left:
            return first
        second = _outcome(run(self.retry, first.case, tools))
        if not second.reason.may_retry:
            return second
        left, trace = second.case.encodings_left, second.case.trace
        return first.with_case(replace(first.case, encodings_left=left, trace=trace))


@dataclass(frozen=True)
class EachReading:
    """A step that runs steps of its own on each question that a part may ask; the best goes on.

    If none is answered, one goes on of which documents say that they do not hold it.
    """

    steps: Sequence[Step]

    def __call__(self, case: Case, tools: Tools) -> Case | Outcome:
        """How the question went on that reads best; how the first one ended if all did."""
        asked = case.readings[: max(1, case.encodings_left)]
        results = [
            run(self.steps, replace(case, question=question, trace=()), tools)
            for question in asked
        ]
        best = max(results, key=_reading)
        if tools.fit.confidence(_reading(best)) < THRESHOLD:
            told = (r for r in results if isinstance(r, Case) and r.gap_asked_for)
            best = next(told, best)
        trace = (*case.trace, *best.case.trace)
        left = case.encodings_left - len(asked)
        case = replace(best.case, trace=trace, encodings_left=left)
        return best.with_case(case) if isinstance(best, Outcome) else case


def _reading(result: Case | Outcome) -> float:
    return -math.inf if isinstance(result, Outcome) else result.reading


def _outcome(result: Case | Outcome) -> Outcome:
    if isinstance(result, Case):
        raise TypeError("the last step of a part ends it")
    return result
