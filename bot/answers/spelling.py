"""Words that no document has: names typed in pinyin, and slips of the finger."""

import re
from dataclasses import replace
from functools import lru_cache

from bot.answers.question import Question, content_words
from bot.stopwords import stopwords
from index import Glossary, Retriever
from index.glossary import EntryKind
from index.keeping import kept_with
from index.language import language_of
from index.lexical import words

_TOKEN = re.compile(r"[A-Za-z]{4,}")
_LEAST_SYLLABLES = 3
"""Shorter Chinese names are written like words of other languages."""
_LONG = 10
"""From so many letters on two slips are mended, else one."""
_SHARE_KNOWN = 0.4
"""Of a question about what the documents are about, at least so many words are known."""
_LEAST_LETTERS = 6
_HAN = re.compile(r"[\u4e00-\u9fff]")


def mended(question: Question, retriever: Retriever, glossary: Glossary) -> Question:
    """The question with names in pinyin as characters, and unknown words as the documents' own.

    Only words that no document has are looked at, and only what is one or two slips away is
    taken, where many of the question's words are known as they are: a question that is
    about something else altogether is left as it was typed.
    """
    changes: dict[str, str] = {}
    known = sum(map(retriever.knows, question.words))
    is_ours = known >= _SHARE_KNOWN * len(question.words)
    for token in dict.fromkeys(_TOKEN.findall(question.search_text)):
        if _is_known(token, retriever):
            continue
        name = _names_in_pinyin(glossary).get(token.lower())
        if name is None and is_ours:
            name = _closest(token, retriever)
        if name and name != token.lower():
            changes[token] = name
    if not changes:
        return question
    text = _TOKEN.sub(lambda match: changes.get(match[0], match[0]), question.search_text)
    is_pinyin = any(_HAN.search(name) for name in changes.values())
    if is_pinyin and not _HAN.search(question.text):
        rest = _TOKEN.sub(lambda m: m[0] if _is_known(m[0], retriever) else " ", text)
        language = "zh" if language_of(rest) != "en" else question.language
        return replace(
            question, text=rest, search_text=rest, words=content_words(rest), language=language
        )
    own = _TOKEN.sub(lambda match: changes.get(match[0], match[0]), question.text)
    return replace(question, text=own, search_text=text, words=content_words(text))


def _is_known(token: str, retriever: Retriever) -> bool:
    return all(retriever.knows(word) for word in words(token))


def _closest(token: str, retriever: Retriever) -> str | None:
    """The word meant; of short ones only those that name nothing, as brands have short names."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(token) < _LEAST_LETTERS:
        everyday = process.extractOne(
            token, _short_everyday_words(), scorer=OSA.distance, score_cutoff=1
        )
        return str(everyday[0]) if everyday and _starts_alike(everyday[0], token) else None
    slips = 2 if len(token) >= _LONG else 1
    found = process.extractOne(
        token.lower(), retriever.latin_words, scorer=OSA.distance, score_cutoff=slips
    )
    return str(found[0]) if found and _starts_alike(found[0], token) else None


def _starts_alike(word: str, token: str) -> bool:
    """Hardly anyone mistypes the first letter, other words often differ in it."""
    return word[0] == token[0].lower() or word[:2] == token[:2].lower()[::-1]


@lru_cache(maxsize=1)
def _short_everyday_words() -> tuple[str, ...]:
    return tuple(sorted(word for word in stopwords() if _TOKEN.fullmatch(word)))


@kept_with("glossary", 1)
def _names_in_pinyin(glossary: Glossary) -> dict[str, str]:
    """Glossary names as they are typed without tones and spaces -> the names in characters."""
    from pypinyin import lazy_pinyin

    return {
        "".join(lazy_pinyin(form)): entry.zh
        for entry in glossary.entries.values()
        if entry.kind is not EntryKind.WORD
        for form in (entry.zh, *entry.forms.get("zh", ()))
        if len(_HAN.findall(form)) == len(form) >= _LEAST_SYLLABLES
    }
