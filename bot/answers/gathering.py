"""From a message to the quotes that answer it: part by part, where it asks several things."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from bot.answers.abstention import Fit, judge
from bot.answers.choosing import MAX_QUOTES, choose
from bot.answers.evidence import Evidence, weigh
from bot.answers.finding import find
from bot.answers.gaps import Gap, told_instead
from bot.answers.near_misses import is_for_others, named_in
from bot.answers.parts import compared, focused, what_is_asked, without_whereabouts
from bot.answers.question import Question
from bot.answers.signals import keep
from index import Found, Glossary, Retriever

_SAID = 0.5
"""Share of a part's weight of words that the quotes must carry."""
_LOOKED_AT = 3
"""How many hits tell whether the documents know a country."""
_LONGEST_NUMBER = 8
"""Labels of parts that are a year or an edition are no longer; others are sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a message is answered with.

    Attributes:
        quotes: The best of all parts first.
        found: For the first part.
        silent: The parts that have no answer, beside others that have one.
        gap: What is asked for and no document holds, where nothing is quoted.
    """

    quotes: list[Evidence]
    found: Found
    silent: tuple[str, ...]
    gap: Gap | None


def gather(
    question: Question,
    today: date,
    retriever: Retriever,
    glossary: Glossary,
    fit: Fit | None = None,
) -> Gathered:
    """Quotes for a question, or what documents say instead.

    A message may ask several things; each has its quotes, the best of all parts first.
    """
    desk = _Desk(today, retriever, glossary, fit)
    quotes: list[list[Evidence]] = []
    silent: list[Question] = []
    all_found: list[Found] = []
    gaps: list[Gap] = []
    parts = focused(question, today)
    if len(parts) == 1:
        parts = compared(question, glossary, today)
    for part in parts:
        chosen, gap, found = desk.quotes_for(part)
        all_found.append(found)
        gaps += [gap] if gap else []
        if len(parts) > 1 and not chosen:
            silent.append(part)
        else:
            quotes.append(chosen)
    if silent and quotes:  # a part may be understood only with the rest of the message
        quotes.append(desk.quotes_for(question)[0])
    in_turn = [quote for rank in zip_longest(*quotes) for quote in rank if quote]
    distinct = {(quote.document.id, quote.start): quote for quote in in_turn}
    evidence = list(distinct.values())[:MAX_QUOTES]
    unsaid = [part.label for part in silent if not _is_said(part, evidence, retriever, glossary)]
    return Gathered(
        quotes=evidence,
        found=all_found[0],
        silent=tuple(unsaid),
        gap=gaps[0] if gaps and not evidence else None,
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is needed to answer one part of a message."""

    today: date
    retriever: Retriever
    glossary: Glossary
    fit: Fit | None

    def quotes_for(self, part: Question) -> tuple[list[Evidence], Gap | None, Found]:
        """Quotes that answer a part, read as it stands or without the asker's circumstances."""
        found = find(part, self.retriever, self.glossary)
        elsewhere = without_whereabouts(part, self.today)
        if elsewhere and not _concerns(part.countries, found, self.retriever):
            part, found = elsewhere, find(elsewhere, self.retriever, self.glossary)
        quotes, gap = self._answering(part, found)
        asked = what_is_asked(part, self.glossary, self.today)
        if asked and not quotes:
            if _concerns(part.countries, found, self.retriever):
                asked = replace(asked, countries=part.countries)
            again = find(asked, self.retriever, self.glossary)
            quotes, of_asked = self._answering(asked, self._among_documents(again, found, part))
            gap = gap or of_asked
        return quotes, gap, found

    def _among_documents(self, found: Found, others: Found, part: Question) -> Found:
        """What was found, as far as it is of documents that were found for the whole part too."""
        named = named_in(part, self.glossary)
        documents = (self.retriever.document(hit.passage) for hit in others.hits)
        known = {d.id for d in documents if not is_for_others(named, d, self.glossary)}
        return keep(
            found, [n for n, hit in enumerate(found.hits) if hit.passage.document in known]
        )

    def _answering(self, part: Question, found: Found) -> tuple[list[Evidence], Gap | None]:
        """Quotes, or what is not held if just that is asked for."""
        judgement = judge(part, found, self.retriever, self.glossary, self.fit)
        kept, candidates = judgement.found, judgement.candidates
        quotes: list[Evidence] = []
        if judgement.answers:
            quotes = choose(part, kept, candidates, self.retriever, self.glossary)
        gap = told_instead(
            part,
            kept if candidates else found,
            candidates,
            self.retriever,
            self.glossary,
            of_answer=bool(quotes),
        )
        return ([], gap) if gap else (quotes, None)


def _concerns(countries: frozenset[str], found: Found, retriever: Retriever) -> bool:
    """Whether one of the best hits is about one of the countries."""
    documents = (retriever.document(hit.passage) for hit in found.hits[:_LOOKED_AT])
    return any(countries & set(document.metadata.countries) for document in documents)


def _is_said(
    part: Question, evidence: Sequence[Evidence], retriever: Retriever, glossary: Glossary
) -> bool:
    """Whether the quotes, chosen for the whole message, speak of one of its parts."""
    texts = [text for e in evidence for text in (e.quote, e.document.metadata.title)]
    if len(part.label) <= _LONGEST_NUMBER:
        digits = "".join(filter(str.isdigit, part.label))
        return any(digits in text for text in texts)
    return weigh(part, retriever, glossary).coverage(*texts) >= _SAID
