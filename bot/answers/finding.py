"""Question -> what is found for it, alone and together with the turns before it."""

from dataclasses import replace
from itertools import chain

from bot.answers.naming import expanded
from bot.answers.question import Question
from index import Found, Glossary, Retriever

HITS = 10


def find(question: Question, retriever: Retriever, glossary: Glossary) -> Found:
    """Search once, and where there are earlier turns once more, with or without them.

    Whether a question goes on from the turn before cannot be told from its words for certain. So
    both readings are searched, and their hits taken in turn, the likelier reading's first.
    """
    found = retriever.search(expanded(question, glossary), question.language, HITS)
    if not question.beside:
        return found
    return _in_turn(found, retriever.search(question.beside, question.language, HITS))


def _in_turn(first: Found, second: Found) -> Found:
    both = [
        list(zip(found.hits, found.nearness, found.matches, strict=True))
        for found in (first, second)
    ]
    ordered = chain.from_iterable(zip(*both, strict=False))
    hits = {hit.passage.id: (hit, near, match) for hit, near, match in reversed(list(ordered))}
    taken = list(hits.values())[::-1][:HITS]
    return Found(
        hits=tuple(replace(hit, rank=rank) for rank, (hit, _, _) in enumerate(taken, 1)),
        nearness=tuple(near for _, near, _ in taken),
        matches=tuple(match for _, _, match in taken),
        encode_ms=first.encode_ms + second.encode_ms,
        search_ms=first.search_ms + second.search_ms,
        vector=first.vector,
    )
