"""Owners whose question had no answer, and who want to be told when there is one."""

from collections.abc import Collection

from bot.answers.answerer import Answerer
from bot.chat.person import Person
from bot.chat.replies import Button, Reply, plain
from bot.chat.staff_choosing import title_of
from bot.chat.watching import watcher_of
from bot.store import Store, now
from bot.store.awaited import Waiting
from bot.store.models import Notice, Turn
from bot.texts import interface
from index import Document

MOST_WORDS_CHARS = 3_000
"""Of what staff write: it goes out as one message, below the question."""
BUTTON = "e:"
"""Begins the data of the button."""


def offer_to_tell(answer_id: str, language: str) -> Button:
    """Below an answer that found nothing; to press it is to agree."""
    return Button(interface("await_button", language), f"{BUTTON}{answer_id}")


def agreed(store: Store, person: Person, turn: Turn, language: str, days: int) -> Reply:
    """Somebody wants to be told; what is kept for it, and for how many days, is said."""
    if not store.awaited.add(watcher_of(person, language), turn.question):
        return plain(interface("too_old", language))
    return plain(interface("await_kept", language, days=days))


def tell_of(document: Document, ids: Collection[int], store: Store, answerer: Answerer) -> int:
    """Close questions that a document answers; returns how many are told of it.

    Args:
        document: In any language; each is told its title in their own, if there is one.
        ids: Of the questions.
        store: Knows who waits.
        answerer: That is served.
    """
    notices = []
    for each in store.awaited.of(ids):
        versions = answerer.retriever.documents(each.language)
        own = next((v for v in versions if v.stem == document.stem), document)
        title = title_of(own, each.language)
        text = interface("await_answered", each.language, question=each.question, title=title)
        notices.append(_notice(each, text))
    return store.awaited.tell(ids, notices, document.stem)


def pass_on(words: str, ids: Collection[int], store: Store) -> int:
    """Close questions that staff answer themselves; returns how many get their words."""
    notices = []
    for each in store.awaited.of(ids):
        text = interface("await_replied", each.language, question=each.question, words=words)
        notices.append(_notice(each, text))
    return store.awaited.tell(ids, notices, "")


def _notice(each: Waiting, text: str) -> Notice:
    return Notice(
        user_id=each.user_id, text=text, buttons=[], told={}, is_begun=False, created=now()
    )
