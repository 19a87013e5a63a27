"""What an answer is put together from: quotes, citations, hits, and what can be asked next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from bot.answers.case import Case, Outcome, Tools
from bot.answers.evidence import Evidence
from bot.answers.notices import notices_for
from bot.answers.reasons import Reason
from bot.answers.values import Citation, HitSummary
from bot.dates import event_status, has_expired
from bot.lists.comparison import Comparison
from bot.texts import in_script_of, text
from index import Document
from index.documents import Hit

MAX_LISTED = 8
"""Longest list in one answer; the commands page through the rest."""
_NEXT_QUESTIONS = 3
_SAID = 0.5
"""Probability from which on a quote answers another part as well."""
_LONGEST_NUMBER = 8
"""Labels of parts that are a year or an edition are no longer; others are sentences."""
CITING = (Reason.ANSWERED, Reason.LISTED, Reason.COMPARED, Reason.OUT_OF_DATE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a question is answered with; its reason is that of an answer, or why there is none."""

    reason: Reason
    why: str = ""
    """Why nothing answers it; what is shown is only near."""
    shown: Sequence[Evidence] = ()
    notes: Sequence[str] = ()
    with_events: bool = True
    """Whether notes tell of each event if it is over: a list does itself."""
    comparison: Comparison | None = None
    """What is set side by side."""
    brief: str = ""
    """The words after `/documents` that list the same."""

    @property
    def is_valid(self) -> bool:
        """Whether it is answered, by what has not expired."""
        return bool(self.shown) and self.reason is not Reason.OUT_OF_DATE


def told_of(case: Case, outcomes: Sequence[Outcome], most: int, tools: Tools) -> Told:
    """What answers a question, of which these are the parts; at least one has quotes."""
    language = case.language
    answered = [outcome for outcome in outcomes if outcome.reason in CITING]
    quotes = interleave([outcome.case.quotes for outcome in answered])
    is_list = answered[0].reason is Reason.LISTED
    comparison, brief = answered[0].case.comparison, answered[0].details.get("brief", "")
    has_ended = has_expired(quotes[0].document, case.today)
    kept = [quote for quote in quotes if has_expired(quote.document, case.today) == has_ended]
    shown = kept[: MAX_LISTED if comparison or (is_list and not brief) else most]
    notes = [comparison.written] if comparison else []
    notes += [
        text("part_not_stated", language, part=label.rstrip("？?；;؟ "))
        for label in _silent_parts(case, outcomes, shown, tools)
    ]
    if len(shown) < len(kept) and is_list:
        command = answered[0].details["command"]
        counts = {"total": len(kept), "shown": len(shown)}
        notes.append(text("list_cut", language, command=command, **counts))
    return Told(
        reason=Reason.OUT_OF_DATE if has_ended else answered[0].reason,
        shown=shown,
        notes=notes,
        with_events=len(shown) == 1 or (not is_list and not comparison),
        comparison=comparison,
        brief=brief,
    )


def notices_of(case: Case, told: Told, citations: Sequence[Citation], tools: Tools) -> list[str]:
    """The lines below what is told, of its citations."""
    return notices_for(
        case.language,
        citations,
        told.reason.status,
        with_events=told.with_events,
        with_unsure=told.comparison is None,
        lists=tools.lists,
        today=case.today,
    )


def _silent_parts(
    case: Case, outcomes: Sequence[Outcome], shown: Sequence[Evidence], tools: Tools
) -> list[str]:
    """Labels of the parts without an answer of which no quote speaks."""
    return [
        outcome.case.label
        for outcome in outcomes
        if (outcome.case.is_whole_message or outcome.reason not in CITING)
        and not is_said(case.parts[outcome.case.part - 1], shown, tools)
    ]


def is_said(part: Case, shown: Sequence[Evidence], tools: Tools) -> bool:
    """Whether one of the quotes speaks of a part."""
    if part.label != part.asked and len(part.label) <= _LONGEST_NUMBER:
        digits = "".join(filter(str.isdigit, part.label))
        return any(digits in f"{quote.context} {quote.quote}" for quote in shown)
    said = tools.reader.score(part.question.text, [quote.text for quote in shown])
    return bool(max(said) >= _SAID)


def interleave(of_parts: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    """The quotes of all parts, the best of each first, none twice."""
    in_turn = [quote for rank in zip_longest(*of_parts) for quote in rank if quote]
    return list({(quote.document.id, quote.start): quote for quote in in_turn}.values())


def summarise(of_parts: Sequence[Sequence[Hit]]) -> tuple[HitSummary, ...]:
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


def cite(quotes: Sequence[Evidence], today: date) -> tuple[Citation, ...]:
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


def documents_found(outcome: Outcome, tools: Tools, least: float = -1.0) -> list[Document]:
    """The documents found that were known on the day of the question, the nearest first.

    Args:
        outcome: Of a part of the message.
        tools: That found them.
        least: Cosine that a passage has to the question.
    """
    hits = [hit for hit in outcome.case.all_found.hits if hit.score >= least]
    documents = (tools.retriever.document(hit.passage) for hit in hits)
    return [document for document in documents if document.is_known(outcome.case.today)]


def next_questions(
    found: Sequence[Document], citations: Sequence[Citation], case: Case
) -> tuple[str, ...]:
    """What else was found on the same topics: titles, which can be sent as they are."""
    said = {citation.document.stem for citation in citations}
    topics = {citation.document.metadata.topic for citation in citations}
    further = {
        document.stem: document
        for document in found
        if document.stem not in said
        and document.metadata.topic in topics
        and not has_expired(document, case.today)
    }
    return titles_of(list(further.values())[:_NEXT_QUESTIONS], case.language)


def titles_of(documents: Sequence[Document], language: str) -> tuple[str, ...]:
    """What documents are called, in the script of their reader, each once."""
    titles = (in_script_of(language, document.metadata.title) for document in documents)
    return tuple(dict.fromkeys(titles))
