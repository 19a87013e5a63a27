"""What a file for the corpus seems to be, seen from what is served."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.upload_questions import Guesses, topics
from index import Document, Retriever
from index.arrival import Arrival, publishers_named
from index.duplicates import likeness
from index.language import letters_of

_LIKE = 0.5
"""Share of a text that stands in another one from which it may be its new version."""
_SEARCHED_CHARS = 500
_LISTED, _HITS = 5, 20


@dataclass(frozen=True, slots=True)
class Similar:
    """A document that a file is like; `share` is how much of the shorter text is in both."""

    document: Document
    share: float
    is_same: bool


def similar_to(arrival: Arrival, documents: Iterable[Document]) -> list[Similar]:
    """Documents that say the same as a file or have its title, each once, the most alike first.

    A title with another year or number is the same: so this year's version is called.
    """
    if len(arrival.documents) > 1:
        return []
    titles = set(map(_wording, arrival.titles())) - {""}
    letters = letters_of(arrival.text)
    found: dict[str, Similar] = {}
    for document in documents:
        share = likeness(arrival.text, document.text)
        if _wording(document.metadata.title) in titles:
            share = max(share, _LIKE)
        if share < _LIKE or "#" in document.stem:
            continue
        known = Similar(document, share, is_same=letters_of(document.text) == letters)
        best = found.get(document.stem)
        if best is None or (known.is_same, known.share) > (best.is_same, best.share):
            found[document.stem] = known
    return sorted(found.values(), key=lambda each: (not each.is_same, -each.share))


def _wording(title: str) -> str:
    """A title without its numbers."""
    return re.sub(r"\d", "", letters_of(title))


def guessed(
    arrival: Arrival,
    similar: Sequence[Similar],
    retriever: Retriever,
    today: date,
    caption: str = "",
) -> Guesses:
    """The likely answers to all questions about a file.

    Args:
        arrival: The file.
        similar: What it is like.
        retriever: Finds what it is about.
        today: What is published later, or valid until earlier, is no guess.
        caption: What was written below it: the first guess of its title.
    """
    served = retriever.snapshot.documents
    named = f"{arrival.titles()[0]} {arrival.text}"[:_SEARCHED_CHARS]
    hits = retriever.search(named, arrival.language, _HITS).hits
    nearest = [served[hit.passage.document] for hit in hits]
    likely = Counter(each.metadata.topic for each in nearest if each.metadata.topic)
    known: dict[str, Document] = {}
    for document in (*(each.document for each in similar), *nearest):
        if "#" not in document.stem:
            known.setdefault(document.stem, document)
    listed = [*known.values()][:_LISTED] if len(arrival.documents) == 1 else []
    titles = (" ".join(caption.split()), *arrival.titles())
    return Guesses(
        title=[*dict.fromkeys(filter(None, titles))],
        topic=topics([topic.value for topic, _ in likely.most_common()]),
        publisher=publishers_named(arrival.text, served.values()),
        published=arrival.days(today),
        valid_until=arrival.valid_until(today),
        replaces=[each.stem for each in listed],
        titles_of_those=[each.metadata.title for each in listed],
        seems_newer=bool(similar),
        language=arrival.language,
        documents=len(arrival.documents),
        beginning=arrival.beginning,
        encoding=arrival.encoding,
        notes=list(arrival.notes),
        describes_itself=arrival.describes_itself,
    )
