"""From a message to the quotes that answer it: part by part, where it asks several things."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from bot.answers.abstention import AbstentionFit, judge
from bot.answers.choosing import MAX_QUOTES, choose
from bot.answers.evidence import Evidence, declares_a_gap, weigh
from bot.answers.finding import find
from bot.answers.near_misses import is_for_others, named_in
from bot.answers.parts import compared, focused, what_is_asked, without_whereabouts
from bot.answers.question import Question
from index import Found, Glossary, Retriever

_SAID = 0.5
"""Share of a part's weight of words that the quotes must carry."""
_LOOKED_AT = 3
"""How many hits tell whether the documents know a country."""
_LONGEST_NUMBER = 8
"""Labels of parts that are a year or an edition are no longer; others are sentences."""


def gather(
    question: Question,
    today: date,
    retriever: Retriever,
    glossary: Glossary,
    fit: AbstentionFit | None = None,
) -> tuple[list[Evidence], Found, tuple[str, ...], float]:
    """Quotes for a question, what was found, its parts without an answer, and the confidence.

    A message may ask several things; each has its quotes, the best of all parts first.
    """
    desk = _Desk(today, retriever, glossary, fit)
    quotes: list[list[Evidence]] = []
    silent: list[Question] = []
    all_found: list[Found] = []
    confidence = 0.0
    parts = focused(question, today)
    if len(parts) == 1:
        parts = compared(question, glossary, today)
    for part in parts:
        chosen, found, confidence_of_part = desk.quotes_for(part)
        confidence = max(confidence, confidence_of_part)
        all_found.append(found)
        if len(parts) > 1 and (not chosen or declares_a_gap(chosen[0].quote)):
            silent.append(part)
        else:
            quotes.append(chosen)
    if silent and quotes:  # a part may be understood only with the rest of the message
        quotes.append(desk.quotes_for(question)[0])
    in_turn = [quote for rank in zip_longest(*quotes) for quote in rank if quote]
    distinct = {(quote.document.id, quote.start): quote for quote in in_turn}
    evidence = list(distinct.values())[:MAX_QUOTES]
    unsaid = [part.label for part in silent if not _is_said(part, evidence, retriever, glossary)]
    return evidence, all_found[0], tuple(unsaid), confidence


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is needed to answer one part of a message."""

    today: date
    retriever: Retriever
    glossary: Glossary
    fit: AbstentionFit | None

    def quotes_for(self, part: Question) -> tuple[list[Evidence], Found, float]:
        """Quotes that answer a part, read as it stands or without the asker's circumstances."""
        found = find(part, self.retriever, self.glossary)
        elsewhere = without_whereabouts(part, self.today)
        if elsewhere and not _concerns(part.countries, found, self.retriever):
            part, found = elsewhere, find(elsewhere, self.retriever, self.glossary)
        quotes, confidence = self._answering(part, found)
        asked = what_is_asked(part, self.glossary, self.today)
        if asked and not quotes:
            if _concerns(part.countries, found, self.retriever):
                asked = replace(asked, countries=part.countries)
            again = find(asked, self.retriever, self.glossary)
            quotes, second = self._answering(asked, self._among_documents(again, found, part))
            confidence = max(confidence, second)
        return quotes, found, confidence

    def _among_documents(self, found: Found, others: Found, part: Question) -> Found:
        """What was found, as far as it is of documents that were found for the whole part too."""
        named = named_in(part, self.glossary)
        documents = (self.retriever.document(hit.passage) for hit in others.hits)
        known = {d.id for d in documents if not is_for_others(named, d, self.glossary)}
        return found.keep([n for n, hit in enumerate(found.hits) if hit.passage.document in known])

    def _answering(self, part: Question, found: Found) -> tuple[list[Evidence], float]:
        judgement = judge(part, found, self.retriever, self.glossary, self.fit)
        if not judgement.answers:
            return [], judgement.confidence
        quotes = choose(part, judgement.found, judgement.candidates, self.retriever, self.glossary)
        return quotes, judgement.confidence


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
