"""The port for reading: does a sentence answer a question? Adapters are in `index.readers`."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.structure import BELOW

Probabilities = npt.NDArray[np.float32]
"""float32, shape (n,), each from 0 to 1."""


class Reader(Protocol):
    """Question and texts, read together -> the probability that each text answers."""

    @property
    def name(self) -> str:
        """Names model and version: what is fitted on the scores of one holds for no other."""

    @property
    def knows_conversations(self) -> bool:
        """Whether it was trained on questions as `in_conversation` writes them."""

    @property
    def reads_across_languages(self) -> bool:
        """Whether it reads texts in other languages than the question's."""

    def score(self, question: str, texts: Sequence[str]) -> Probabilities:
        """The probability that each text answers a question, in order.

        Args:
            question: As asked.
            texts: Of `readable`; longer ones than the model reads are cut at their end.
        """


_FEW_WORDS = 7


def readable(context: str, sentence: str) -> str:
    """A sentence as readers are trained to see it: below the title and headings it stands under.

    A bare title of a few English words stands for the heading too. The shipped reader met such
    titles mostly above paragraphs of which only questions without an answer were known, and
    learned to answer nothing below one: of 100 questions of another corpus it answers 3 so, and
    60 with the title said twice.

    Args:
        context: Title and headings, of `chunking.context`.
        sentence: A sentence, an item of a list, or a row of a table.
    """
    if BELOW not in context and context.isascii() and len(context.split()) <= _FEW_WORDS:
        context = f"{context}{BELOW}{context}"
    return f"{context} | {sentence}"


_TURNS = 3
_TURN_CHARS = 120


def in_conversation(question: str, earlier: Sequence[str]) -> str:
    """A question after those before it, as readers are trained to see a conversation.

    Args:
        question: The last one.
        earlier: Those before it, oldest first; the last few are kept, each at most 120 characters.
    """
    return " » ".join([*(turn[:_TURN_CHARS] for turn in earlier[-_TURNS:]), question])
