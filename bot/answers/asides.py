"""What a message says besides its question: greetings, thanks, and who is asking."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.answers.question import (
    FOLLOW_UP,
    NO_SUBJECT,
    Question,
    analysed,
    content_words,
    whole_words,
)
from bot.answers.slots import ABROAD, IN_CHINA, SIDE, slots_in
from bot.answers.small_talk import is_courtesy
from bot.stopwords import stopwords
from index import EntryKind, Glossary, Retriever, words

_SENTENCE = re.compile(r".+?(?:[。！？；：!?;]+|[.:](?=\s)|$)\s*")
_CLAUSE = re.compile(r".+?(?:[，。！？；：!?;]+|[,.:](?=\s)|$)\s*")
_IS_QUESTION = re.compile(
    r"[?？؟]$|多少|[几幾]|哪|[谁誰]|[什甚][么麼]|何[时時]|怎|咋|啥|[吗嗎]|有[没沒]有|(?P<same>[\u4e00-\u9fff])不(?P=same)"
    r"|^(?:how|what|when|where|who|which|does|do|did|can|is|are)\b"
    r"|сколько|когда|\bкто\b|^где\b|^как",
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"[^。！？；!?;，]+?(?:\.(?=\s)|[。！？；!?;，]|$)")
_SPEAKS_OF_IT = re.compile(
    r"^(?:[那这這该該][个個家里裡边邊些座]?(?:园|園|展|平台|银行|公司|机构|機構|地方|城市|市场|市場|里|边)"
    r"|那[里边裡邊儿兒]|[上里裡]面)"
    r"|\b(?:that|this|the same) (?:park|zone|fair|expo|bank|city|market|platform|place|country)\b"
    r"|(?<!is )(?<!are )(?<!was )\bthere\b(?! (?:is|are|was|were|any)\b)",
    re.IGNORECASE,
)
"""那个园区: a place or thing just told of."""
_TELLING = 0.5
"""Rarity from which on a word tells what is asked about; company and export lie below it."""
_SUBJECTS = (IN_CHINA, ABROAD, EntryKind.POLICY)
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
        return any(map(str.isdigit, text)) or any(
            max(retriever.rarities(words(slot.text)).values(), default=0.0) >= _TELLING
            for slot in slots_in(text, glossary, today)
            if slot.sort != IN_CHINA and not slot.sort.startswith(SIDE)
        )

    def has_subject(text: str) -> bool:
        named = slots_in(text, glossary, today)
        return any(slot.is_thing or slot.sort in _SUBJECTS for slot in named)

    text, asides = parted(question.text, names, has_subject)
    if not asides:
        return question
    read = analysed(text, "", question.language, today, was_cut=question.was_cut)
    return replace(read, told=" ".join(asides))


def parted(
    text: str, names: Callable[[str], bool], has_subject: Callable[[str], bool]
) -> tuple[str, tuple[str, ...]]:
    """A text less asides around its question, and these.

    Args:
        text: Clean.
        names: Whether a sentence names something that documents hold.
        has_subject: Whether a question says itself what its "it" and "there" stand for.
    """

    def is_aside(sentence: str) -> bool:
        return not _is_question(sentence) and not names(sentence)

    kept = _SENTENCE.findall(text)
    if not any(_is_question(sentence) for sentence in kept):
        return text, ()  # a headline or a bare name: nothing stands around a question
    asides: list[str] = []
    while not all(map(is_aside, kept)) and is_aside(kept[-1]):
        asides.append(kept.pop())
    while len(kept) > 1 and is_aside(kept[0]) and not _is_heading(kept[0]):
        rest = "".join(kept[1:])
        if not has_subject(rest) and not _stands_alone(rest):
            break
        asides.append(kept.pop(0))
    kept = _CLAUSE.findall("".join(kept))
    for end in (-1, 0):
        while len(kept) > 1 and is_courtesy(kept[end]) and is_aside(kept[end]):
            asides.append(kept.pop(end))
    return "".join(kept).strip(" ,，"), tuple(map(str.strip, asides))


@lru_cache(maxsize=2**6)
def asking_part(text: str) -> str:
    """A message from its first question on; all of it if that speaks of what it tells before."""
    for part in _STATEMENT.finditer(text):
        if _is_question(part[0]):
            asked = text[part.start() :].strip()
            return text if _SPEAKS_OF_IT.search(asked) else asked
    return text


def _stands_alone(text: str) -> bool:
    return not _leans(text) and len(whole_words(content_words(text))) >= _WORDS_ALONE


def _is_heading(text: str) -> bool:
    """Whether a text has no everyday word, as "Forced labour rules:"; it is no sentence then."""
    return not is_courtesy(text) and not stopwords() & set(words(text))


def _is_question(text: str) -> bool:
    """Whether a sentence asks something, by its sign or its words."""
    return bool(_IS_QUESTION.search(text.strip()))


def _leans(text: str) -> bool:
    """Whether a sentence speaks of what the one before it is about."""
    return any(said.search(text) for said in (FOLLOW_UP, NO_SUBJECT, _SPEAKS_OF_IT))
