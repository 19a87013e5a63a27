"""What a message says besides its question: greetings, thanks, and who is asking."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.answers.parts import is_question, leans
from bot.answers.question import Question, analysed, content_words, whole_words
from bot.answers.slots import IN_CHINA, SIDE, slots_in
from bot.answers.small_talk import is_courtesy
from index import Glossary, Retriever, cities_in, provinces_in, words

_SENTENCE = re.compile(r".+?(?:[。！？；：!?;]+|[.:](?=\s)|$)\s*")
_CLAUSE = re.compile(r".+?(?:[，。！？；：!?;]+|[,.:](?=\s)|$)\s*")
_TELLING = 0.5
"""Rarity from which on a word tells what is asked about; company and export lie below it."""
_WORDS_ALONE = 3
"""A question with fewer words that name something is not understood alone."""


def without_asides(
    question: Question, retriever: Retriever, glossary: Glossary, today: date
) -> Question:
    """A question less the sentences around it that neither ask nor name what documents hold.

    "We make toys in Foshan. Which offices issue the carnet? Any help is welcome." A town or
    province of China counts as no name, as it tells where the asker sits: `told` keeps it.
    """

    def names(text: str) -> bool:
        return _names(text, retriever, glossary, today)

    text, asides = parted(question.text, names)
    if not asides:
        return question
    read = analysed(
        text, "", question.language, today, was_cut=question.was_cut, told=" ".join(asides)
    )
    return replace(read, starts_anew=question.starts_anew)


def parted(text: str, names: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """A text less asides before and after its question, and these in the order found.

    A sentence before it stays where the question leans on it, and so does the last one left.

    Args:
        text: Clean.
        names: Whether a text names something that documents hold.
    """

    def is_aside(sentence: str) -> bool:
        return not is_question(sentence.strip()) and not names(sentence)

    kept = _SENTENCE.findall(text)
    asides: list[str] = []
    while is_aside(kept[-1]) and not all(map(is_aside, kept)):
        asides.append(kept.pop())
    while len(kept) > 1 and is_aside(kept[0]):
        rest = "".join(kept[1:])
        if not (names(rest) or cities_in(rest) or provinces_in(rest) or _stands_alone(rest)):
            break
        asides.append(kept.pop(0))
    kept = _CLAUSE.findall("".join(kept))
    while len(kept) > 1 and is_courtesy(kept[-1]) and is_aside(kept[-1]):
        asides.append(kept.pop())
    while len(kept) > 1 and is_courtesy(kept[0]) and is_aside(kept[0]):
        asides.append(kept.pop(0))
    return "".join(kept).strip(" ,，"), tuple(map(str.strip, asides))


def _stands_alone(text: str) -> bool:
    return not leans(text) and len(whole_words(content_words(text))) >= _WORDS_ALONE


def _names(sentence: str, retriever: Retriever, glossary: Glossary, today: date) -> bool:
    named = (
        slot.text
        for slot in slots_in(sentence, glossary, today)
        if slot.sort != IN_CHINA and not slot.sort.startswith(SIDE)
    )
    rarest = (max(retriever.rarities(words(name)).values(), default=0.0) for name in named)
    return any(map(str.isdigit, sentence)) or any(rarity >= _TELLING for rarity in rarest)
