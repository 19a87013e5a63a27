"""What every step did to a question, in lines that people read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from bot.answers.reasons import AnswerStatus
from bot.answers.values import Answer, Dropped, StepTrace
from bot.texts import interface, remark, text
from index import Remark

WIDTH = 100
"""Columns of a line; a Chinese character takes two."""
_NAME = 17
_MARGIN = " " * 31
"""Below a step's name and time."""
_MANY = 5
"""So many are named of what a step dropped."""
_SENTENCES = 3
"""So many of those that were not chosen are shown."""
_ROOM = 48
"""Columns of one of several sentences or ids on a line."""
_CHOOSING = ("decide", "choose_quotes")
"""Steps that drop sentences, not passages."""
_THRESHOLD = "threshold"
_TERMINAL = "en"
"""What the terminal speaks."""


def explanation(answer: Answer) -> Iterator[Text]:
    """The way of a question: its steps, the best sentences not chosen, and the reason.

    Args:
        answer: With its trace.

    Yields:
        Lines of at most `WIDTH` columns; only the last may be longer.
    """
    has_parts = any(step.part > 1 for step in answer.trace)
    for part, steps in groupby(answer.trace, key=lambda step: step.part):
        if has_parts:
            yield Text(f"Part {part}" if part else "Whole message", "bold")
        for step in steps:
            yield from _step_lines(step)
    not_chosen = _not_chosen(answer)
    if not_chosen:
        yield Text(interface("not_chosen", _TERMINAL), "bold")
    for dropped in not_chosen:
        yield Text(f"  {_sentence(dropped, _TERMINAL)}")
    is_answered = answer.status is AnswerStatus.ANSWERED
    yield Text(because(answer, _TERMINAL), "bold green" if is_answered else "bold yellow")


def short_explanation(answer: Answer, language: str) -> str:
    """The reason, and the steps that dropped something or ended the question.

    It holds no words of anybody's questions.

    Args:
        answer: With its trace.
        language: Of the interface.
    """
    lines = [because(answer, language), ""]
    lines += [
        f"· {len(of_cause)} × {remark(cause, language)}"
        for step in answer.trace
        if step.part and step.step not in _CHOOSING
        for cause, of_cause in _by_cause(step.dropped)
    ]
    not_chosen = _not_chosen(answer)
    if not_chosen:
        lines += ["", interface("not_chosen", language)]
    lines += [f"· {_sentence(dropped, language)}" for dropped in not_chosen]
    return "\n".join(lines)


def because(answer: Answer, language: str) -> str:
    """One sentence: how a question ended, why, at which step, and by which figures.

    Args:
        answer: With its trace.
        language: Of the interface.
    """
    reason = interface(f"because_{answer.reason}", language)
    step = deciding_step(answer)
    if step is None:
        return reason
    figures = _compared(_decisive_scores(answer, step), language)
    told = text("comma", language).join(filter(None, [step.step, figures]))
    return interface("ended_at", language, reason=reason, step=told)


def digest(answer: Answer) -> dict[str, Any]:
    """What is kept of a trace: the step that ended the question, and the scores behind that.

    It holds no words of anybody's questions.
    """
    step = deciding_step(answer)
    if step is None:
        return {}
    scores = _decisive_scores(answer, step)
    rounded = {name: round(score, 4) for name, score in scores.items()}
    return {"step": step.step, "scores": rounded}


def _decisive_scores(answer: Answer, step: StepTrace) -> Mapping[str, float]:
    """The last scores up to a step that had to reach a threshold; empty if there are none."""
    before = answer.trace[: answer.trace.index(step) + 1]
    compared = [s.scores for s in before if s.part == step.part and _THRESHOLD in s.scores]
    return compared[-1] if compared else {}


def deciding_step(answer: Answer) -> StepTrace | None:
    """The step that ended a question for the reason of its answer; None if none was traced."""
    return next((step for step in answer.trace if step.ends is answer.reason), None)


def fate_of(answer: Answer, stem: str) -> Remark:
    """What became of a document that the answer does not cite.

    Args:
        answer: With its trace.
        stem: Id of the document, without its language.
    """
    of_passages = [step for step in answer.trace if step.step not in _CHOOSING]
    for step in of_passages:
        for one in step.dropped:
            if one.what.startswith(f"{stem}."):
                fate = "found, and dropped by {step}"
                dropped = Remark.of("fate_dropped", fate, step=step.step)
                return replace(dropped, details=(one.because,))
    hits = [hit.passage for hit in answer.hits]
    found = [*hits, *(name for step in of_passages for name in step.scores)]
    is_found = any(name.startswith(f"{stem}.") for name in found)
    if is_found:
        return Remark.of("fate_unquoted", "found, and not quoted")
    return Remark.of("fate_not_found", "not among the hits")


def _not_chosen(answer: Answer) -> tuple[Dropped, ...]:
    step = deciding_step(answer)
    return step.dropped[:_SENTENCES] if step and step.step in _CHOOSING else ()


def _sentence(dropped: Dropped, language: str) -> str:
    """What was not chosen, and how it was read."""
    found = replace(dropped.because, details=(Remark(dropped.what),))
    return _shortened(remark(found, language), WIDTH - 2)


def _step_lines(step: StepTrace) -> Iterator[Text]:
    """What changed and how it ended; in a second line scores, and what was dropped."""
    first = [step.changed, _compared(step.scores, _TERMINAL), step.ends and f"→ {step.ends}"]
    second = [_ranked(step.scores)]
    if step.step not in _CHOOSING:
        second += _named(step.dropped)
    told, further = ("; ".join(filter(None, parts)) for parts in (first, second))
    line = Text(f"  {step.step:{_NAME}} ")
    line.append(f"{step.took_ms:7.1f} ms", "dim")
    if told:
        line.append(f" {_shortened(told, WIDTH - len(_MARGIN))}", "yellow" if step.ends else "")
    yield line
    if further:
        yield Text(_MARGIN + _shortened(further, WIDTH - len(_MARGIN)), "dim")


def _compared(scores: Mapping[str, float], language: str) -> str:
    """Scores that have to reach a threshold, beside it."""
    if _THRESHOLD not in scores:
        return ""
    threshold = scores[_THRESHOLD]
    told = {name: interface(f"score_{name}", language) for name in scores if name != _THRESHOLD}
    return ", ".join(
        f"{said} {scores[name]:.2f} {'≥' if scores[name] >= threshold else '<'} {threshold:.2f}"
        for name, said in told.items()
    )


def _ranked(scores: Mapping[str, float]) -> str:
    """Scores of passages or sentences, the best first."""
    if not scores or _THRESHOLD in scores:
        return ""
    best = sorted(scores.items(), key=lambda item: -item[1])
    return ", ".join(f"{score:.2f} {_shortened(name, _ROOM)}" for name, score in best)


def _named(dropped: Sequence[Dropped]) -> Iterator[str]:
    """For each cause, what was dropped for it."""
    for cause, of_cause in _by_cause(dropped):
        named = ", ".join(of_cause[:_MANY])
        yield f"dropped {len(of_cause)}, {cause}: {named}"


def _by_cause(dropped: Sequence[Dropped]) -> list[tuple[Remark, list[str]]]:
    """(cause, what was dropped for it), in the order of the causes."""
    causes = {str(one.because): one.because for one in dropped}
    return [
        (cause, [one.what for one in dropped if str(one.because) == said])
        for said, cause in causes.items()
    ]


def _shortened(text: str, cells: int) -> str:
    """On one line, and with an ellipsis where it is longer."""
    line = " ".join(text.split())
    if cell_len(line) <= cells:
        return line
    return set_cell_size(line, max(cells - 1, 0)).rstrip() + "…"
