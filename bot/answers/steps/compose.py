"""Puts the outcomes of all parts together into one answer."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from bot.answers.case import NO_HITS, Case, Outcome, Tools
from bot.answers.choosing import MAX_QUOTES
from bot.answers.evidence import Evidence
from bot.answers.notices import notices_for
from bot.answers.reasons import INTENTS, Reason
from bot.answers.values import Answer, Citation, HitSummary
from bot.answers.verification import quoted
from bot.dates import event_status, has_expired
from bot.lists.comparison import Comparison
from bot.texts import text
from index import Document, Hit

MAX_LISTED = 8
"""Longest list in one answer; the commands page through the rest."""
_SUGGESTIONS = 4
_NEXT_QUESTIONS = 3
_NEAREST = 2
_NEAR = 0.35
"""Cosine from which on a sentence or a passage is of the same subject as a question. Of 120
questions of our kind without an answer 93 find such a sentence, of 40 about other things one."""
_SAID = 0.5
"""Probability from which on a quote answers another part as well."""
_LONGEST_NUMBER = 8
"""Labels of parts that are a year or an edition are no longer; others are sentences."""


def compose(case: Case, tools: Tools) -> Case:
    """Write the answer: quotes and notes, or why there are none."""
    case = replace(case, language=case.ended[0].case.language)
    answered = [outcome for outcome in case.ended if outcome.reason in _CITING]
    if answered:
        return _cited(case, answered, tools)
    return _without_quotes(case, case.ended[0], tools)


_CITING = (Reason.ANSWERED, Reason.LISTED, Reason.COMPARED, Reason.OUT_OF_DATE)


def _cited(case: Case, answered: Sequence[Outcome], tools: Tools) -> Case:
    language = case.language
    quotes = _interleaved([outcome.case.quotes for outcome in answered])
    is_list = answered[0].reason is Reason.LISTED
    comparison = answered[0].case.comparison
    has_ended = has_expired(quotes[0].document, case.today)
    kept = [quote for quote in quotes if has_expired(quote.document, case.today) == has_ended]
    shown = kept[: MAX_LISTED if is_list or comparison else MAX_QUOTES]
    citations = _citations(shown, case.today)
    reason = Reason.OUT_OF_DATE if has_ended else answered[0].reason
    notes = [comparison.written] if comparison else []
    notes += [
        text("part_not_stated", language, part=label.rstrip("？?；;؟ "))
        for label in _silent_parts(case, shown, tools)
    ]
    if len(shown) < len(kept) and is_list:
        command = answered[0].details["command"]
        counts = {"total": len(kept), "shown": len(shown)}
        notes.append(text("list_cut", language, command=command, **counts))
    notes += notices_for(
        language,
        citations,
        reason.status,
        with_events=not is_list and not comparison,
        lists=tools.lists,
        today=case.today,
    )
    body = quoted(citations)
    suggestions = _next_questions(_found(case.ended[0], tools), citations, case)
    composed = _with_answer(
        case,
        reason,
        "\n\n".join(filter(None, [body, *notes])),
        tools,
        citations=citations,
        suggestions=suggestions,
        comparison=comparison,
        brief=answered[0].details.get("brief", ""),
    )
    return replace(composed, body=body)


def _without_quotes(case: Case, outcome: Outcome, tools: Tools) -> Case:
    language, reason = case.language, outcome.reason
    details = outcome.details
    if reason in INTENTS:
        return _with_answer(case, reason, tools.operator.told(reason, language), tools)
    if "text" in details:
        return _with_answer(case, reason, text(details["text"], language), tools)
    is_unclear = reason is Reason.UNCLEAR
    near = [sentence for sentence in outcome.case.sentences if sentence.cosine >= _NEAR]
    nearest = () if is_unclear else _citations(near[:_NEAREST], case.today)
    found = [
        *(citation.document for citation in nearest),
        *_found(outcome, tools, least=-1.0 if is_unclear else _NEAR),
    ]
    suggestions = tuple(dict.fromkeys(d.metadata.title for d in found))[:_SUGGESTIONS]
    lines = [text(f"no_answer_{reason}", language, **details).rstrip()]
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
    citations: tuple[Citation, ...] = (),
    suggestions: tuple[str, ...] = (),
    nearest: tuple[Citation, ...] = (),
    comparison: Comparison | None = None,
    brief: str = "",
) -> Case:
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
        citations=citations,
        nearest=nearest,
        hits=_hits([outcome.case.all_found.hits for outcome in case.ended]),
        suggestions=suggestions,
        comparison=comparison,
        brief=brief,
        confidence=max(confidences, default=None if reason.is_ready else 0.0),
    )
    return replace(case, answer=answer, changed=f"citations: {len(citations)}")


def withheld(case: Case, tools: Tools) -> Case:
    """The answer in the place of one that did not pass its verification."""
    outcome = Outcome(Reason.WITHHELD, replace(case, all_found=NO_HITS))
    return _without_quotes(replace(case, ended=(outcome,)), outcome, tools)


def _interleaved(of_parts: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    """The quotes of all parts, the best of each first, none twice."""
    in_turn = [quote for rank in zip_longest(*of_parts) for quote in rank if quote]
    return list({(quote.document.id, quote.start): quote for quote in in_turn}.values())


def _silent_parts(case: Case, shown: Sequence[Evidence], tools: Tools) -> list[str]:
    """Labels of the parts without an answer of which no quote speaks."""
    return [
        outcome.case.label
        for outcome in case.ended
        if (outcome.case.is_whole_message or outcome.reason not in _CITING)
        and not _is_said(case.parts[outcome.case.part - 1], shown, tools)
    ]


def _is_said(part: Case, shown: Sequence[Evidence], tools: Tools) -> bool:
    if len(part.label) <= _LONGEST_NUMBER:
        digits = "".join(filter(str.isdigit, part.label))
        return any(digits in f"{quote.context} {quote.quote}" for quote in shown)
    said = tools.reader.score(part.question.text, [quote.text for quote in shown])
    return bool(max(said) >= _SAID)


def _hits(of_parts: Sequence[Sequence[Hit]]) -> tuple[HitSummary, ...]:
    """The hits of all parts, the first of each first, none twice."""
    distinct: dict[str, Hit] = {}
    for hit in (hit for rank in zip_longest(*of_parts) for hit in rank if hit):
        distinct.setdefault(hit.passage.id, hit)
    return tuple(
        HitSummary(
            passage=identity,
            document=hit.passage.document,
            score=round(hit.score, 4),
            rank=rank,
        )
        for rank, (identity, hit) in enumerate(distinct.items(), 1)
    )


def _citations(quotes: Sequence[Evidence], today: date) -> tuple[Citation, ...]:
    """Numbered in the order of the quotes, the deciding one first."""
    return tuple(
        Citation(
            number=number,
            document=quote.document,
            quote=quote.quote,
            start=quote.start,
            end=quote.end,
            language=quote.language,
            event_status=(
                event_status(quote.document.metadata.event, today)
                if quote.document.metadata.event
                else None
            ),
        )
        for number, quote in enumerate(quotes, 1)
    )


def _found(outcome: Outcome, tools: Tools, least: float = -1.0) -> list[Document]:
    """The documents found that were known on the day of the question, the nearest first.

    Args:
        outcome: Of a part of the message.
        tools: That found them.
        least: Cosine that a passage has to the question.
    """
    hits = [hit for hit in outcome.case.all_found.hits if hit.score >= least]
    documents = (tools.retriever.document(hit.passage) for hit in hits)
    return [document for document in documents if document.is_known(outcome.case.today)]


def _next_questions(
    found: Sequence[Document], citations: Sequence[Citation], case: Case
) -> tuple[str, ...]:
    """What else was found on the same topics, as questions."""
    said = {citation.document.stem for citation in citations}
    topics = {citation.document.metadata.topic for citation in citations}
    further = {
        document.stem: document
        for document in found
        if document.stem not in said
        and document.metadata.topic in topics
        and not has_expired(document, case.today)
    }
    return tuple(
        text("next_question", case.language, title=document.metadata.title)
        for document in list(further.values())[:_NEXT_QUESTIONS]
    )
