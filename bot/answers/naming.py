"""Names in a question: what they are in full, and which hits are about something else.

A near miss is about the right matter of the wrong thing: another country, province, institution,
fair or zone than the question names. A hit that is about no particular one may still answer.
"""

from bot.answers.question import Question
from index import Document, EntryKind, Glossary, Hit, Mention, Retriever, provinces_in

_THINGS = frozenset(
    {
        EntryKind.INSTITUTION,
        EntryKind.COMPANY,
        EntryKind.EVENT,
        EntryKind.ZONE,
        EntryKind.PROGRAMME,
        EntryKind.PRODUCT,
    }
)
_MOST_EXPANSIONS = 4


def expanded(question: Question, glossary: Glossary) -> str:
    """The search text with the usual Chinese and English names of what it names."""
    text = question.search_text
    added: list[str] = []
    for mention in glossary.mentions(text):
        entry = mention.entry
        name = entry.zh if question.language.startswith("zh") else entry.en
        if name.casefold() not in text.casefold() and name not in added:
            added.append(name)
    return " ".join([text, *added[:_MOST_EXPANSIONS]])


def things_in(text: str, glossary: Glossary) -> list[Mention]:
    """Institutions, companies, events, zones, programmes and products that a text names."""
    return [m for m in glossary.mentions(text) if m.entry.kind in _THINGS]


def is_about_something_else(
    question: Question, hit: Hit, retriever: Retriever, glossary: Glossary
) -> bool:
    """Whether the hit's document is about another place or thing than the question names."""
    document = retriever.document(hit.passage)
    return _other_place(question, document) or _other_thing(question, document, glossary)


def _other_place(question: Question, document: Document) -> bool:
    metadata = document.metadata
    concerned = set(metadata.countries) - {"CN"}
    if question.countries and concerned and not question.countries & concerned:
        return True
    asked = provinces_in(question.search_text)
    if not asked or not metadata.provinces or asked & set(metadata.provinces):
        return False
    return not asked & provinces_in(document.text)


def _other_thing(question: Question, document: Document, glossary: Glossary) -> bool:
    asked = {mention.entry.id for mention in things_in(question.search_text, glossary)}
    if not asked:
        return False
    about = {mention.entry.id for mention in things_in(document.metadata.title, glossary)}
    if not about or about & asked:
        return False
    return not asked & {mention.entry.id for mention in things_in(document.text, glossary)}
