"""Puts the outcomes of all parts together into one answer."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.case import NO_HITS, Case, Outcome, Tools
from bot.answers.choosing import MAX_QUOTES
from bot.answers.composing import (
    CITING,
    Told,
    cite,
    documents_found,
    interleave,
    is_said,
    next_questions,
    notices_of,
    summarise,
    titles_of,
    told_of,
)
from bot.answers.evidence import NEAR, Evidence
from bot.answers.reasons import INTENTS, Reason
from bot.answers.values import Answer, Citation, PartAnswer
from bot.answers.verification import in_lines, quoted
from bot.texts import in_script_of, text

_LINE_CHARS = 80
"""Of a question that is longer, the line has no more."""
_SUGGESTIONS = 4
_NEAREST = 2


def compose(case: Case, tools: Tools) -> Case:
    """Write the answer: quotes and notes, or why there are none; of several questions for each."""
    case = replace(case, language=case.ended[0].case.language)
    questions: dict[str, list[Outcome]] = {}
    for outcome in case.ended:
        questions.setdefault(outcome.case.asked, []).append(outcome)
    if len(questions) > 1:
        return _in_lines(case, questions, tools)
    if any(outcome.reason in CITING for outcome in case.ended):
        return _cited(case, tools)
    return _without_quotes(case, case.ended[0], tools)


def _cited(case: Case, tools: Tools) -> Case:
    told = told_of(case, case.ended, MAX_QUOTES, tools)
    cited = cite(told.shown, case.today)
    body = quoted(cited)
    notes = [*told.notes, *notices_of(case, told, cited, tools)]
    composed = _with_answer(
        case,
        told.reason,
        "\n\n".join(filter(None, [body, *notes])),
        tools,
        citations=cited,
        suggestions=next_questions(documents_found(case.ended[0], tools), cited, case),
    )
    answer = composed.answer and replace(
        composed.answer, comparison=told.comparison, brief=told.brief
    )
    return replace(composed, body=body, answer=answer)


def _in_lines(case: Case, questions: Mapping[str, Sequence[Outcome]], tools: Tools) -> Case:
    """Each question as a line, below it its quotes or why there are none; then the notes."""
    told = [_told_in_line(case, outcomes, tools) for outcomes in questions.values()]
    if not any(each.reason in CITING for each in told):  # then what is near is no part of a line
        told = [replace(each, shown=()) for each in told]
    told = _said_once(told, case.language)
    cited = cite(_all_shown(told), case.today)
    numbered = {(citation.document.id, citation.start): citation for citation in cited}

    def citations_of(quotes: Sequence[Evidence]) -> tuple[Citation, ...]:
        return tuple(numbered[quote.document.id, quote.start] for quote in quotes)

    parts = []
    for asked, each in zip(questions, told, strict=True):
        own = citations_of(each.shown)
        over = notices_of(case, each, own, tools) if each.reason is Reason.OUT_OF_DATE else []
        said = "\n".join([*each.notes, *over])
        line = _line(asked, case.language)
        parts.append(PartAnswer(asked=line, why=each.why, citations=own, said=said))
    valid = [each for each in told if each.is_valid]
    notes: list[str] = []
    if valid:
        as_one = replace(valid[0], with_events=all(each.with_events for each in valid))
        notes = notices_of(case, as_one, citations_of(_all_shown(valid)), tools)
    return replace(
        _with_parts(case, told, parts, cited, notes, tools),
        body="\n".join(quoted(part.citations) for part in parts if part.citations),
    )


def _with_parts(
    case: Case,
    told: Sequence[Told],
    parts: Sequence[PartAnswer],
    cited: tuple[Citation, ...],
    notes: Sequence[str],
    tools: Tools,
) -> Case:
    """The answer of these parts; its reason is that of the first that is answered, if any is."""
    answered = [each.reason for each in told if each.reason in CITING]
    nearest = () if cited else cite(_near(case.ended)[:_NEAREST], case.today)
    return _with_answer(
        case,
        min(answered, key=Reason.OUT_OF_DATE.__eq__, default=told[0].reason),
        "\n\n".join([in_lines(parts), *dict.fromkeys(notes)]),
        tools,
        parts=tuple(parts),
        citations=cited,
        nearest=nearest,
        suggestions=(
            next_questions(documents_found(case.ended[0], tools), cited, case)
            if cited
            else titles_of([near.document for near in nearest], case.language)
        ),
    )


def _all_shown(told: Sequence[Told]) -> list[Evidence]:
    return interleave([[quote for each in told for quote in each.shown]])


def _said_once(told: Sequence[Told], language: str) -> list[Told]:
    """Without quotes that stand above already, but the first that answers each question."""
    kept: list[Told] = []
    for each in told:
        above = {(quote.document.id, quote.start) for quote in _all_shown(kept)}
        first = each.shown[:1] if not each.why else ()
        new = [q for q in each.shown[len(first) :] if (q.document.id, q.start) not in above]
        near_only = f"\n{text('near_only', language)}" if each.why and new else ""
        kept.append(replace(each, why=f"{each.why}{near_only}", shown=[*first, *new]))
    return kept


def _told_in_line(case: Case, outcomes: Sequence[Outcome], tools: Tools) -> Told:
    """What answers a question, or why nothing does.

    What only the whole message found, and does not read as an answer to this question, is near.
    """
    first = outcomes[0]
    if len(outcomes) == 1 and first.reason in CITING and first.case.is_whole_message:
        part = case.parts[first.case.part - 1]
        if not is_said(part, first.case.quotes, tools):
            told = told_of(case, outcomes, MAX_QUOTES, tools)
            silent = Outcome(Reason.NOT_READ, first.case)
            why = _why_none(silent, case.language, tools)
            return replace(told, reason=silent.reason, why=why, notes=())
    if any(outcome.reason in CITING for outcome in outcomes):
        return told_of(case, outcomes, MAX_QUOTES, tools)
    return Told(reason=first.reason, why=_why_none(first, case.language, tools))


def _line(asked: str, language: str) -> str:
    """A question as a line of an answer, in the script of its reader."""
    line = asked if len(asked) <= _LINE_CHARS else f"{asked[:_LINE_CHARS].rstrip()}…"
    return in_script_of(language, line)


def _why_none(outcome: Outcome, language: str, tools: Tools) -> str:
    """The sentence for a question without quotes: a ready reply, or why nothing answers."""
    reason, details = outcome.reason, outcome.details
    if reason in INTENTS:
        return tools.operator.told(reason, language)
    if "text" in details:
        return text(details["text"], language)
    return text(f"no_answer_{reason}", language, **details).rstrip()


def _near(outcomes: Sequence[Outcome]) -> list[Evidence]:
    """Sentences of the same subject, of each part those first that read best."""
    return interleave([outcome.case.near for outcome in outcomes])


def _without_quotes(case: Case, outcome: Outcome, tools: Tools) -> Case:
    language, reason = case.language, outcome.reason
    lines = [_why_none(outcome, language, tools)]
    if reason in INTENTS or "text" in outcome.details:
        return _with_answer(case, reason, lines[0], tools)
    is_unclear = reason is Reason.UNCLEAR
    nearest = () if is_unclear else cite(_near([outcome])[:_NEAREST], case.today)
    found = [
        *(citation.document for citation in nearest),
        *documents_found(outcome, tools, least=-1.0 if is_unclear else NEAR),
    ]
    suggestions = titles_of(found, language)[:_SUGGESTIONS]
    if is_unclear and suggestions:
        lines.append(text("did_you_mean", language))
        lines.extend(f"· {suggestion}" for suggestion in suggestions)
    composed = "\n".join(lines)
    return _with_answer(case, reason, composed, tools, suggestions=suggestions, nearest=nearest)


def _with_answer(
    case: Case,
    reason: Reason,
    composed: str,
    tools: Tools,
    *,
    parts: tuple[PartAnswer, ...] = (),
    citations: tuple[Citation, ...] = (),
    suggestions: tuple[str, ...] = (),
    nearest: tuple[Citation, ...] = (),
) -> Case:
    if case.asks_too_much:
        composed = f"{composed}\n\n{text('too_many_questions', case.language)}"
    if case.was_cut:
        composed = f"{composed}\n\n{text('too_long', case.language)}"
    confidences = [o.case.confidence for o in case.ended if o.case.confidence is not None]
    answer = Answer(
        question=case.message,
        language=case.language,
        reason=reason,
        text=composed,
        as_of=case.today,
        snapshot=tools.retriever.snapshot.manifest.snapshot_id,
        answer_id=uuid.uuid4().hex,
        parts=parts,
        citations=citations,
        nearest=nearest,
        hits=summarise([outcome.case.all_found.hits for outcome in case.ended]),
        suggestions=suggestions,
        confidence=max(confidences, default=None if reason.is_ready else 0.0),
    )
    return replace(case, answer=answer, changed=f"citations: {len(citations)}")


def withheld(case: Case, tools: Tools) -> Case:
    """The answer in the place of one that did not pass its verification."""
    outcome = Outcome(Reason.WITHHELD, replace(case, all_found=NO_HITS))
    return _without_quotes(replace(case, ended=(outcome,)), outcome, tools)
