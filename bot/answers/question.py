"""Reads a question: what it says, in which language, and what an answer must not miss."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.cleaning import SPACES, clean
from bot.stopwords import stopwords
from index import Glossary
from index.constraints import read_constraints
from index.language import UNKNOWN, language_of
from index.lexical import words

FOLLOW_UP = re.compile(
    r"^(?:那|那么|还有|另外|其他|其它|它|他们|这个|这些|那个)|呢[？?]?$"
    r"|^(?:and|but|so|then|what about|how about|what if|does it|is it|"
    r"do they|are they|who else|where else)\b"
    r"|^(?:а|и|но|et|und|còn|thế còn|dan|lalu|e)\s|^¿?y\s|^では|^じゃあ|^그럼|^그러면|^وماذا",
    re.IGNORECASE,
)
NO_SUBJECT = re.compile(
    r"^(?:哪|什么时候|何时|怎么|如何|多少|几|有没有|有什么|是不是|能|要|在哪|需要|谁|分别|其中|另外|还"
    r"|可以|可否|最多|最少|最高|最低|大概|一共|总共|總共)"
    r"|\b(?:it|its|they|them|their|this|that|these|those)\b"
    r"|^(?:when|where|how|who|why|is|are|does|do|did|can|will)\s+(?:the\s+)?\w+\s*\?$"
    r"|\b(?:он|она|они|его|её|их)\b",
    re.IGNORECASE,
)
"""Speaks of what the sentence before is about."""
WORDS_ALONE = 3
"""A sentence with fewer words that name something is not understood alone."""
_NO_NAMES = Glossary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, read.

    `search_text` is what is searched: the text, completed from earlier turns if it leans on them.
    `words` are the words that name something; `years`, `editions`, `codes` and `countries` (ISO
    codes) must not be missing where the answer stands.
    """

    text: str
    search_text: str
    language: str
    words: tuple[str, ...]
    years: frozenset[int]
    months: frozenset[int]
    """Months named together with their year."""
    editions: frozenset[int]
    codes: frozenset[str]
    countries: frozenset[str]
    was_cut: bool
    label: str = ""
    """What this part of a longer message asks about."""
    asked: str = ""
    """The question, of a message that asks several, of which this is a part or all."""
    talked_of: str = ""
    """What was said before, where the question is read without it."""

    @property
    def earlier(self) -> str:
        """What was said before, where the question is completed with it."""
        return self.search_text.removesuffix(self.text)

    @property
    def is_empty(self) -> bool:
        """Whether there is not one letter or digit."""
        return not any(character.isalnum() for character in self.text)


def detected_language(text: str, history: Sequence[str], usual_language: str) -> str:
    """The language of a text; without letters that of the newest turn that has one.

    Args:
        text: Clean.
        history: Earlier user turns, oldest first.
        usual_language: Where nothing tells.
    """
    texts = (text, *map(clean, reversed(history)))
    known = (language_of(said) for said in texts)
    return next((found for found in known if found != UNKNOWN), usual_language)


def analysed(
    text: str,
    earlier: str,
    language: str,
    today: date,
    *,
    was_cut: bool,
    label: str = "",
    asked: str = "",
) -> Question:
    """A clean text as a question; what it leaves open is taken from what was said earlier."""
    search_text = earlier + text
    named = read_constraints(text, language, today, _NO_NAMES, earlier=earlier)
    return Question(
        text=text,
        search_text=search_text,
        language=language,
        words=content_words(search_text),
        years=named.years,
        months=named.months,
        editions=named.editions,
        codes=named.codes,
        countries=named.countries,
        was_cut=was_cut,
        label=label,
        asked=asked,
    )


def reworded(question: Question, text: str, today: date, *, earlier: str = "") -> Question:
    """The question of the same part of a message in other words."""
    return analysed(
        text,
        earlier,
        question.language,
        today,
        was_cut=question.was_cut,
        label=question.label,
        asked=question.asked,
    )


def completed(question: Question, earlier: str, today: date) -> Question:
    """A question behind what was said before it; the same if that is nothing."""
    if not earlier:
        return question
    return reworded(question, question.text, today, earlier=f"{earlier} ")


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that name something, each once, in order."""
    empty = stopwords()
    return tuple(dict.fromkeys(word for word in words(text) if word not in empty))


def leans_on_earlier(sentence: str) -> bool:
    """Whether a sentence is not understood without the one before."""
    return bool(
        FOLLOW_UP.search(sentence)
        or NO_SUBJECT.search(sentence)
        or len(content_words(sentence)) < WORDS_ALONE
    )


def whole_words(found: Sequence[str]) -> list[str]:
    """Words that are no part of a longer one among them."""
    return [word for word in found if not any(word in other != word for other in found)]


def without(text: str, tokens: Sequence[str]) -> str:
    """A text less some pieces of it."""
    for token in tokens:
        text = text.replace(token, " ")
    return SPACES.sub(" ", text)
