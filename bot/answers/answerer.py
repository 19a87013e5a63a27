"""The flow: question -> hits -> evidence -> a verified answer, or an honest "not known"."""

import logging
import time
import uuid
from collections.abc import Sequence
from datetime import date

from bot.answers.abstention import judge
from bot.answers.dates import event_note, event_status, has_expired, written
from bot.answers.evidence import Evidence, choose
from bot.answers.question import Question, read_question
from bot.answers.small_talk import ready_reply
from bot.answers.values import Answer, AnswerStatus, Citation, EventStatus, HitSummary, Timings
from bot.answers.verification import one_line, verify
from bot.errors import UnverifiedError
from bot.texts import text
from index import Found, Hit, Retriever, primary

logger = logging.getLogger(__name__)

_HITS = 10
_NOTHING = Found(hits=(), nearness=(), matches=(), encode_ms=0.0, search_ms=0.0)
_SUGGESTIONS = 3


class Answerer:
    """Answers questions from one snapshot. Holds no state of any conversation."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._snapshot = retriever.snapshot.manifest.snapshot_id

    def answer(
        self,
        raw: str,
        *,
        today: date,
        history: Sequence[str] = (),
        language: str | None = None,
    ) -> Answer:
        """Answer one question; never raises for what a person may type.

        Args:
            raw: As typed.
            today: The day that past, running and expired refer to.
            history: Earlier user turns, oldest first.
            language: Overrules the detected language of question and answer.
        """
        started = time.perf_counter()
        question = read_question(raw, today, history, language)
        reply = ready_reply(question.text)
        if reply:
            body = text(reply.key, question.language)
            return self._finish(raw, question, today, reply.status, body, started=started)
        if question.is_empty:
            body = text("unclear_empty", question.language)
            return self._finish(raw, question, today, AnswerStatus.UNCLEAR, body, started=started)
        found = self._retriever.search(question.search_text, question.language, _HITS)
        judgement = judge(question, found, self._retriever)
        hits = judgement.found.hits if judgement.answers else ()
        evidence = choose(question, hits, self._retriever)
        try:
            if evidence:
                return self._cite(raw, question, today, evidence, found, started)
        except UnverifiedError as error:
            logger.error("answer withheld: %s", error)  # noqa: TRY400 - no traceback is needed
        return self._abstain(raw, question, today, found, started)

    def _cite(
        self,
        raw: str,
        question: Question,
        today: date,
        evidence: Sequence[Evidence],
        found: Found,
        started: float,
    ) -> Answer:
        current = [e for e in evidence if not has_expired(e.document, today)]
        status = AnswerStatus.ANSWERED if current else AnswerStatus.OUT_OF_DATE
        citations = _citations(current or evidence, today)
        body = _body(citations)
        verify(body, citations)
        notes = _notes(question, citations, today, status)
        return self._finish(
            raw,
            question,
            today,
            status,
            "\n\n".join(filter(None, [body, *notes])),
            citations=citations,
            found=found,
            started=started,
        )

    def _abstain(
        self, raw: str, question: Question, today: date, found: Found, started: float
    ) -> Answer:
        suggestions = self._nearest(found.hits)
        lines = [text("not_in_documents", question.language)]
        if suggestions:
            lines.append(text("nearest_topics", question.language))
            lines.extend(f"· {suggestion}" for suggestion in suggestions)
        return self._finish(
            raw,
            question,
            today,
            AnswerStatus.NOT_IN_DOCUMENTS,
            "\n".join(lines),
            suggestions=suggestions,
            found=found,
            started=started,
        )

    def _nearest(self, hits: Sequence[Hit]) -> tuple[str, ...]:
        titles = dict.fromkeys(self._retriever.document(hit.passage).metadata.title for hit in hits)
        return tuple(titles)[:_SUGGESTIONS]

    def _finish(
        self,
        raw: str,
        question: Question,
        today: date,
        status: AnswerStatus,
        body: str,
        *,
        started: float,
        citations: tuple[Citation, ...] = (),
        suggestions: tuple[str, ...] = (),
        found: Found | None = None,
    ) -> Answer:
        found = found or _NOTHING
        if question.was_cut:
            body = f"{body}\n\n{text('too_long', question.language)}"
        total = 1000 * (time.perf_counter() - started)
        return Answer(
            question=raw,
            language=question.language,
            status=status,
            text=body,
            as_of=today,
            snapshot=self._snapshot,
            answer_id=uuid.uuid4().hex,
            citations=citations,
            hits=tuple(
                HitSummary(
                    passage=hit.passage.id,
                    document=hit.passage.document,
                    score=round(hit.score, 4),
                    rank=hit.rank,
                )
                for hit in found.hits
            ),
            suggestions=suggestions,
            timings_ms=Timings(
                encode=found.encode_ms,
                search=found.search_ms,
                compose=max(0.0, total - found.encode_ms - found.search_ms),
                total=total,
            ),
        )


def _citations(evidence: Sequence[Evidence], today: date) -> tuple[Citation, ...]:
    """Numbered in the order of the answer: documents as they were found, each in reading order."""
    documents = list(dict.fromkeys(e.document.id for e in evidence))
    ordered = sorted(evidence, key=lambda e: (documents.index(e.document.id), e.start))
    return tuple(
        Citation(
            number=number,
            document=e.document,
            quote=e.quote,
            start=e.start,
            end=e.end,
            language=e.language,
            event_status=(
                event_status(e.document.metadata.event, today) if e.document.metadata.event else None
            ),
        )
        for number, e in enumerate(ordered, 1)
    )


def _body(citations: Sequence[Citation]) -> str:
    return "\n".join(f"{one_line(c.quote)} [{c.number}]" for c in citations)


def _notes(
    question: Question, citations: Sequence[Citation], today: date, status: AnswerStatus
) -> list[str]:
    language = question.language
    notes: list[str] = []
    if status is AnswerStatus.OUT_OF_DATE:
        until = citations[0].document.metadata.valid_until
        if until:
            notes.append(text("out_of_date", language, until=written(until, language)))
    others = {c.language for c in citations if primary(c.language) != primary(language)}
    if others:
        names = [text(f"language_{code}", language) for code in sorted(others & {"zh", "en", "zh-Hant"})]
        if names:
            notes.append(text("other_language", language, language=", ".join(names)))
    events = {c.document.stem: c for c in citations if c.event_status is not EventStatus.USUAL}
    for citation in events.values():
        note = event_note(citation.document, citation.event_status, language)
        if note:
            notes.append(note)
    known = [str(c.number) for c in citations if c.is_general_knowledge]
    if known:
        notes.append(text("general_knowledge", language, numbers=", ".join(known)))
    return notes
