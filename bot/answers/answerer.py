"""The flow: question -> hits -> evidence -> a verified answer, or an honest "not known"."""

import logging
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.abstention import Fit
from bot.answers.asides import without_asides
from bot.answers.cleaning import in_usual_case
from bot.answers.dates import event_status, has_expired
from bot.answers.evidence import Evidence, declares_a_gap, lead
from bot.answers.gathering import gather
from bot.answers.history import Reading, about_the_same, resolve_history, says_all, speaks_of
from bot.answers.lists import Lists, list_request
from bot.answers.naming import names_a_class_only
from bot.answers.notes import notes_for
from bot.answers.question import Question, read_question, stopwords
from bot.answers.slots import (
    Slot,
    is_thing,
    is_where_or_when,
    names_all,
    names_something,
    slots_in,
)
from bot.answers.small_talk import ready_reply
from bot.answers.spelling import mended
from bot.answers.values import Answer, AnswerStatus, Citation, HitSummary, Timings
from bot.answers.verification import one_line, quoted, verify
from bot.errors import UnverifiedError
from bot.texts import text
from index import Document, Found, Glossary, Hit, Retriever

logger = logging.getLogger(__name__)

_NOTHING = Found(hits=(), nearness=(), matches=(), encode_ms=0.0, search_ms=0.0)
_SUGGESTIONS = 4
_NEXT_QUESTIONS = 3
_MANY = 3
"""From so many documents a word of one question may mean any of them."""
_NO_ANSWER = (AnswerStatus.NOT_IN_DOCUMENTS, AnswerStatus.UNCLEAR)
MAX_LISTED = 8
"""Longest list in one answer; the commands page through the rest."""


class Answerer:
    """Answers questions from one snapshot. Holds no state of any conversation."""

    def __init__(self, retriever: Retriever, glossary: Glossary, fit: Fit | None = None) -> None:
        """Answers from what the retriever finds.

        Args:
            retriever: Searches one snapshot.
            glossary: Of the same corpus.
            fit: When to abstain, fitted for this corpus; the one for any corpus if left out.
        """
        self._retriever = retriever
        self._glossary = glossary
        self._fit = fit
        self.lists = Lists(retriever, glossary)
        self._snapshot = retriever.snapshot.manifest.snapshot_id

    @property
    def retriever(self) -> Retriever:
        """What answers are found with."""
        return self._retriever

    def answer(
        self,
        raw: str,
        *,
        today: date,
        history: Sequence[str] = (),
        language: str | None = None,
        usual_language: str = "zh",
    ) -> Answer:
        """Answer one question; never raises for what a person may type.

        Args:
            raw: As typed.
            today: The day that past, running and expired refer to.
            history: Earlier user turns, oldest first.
            language: Overrules the detected language of question and answer.
            usual_language: Of the answer where neither question nor history has a letter.
        """
        started = time.perf_counter()
        kept = stopwords() | self._glossary.in_capitals
        cased = in_usual_case(raw, self._retriever.usual_case, kept)
        question = read_question(cased, today, history, language, usual_language)
        reply = ready_reply(question.text)
        if reply:
            body = text(reply.key, question.language)
            return self._finish(raw, question, today, reply.status, body, started=started)
        if question.is_empty:
            body = text("unclear_empty", question.language)
            return self._finish(raw, question, today, AnswerStatus.UNCLEAR, body, started=started)
        question = without_asides(question, self._retriever, self._glossary, today)
        reading = self._read(question, history, today)
        try:
            listed = self._list(reading.question, today)
            if listed:
                return self._cite(
                    raw, reading.question, today, listed, _NOTHING, started, is_list=True
                )
            return self._search_in_history(raw, question, reading, history, today, started)
        except UnverifiedError as error:
            logger.error("answer withheld: %s", error)  # noqa: TRY400 - no traceback is needed
            return self._abstain(raw, question, today, _NOTHING, started)

    def _read(
        self, question: Question, history: Sequence[str], today: date, *, may_guess: bool = False
    ) -> Reading:
        """The question in its conversation, spell-corrected."""
        reading = resolve_history(question, history, today, self._glossary, may_guess=may_guess)
        return replace(reading, question=mended(reading.question, self._retriever, self._glossary))

    def _search_in_history(
        self,
        raw: str,
        question: Question,
        reading: Reading,
        history: Sequence[str],
        today: date,
        started: float,
    ) -> Answer:
        """Answer a question as read; one that names nothing goes on from the last if it can.

        有多少展位？ after a question about one fair asks for that fair's booths, though another
        fair's documents answer it as it stands. So does one without an answer alone.
        """
        if reading.before or not history:
            return self._search_reading(raw, reading, today, started)
        guess = self._read(question, history, today, may_guess=True)
        before = slots_in(guess.before, self._glossary, today)
        guessed = None
        if before and not names_something(question.text, self._glossary, today):
            guessed = self._search_reading(raw, guess, today, started)
            if says_all(guessed, question.text) and self._is_about(before, guessed, today):
                return guessed
        answer = self._search_reading(raw, reading, today, started)
        if answer.status not in _NO_ANSWER or not guess.before:
            return answer
        guessed = guessed or self._search_reading(raw, guess, today, started)
        return guessed if guessed.status is AnswerStatus.ANSWERED else answer

    def _is_about(self, slots: Sequence[Slot], answer: Answer, today: date) -> bool:
        """Whether an answer is about what an earlier question names, if it names something."""
        named = [slot for slot in slots if is_thing(slot) or is_where_or_when(slot)]
        return bool(named) and any(
            names_all(named, c.document, c.quote, self._glossary, today) for c in answer.citations
        )

    def _search_reading(self, raw: str, reading: Reading, today: date, started: float) -> Answer:
        """Answer a question; one that was completed only with what it asks for itself.

        What a follow-up newly names must be named where the answer stands, and a message whose
        own words the quotes do not have is not given the answer before once more.
        """
        answer = self._search(raw, reading.question, today, started, reading)
        if not answer.citations or reading.is_sure or speaks_of(answer, reading.own_words):
            return answer
        said = self._said(reading, today)
        is_same = {c.quote for c in answer.citations} <= {evidence.quote for evidence in said}
        if is_same or not speaks_of(answer, reading.own_words, anywhere=True):
            return self._abstain(raw, reading.question, today, _NOTHING, started)
        return answer

    def _said(self, reading: Reading, today: date) -> list[Evidence]:
        """The quotes that answer the question which a follow-up goes on from."""
        before = read_question(reading.before, today, (), reading.question.language)
        return gather(before, today, self._retriever, self._glossary, self._fit)[0]

    def _search(
        self, raw: str, question: Question, today: date, started: float, reading: Reading
    ) -> Answer:
        """Answer from what is found, or say that it is not known or not clear."""
        evidence, found, silent = gather(
            question, today, self._retriever, self._glossary, self._fit
        )
        evidence = [
            e
            for e in evidence
            if names_all(reading.new, e.document, e.quote, self._glossary, today)
        ]
        if reading.stands_for_a_thing and not reading.new:
            evidence = about_the_same(evidence, self._said(reading, today), reading.own_words)
        if self._is_unclear(question, found):
            return self._abstain(raw, question, today, found, started, is_unclear=True)
        if evidence and declares_a_gap(evidence[0].quote):
            return self._abstain(raw, question, today, found, started, gap=evidence[0].quote)
        if evidence:
            return self._cite(raw, question, today, evidence, found, started, silent=silent)
        return self._abstain(raw, question, today, found, started)

    def _list(self, question: Question, today: date) -> list[Evidence]:
        """The first sentence of each document that a list asks for."""
        request = list_request(question.search_text, today, self.lists.reader)
        if request is None:
            return []
        documents = self.lists.requested(request, question.language, today)
        return [_lead_of(document) for document in documents]

    def _is_unclear(self, question: Question, found: Found) -> bool:
        """Whether one word, or the name of a class of things, could mean any of several."""
        if names_a_class_only(question, self._glossary):
            return True
        if len(question.words) > 1 or question.years or question.editions or question.codes:
            return False
        stems = {self._retriever.document(hit.passage).stem for hit in found.hits[:5]}
        titles = [self._retriever.document(hit.passage).metadata.title for hit in found.hits]
        starts = any(title.casefold().startswith(question.text.casefold()) for title in titles)
        return len(stems) >= _MANY and not starts

    def _cite(
        self,
        raw: str,
        question: Question,
        today: date,
        evidence: Sequence[Evidence],
        found: Found,
        started: float,
        *,
        is_list: bool = False,
        silent: Sequence[str] = (),
    ) -> Answer:
        has_ended = has_expired(evidence[0].document, today)
        status = AnswerStatus.OUT_OF_DATE if has_ended else AnswerStatus.ANSWERED
        kept = [e for e in evidence if has_expired(e.document, today) == has_ended]
        listed = kept[:MAX_LISTED] if is_list else kept
        citations = _citations(listed, today)
        body = quoted(citations)
        verify(body, citations)
        notes = [
            text("part_not_stated", question.language, part=part.rstrip("？?；;؟ "))
            for part in silent
        ]
        notes += _list_cut(kept, len(listed), question.language)
        notes += notes_for(
            question,
            citations,
            status,
            with_events=not is_list,
            glossary=self._glossary,
        )
        return self._finish(
            raw,
            question,
            today,
            status,
            "\n\n".join(filter(None, [body, *notes])),
            citations=citations,
            suggestions=self._next_questions(found.hits, citations, question.language, today),
            found=found,
            started=started,
        )

    def _abstain(
        self,
        raw: str,
        question: Question,
        today: date,
        found: Found,
        started: float,
        *,
        is_unclear: bool = False,
        gap: str = "",
    ) -> Answer:
        """Say that the documents do not hold it; `gap` is what they themselves say of that."""
        suggestions = self._nearest(found.hits)
        lines = [text("unclear" if is_unclear else "not_in_documents", question.language)]
        lines += [one_line(gap)] if gap else []
        if suggestions and not is_unclear:
            lines.append(text("nearest_topics", question.language))
        lines.extend(f"· {suggestion}" for suggestion in suggestions)
        return self._finish(
            raw,
            question,
            today,
            AnswerStatus.UNCLEAR if is_unclear else AnswerStatus.NOT_IN_DOCUMENTS,
            "\n".join(lines),
            suggestions=suggestions,
            found=found,
            started=started,
        )

    def _next_questions(
        self, hits: Sequence[Hit], citations: Sequence[Citation], language: str, today: date
    ) -> tuple[str, ...]:
        """What else was found on the same topics, as questions."""
        said = {citation.document.stem for citation in citations}
        topics = {citation.document.metadata.topic for citation in citations}
        documents = (self._retriever.document(hit.passage) for hit in hits)
        further = {
            document.stem: document
            for document in documents
            if document.stem not in said
            and document.metadata.topic in topics
            and not has_expired(document, today)
        }
        return tuple(
            text("next_question", language, title=document.metadata.title)
            for document in list(further.values())[:_NEXT_QUESTIONS]
        )

    def _nearest(self, hits: Sequence[Hit]) -> tuple[str, ...]:
        titles = dict.fromkeys(
            self._retriever.document(hit.passage).metadata.title for hit in hits
        )
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


def _lead_of(document: Document) -> Evidence:
    start, end = lead(document)
    return Evidence(
        document=document,
        start=start,
        end=end,
        language=document.metadata.language,
        score=1.0,
        paragraph=(document.id, start),
        coverage=1.0,
    )


def _list_cut(found: Sequence[Evidence], shown: int, language: str) -> list[str]:
    """That a list is longer than what is shown of it, if it is."""
    if shown == len(found):
        return []
    metadata = found[0].document.metadata
    command = "/events" if metadata.event else "/zones" if metadata.zone else "/financing"
    return [text("list_cut", language, total=len(found), shown=shown, command=command)]


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
                event_status(e.document.metadata.event, today)
                if e.document.metadata.event
                else None
            ),
        )
        for number, e in enumerate(ordered, 1)
    )
