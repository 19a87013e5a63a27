"""Names in a question: what they are in full, in other words, and whether anybody knows them."""

from bot.answers.question import Question, whole_words
from index import Glossary
from index.constraints import THINGS, asks_number
from index.glossary import EntryKind, fold
from index.keeping import kept_with

_MANY = 2
"""From so many members on a class alone does not tell which is meant."""
_SAYS_LITTLE = frozenset(
    "开 办 举办 举行 召开 开幕 时间 日期 地点 参加 政策 规定 情况 介绍 信息 消息 优惠 "
    "hold held take place date open opening policy policie rule information".split()
)
"""What is asked of a thing, without telling which."""
_MOST_EXPANSIONS = 4


def expanded(question: Question, glossary: Glossary) -> str:
    """The search text with the usual Chinese and English names of what it names."""
    text = question.search_text
    added: list[str] = []
    mentions = sorted(glossary.mentions(text), key=lambda m: m.entry.kind is EntryKind.WORD)
    for mention in mentions:
        entry = mention.entry
        name = entry.zh if question.language.startswith("zh") else entry.en
        if name.casefold() not in text.casefold() and name not in added:
            added.append(name)
    return " ".join([text, *added[:_MOST_EXPANSIONS]])


def names_a_class_only(question: Question, glossary: Glossary) -> bool:
    """Whether a question names no particular thing, only a class of many: "the expo", 自贸区.

    How many there are may well be asked of a class, when one is held may not.
    """
    whole = whole_words(question.words)
    telling = [word for word in whole if word not in _SAYS_LITTLE]
    if len(telling) != 1 or len(whole) == 1 or asks_number(question.text):
        return False
    if question.years or question.editions or question.codes or question.countries:
        return False
    return _members_of(telling[0], glossary) >= _MANY


@kept_with("glossary", 2**8)
def _members_of(word: str, glossary: Glossary) -> int:
    """How many things have a name that ends with a word."""
    return sum(
        any(fold(form).endswith(word) for form in entry.all_forms())
        for entry in glossary.entries.values()
        if entry.kind in THINGS or entry.kind is EntryKind.POLICY
    )
