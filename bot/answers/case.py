"""What is known of a message on its way through the steps, and how its way ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from bot.answers.decision import DecisionFit, log_odds
from bot.answers.evidence import NEAR, Evidence
from bot.answers.gaps import Gap
from bot.answers.intents import Intents
from bot.answers.operator import NOBODY, Operator
from bot.answers.question import Question
from bot.answers.reasons import Reason
from bot.answers.values import Answer, Dropped, StepTrace
from bot.dates import has_expired
from bot.lists.comparison import Comparison
from bot.lists.listing import Lists
from index import Found, Glossary, Reader, Remark, Retriever

MAX_ENCODINGS = 4
"""So many texts are encoded for one message at most: encoding takes most of the time."""
NO_HITS = Found(hits=(), encode_ms=0.0, search_ms=0.0)
NO_QUESTION = Question(
    text="",
    search_text="",
    language="",
    words=(),
    years=frozenset(),
    months=frozenset(),
    editions=frozenset(),
    codes=frozenset(),
    countries=frozenset(),
    was_cut=False,
)

_TRACED = 3


@dataclass(frozen=True, slots=True)
class Tools:
    """What steps work with, the same for every message."""

    retriever: Retriever
    glossary: Glossary
    lists: Lists
    reader: Reader
    fit: DecisionFit
    """When to abstain."""
    intents: Intents
    """What asks nothing of the documents."""
    operator: Operator = NOBODY
    """Who runs the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One message, or one part of it. A step reads it and returns a new one.

    The first group is given, the second is filled by the steps that see the whole message, the
    third by those that see one part. `changed`, `dropped` and `scores` are what the present step
    tells of its work; the runner moves them into the trace.
    """

    message: str
    today: date
    history: tuple[str, ...] = ()
    """Earlier user turns, oldest first."""
    language: str = ""
    """Of question and answer, BCP 47; empty until it is detected."""
    usual_language: str = "zh"
    """Of the answer where neither question nor history has a letter."""

    text: str = ""
    """The message, cleaned."""
    was_cut: bool = False
    asks_too_much: bool = False
    """It has more questions than are answered at once."""
    starts_anew: bool = False
    """It says that it goes on from nothing asked before, or says itself what it is about."""
    parts: tuple["Case", ...] = ()
    ended: tuple["Outcome", ...] = ()
    """How each part ended."""

    part: int = 0
    """Number of this part, from 1."""
    is_only_part: bool = True
    encodings_left: int = MAX_ENCODINGS
    """How many texts may still be encoded for this part."""
    is_whole_message: bool = False
    """It had no answer alone, and is read with all other parts."""
    label: str = ""
    """What this part of a longer message asks about."""
    asked: str = ""
    """The question, of a message that asks several, of which this is a part or all."""
    question: Question = NO_QUESTION
    """As it stands; once it was read, as it was read."""
    readings: tuple[Question, ...] = ()
    """What the question may ask: as it stands, or behind the turns before it."""
    found: Found = NO_HITS
    """Hits that may answer."""
    all_found: Found = NO_HITS
    """Hits before any was dropped."""
    sentences: tuple[Evidence, ...] = ()
    """The nearest ones of the hits, as read, the best first."""
    of_clauses: tuple[Evidence, ...] = ()
    """The sentence that answers each thing that the question asks, if it asks several."""
    elsewhere: tuple[Evidence, ...] = ()
    """The nearest ones of the best one's document in its other languages, as read."""
    gap: Gap | None = None
    """The nearest entry of what documents say that they do not hold."""
    confidence: float | None = None
    """Probability that one of the sentences answers."""
    quotes: tuple[Evidence, ...] = ()
    comparison: Comparison | None = None
    """What is recorded of the things that it compares."""
    body: str = ""
    """The quoting part of the answer."""
    answer: Answer | None = None

    changed: str = ""
    dropped: tuple[Dropped, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    trace: tuple[StepTrace, ...] = ()

    @property
    def case(self) -> "Case":
        """Itself, as an outcome has one."""
        return self

    @property
    def reading(self) -> float:
        """Log-odds that the best sentence answers, by the reader; there must be one.

        If its document has versions in other languages, the mean of these and of those of the best
        sentence there: the same facts in other words, of which no reading was chosen for its
        height. A question is answered as well if each thing that it asks is.
        """
        of_clauses = (sentence.probability for sentence in self.of_clauses)
        own = log_odds(max(self.sentences[0].probability, min(of_clauses, default=0.0)))
        elsewhere = [log_odds(sentence.probability) for sentence in self.elsewhere]
        return (own + max(elsewhere, default=own)) / 2

    @property
    def near(self) -> list[Evidence]:
        """The sentences of the same subject, those that read best first; none if none is near.

        Those of the document found first are among them: across languages each of its sentences
        may lie farther than others do.
        """
        if not any(sentence.cosine >= NEAR for sentence in self.sentences):
            return []
        first = {hit.passage.document for hit in self.found.hits[:1]}
        return [s for s in self.sentences if s.cosine >= NEAR or s.document.id in first]

    @property
    def gap_asked_for(self) -> Gap | None:
        """What documents say that they do not hold, if it is nearer than what they say."""
        nearest = max(self.sentences, key=attrgetter("cosine"))
        return self.gap if self.gap and self.gap.is_asked_for(nearest) else None

    def quotes_end(self, quotes: tuple[Evidence, ...]) -> "Outcome":
        """This case, ended by what is quoted; the deciding quote tells whether that is over."""
        is_over = has_expired(quotes[0].document, self.today)
        return replace(self, quotes=quotes).ends(
            Reason.OUT_OF_DATE if is_over else Reason.ANSWERED
        )

    def ends(self, reason: Reason, **details: str) -> "Outcome":
        """This case, at its end."""
        return Outcome(reason, self, details)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case ended, and why."""

    reason: Reason
    case: Case
    details: Mapping[str, str] = field(default_factory=dict)
    """What the text for people names."""
    ends_message: bool = False
    """The other parts of the message need no answer of their own."""

    def with_case(self, case: Case) -> "Outcome":
        """The same end of a case that tells more."""
        return replace(self, case=case)


def best_of_dropped(sentences: Sequence[Evidence]) -> tuple[Dropped, ...]:
    """The best few of the sentences that were not chosen, for the trace."""
    best = sorted(sentences, key=lambda sentence: -sentence.probability)[:_TRACED]
    text = "read {probability}"
    return tuple(
        Dropped(
            what=s.quote, because=Remark.of("read_as", text, probability=f"{s.probability:.2f}")
        )
        for s in best
    )


Step = Callable[[Case, Tools], Case | Outcome]
