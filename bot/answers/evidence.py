"""What may be quoted: the sentences of the hits, and how well each answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.answers.naming import other_words, words_of
from bot.answers.question import Question
from bot.answers.sentence_scoring import SentenceFeatures, shipped_sentence_fit
from index import (
    Constraints,
    Document,
    Found,
    Glossary,
    Hit,
    Kind,
    Retriever,
    lacks_kind,
    primary,
    sentence_matches,
    tells_next_dates,
    units,
)

_USUAL_DATES = 4.0
"""What a series' usual dates gain where its next ones are asked for, in logarithms of odds."""
NAMED_WEIGHT = 6.0
"""What naming all that is asked about, by the glossary, adds in another language: the labelled
questions that weights are fitted on have no glossary."""
_STRESS = 3.0
"""How many times more a word tells that is asked for itself."""
_LEAD = 5.0
"""What the first sentence of a document gains where its subject itself is asked about."""
_ASKS_WHAT_IT_IS = re.compile(
    r"^(?:what(?:'s| is| are)|what does .{1,60} (?:mean|do)|什么是|何为|请介绍|介绍一下|что такое)"
    r"|(?:是什么|是啥|指什么|什么意思)[？?。]?$|とは(?:何)?|(?:란|이란) 무엇|^ما هو|^ما هي",
    re.IGNORECASE,
)

_DATE = re.compile(
    r"\d{1,2}月|\d{1,2}日|[次翌每]年|季度|\b(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|every year|each year|quarter)\b"
)
_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d{2}(?!\d)(?!年第\d)")
_NUMBER = re.compile(r"\d")
_ASKS_DAY = re.compile(
    r"哪一?天|几号|幾號|几月几|what dates?|which dates?|(?:what|which) day|exact date|"
    r"какого числа|何日"
)
_DAY = re.compile(
    r"\d{1,2}日|\b\d{1,2} (?:to \d{1,2} )?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b"
)


Place = tuple[str, int]
"""Of a sentence: its document and start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One span of a document that may be quoted."""

    document: Document
    start: int
    end: int
    language: str
    score: float
    paragraph: tuple[str, int]
    """The passage it stands in: document and start."""
    coverage: float
    """Share of the question's weight that the span carries with its title and headings."""
    context: str = ""
    """Title and headings that it stands below."""
    features: SentenceFeatures | None = None
    """What its score is made of."""
    holds_asked: bool = True
    """Whether it holds a thing of the kind asked for."""

    @property
    def place(self) -> Place:
        """Where it stands, the same for every question."""
        return self.document.id, self.start

    @property
    def quote(self) -> str:
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each of a question's words tells, and in which other words a text may say it."""

    by_word: dict[str, float]
    other_words: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)

    @property
    def total(self) -> float:
        return sum(self.by_word.values())

    def coverage(self, *texts: str) -> float:
        """The share of the question's weight that texts of documents carry together, 0 to 1."""
        if not self.total:
            return 0.0
        present = _words_in(texts)
        said = sum(w for word, w in self.by_word.items() if self._says(present, word))
        return said / self.total

    def missing(self, texts: Sequence[str]) -> float:
        """The weight of the weightiest word that no text has."""
        present = _words_in(texts)
        left = (w for word, w in self.by_word.items() if not self._says(present, word))
        return max(left, default=0.0)

    def unknown(self, retriever: Retriever) -> list[str]:
        """The words that no passage of the index says."""
        return [
            word
            for word in self.by_word
            if not any(
                all(map(retriever.knows, said))
                for said in ({word}, *self.other_words.get(word, ()))
            )
        ]

    def _says(self, present: frozenset[str], word: str) -> bool:
        others = self.other_words.get(word, ())
        return word in present or any(other <= present for other in others)


def _words_in(texts: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*map(words_of, texts))


def lead(document: Document) -> tuple[int, int]:
    """The span of a document's first sentence: the answer to "what is it"."""
    for unit in units(document.text):
        if unit.kind is not Kind.HEADING:
            return unit.quote_start, unit.end
    return 0, len(document.text)


def best_of(candidates: Sequence[Evidence]) -> Evidence:
    """The sentence that answers best, if possible one with the kind of thing asked for."""
    return max(candidates, key=lambda e: (e.holds_asked, e.score))


def weigh(question: Question, retriever: Retriever, glossary: Glossary) -> Weights:
    """How much each of a question's words tells in this snapshot."""
    rarities = retriever.rarities(question.words)
    return Weights(
        {w: _STRESS * r if w in question.stressed else r for w, r in rarities.items()},
        other_words(question.search_text, glossary),
    )


def candidates_in(
    question: Question,
    asked: Constraints,
    hit: Hit,
    found: Found,
    retriever: Retriever,
    weights: Weights,
) -> list[Evidence]:
    """The sentences of a hit that may answer.

    Args:
        question: As read, or one part of it.
        asked: What its answer must not miss.
        hit: Among those found.
        found: With the vector that the sentences are compared with.
        retriever: That found it.
        weights: How much each word of the question tells.
    """
    document = retriever.document(hit.passage)
    context = " ".join([document.metadata.title, *hit.passage.headings])
    is_other = primary(hit.passage.language) != primary(question.language)
    facts = retriever.facts(hit.passage)
    is_subject = _asks_what_it_is(question, document)
    scoring = shipped_sentence_fit().weights(is_other=is_other)
    candidates = []
    for (first, last), cosine in retriever.sentences(found, hit.passage):
        start, end = hit.passage.start + first, hit.passage.start + last
        text = document.text[start:end]
        named = facts.sentences[first, last]
        if sentence_matches(asked, facts, named):
            continue
        features = SentenceFeatures(
            coverage=weights.coverage(context, text),
            cosine=cosine,
            passage_cosine=hit.score,
            has_number=float(_gives_number(asked, text)),
            has_date=float(_gives_date(question, asked, text, context)),
        )
        score = (
            scoring.score(features)
            + NAMED_WEIGHT * (is_other and features.coverage)
            + _USUAL_DATES * _gives_usual_dates(asked, document, text)
            + _LEAD * (is_subject and start == lead(document)[0])
        )
        candidates.append(
            Evidence(
                document=document,
                start=start,
                end=end,
                language=hit.passage.language,
                score=score,
                paragraph=(document.id, hit.passage.start),
                coverage=features.coverage,
                context=context,
                features=features,
                holds_asked=not lacks_kind(asked, named),
            )
        )
    return candidates


def _asks_what_it_is(question: Question, document: Document) -> bool:
    """Whether a question asks what a document's subject is, and for nothing else."""
    subject = words_of(document.metadata.title)
    asks = bool(_ASKS_WHAT_IT_IS.search(question.text.strip()))
    return asks and bool(question.words) and subject.issuperset(question.words)


def _gives_date(question: Question, asked: Constraints, text: str, context: str) -> bool:
    """Whether a sentence dates something; the year in its title or the question dates nothing."""
    if not asked.asks_date:
        return False
    if _ASKS_DAY.search(question.text):
        return bool(_DAY.search(text))
    years = set(_YEAR.findall(text)) - set(_YEAR.findall(f"{question.search_text} {context}"))
    return bool(years or _DATE.search(text))


def _gives_number(asked: Constraints, text: str) -> bool:
    return asked.asks_number and not asked.asks_date and bool(_NUMBER.search(text))


def _gives_usual_dates(asked: Constraints, document: Document, text: str) -> bool:
    has_date = bool(_DATE.search(text) or _YEAR.search(text))
    return has_date and tells_next_dates(asked, document.metadata)
