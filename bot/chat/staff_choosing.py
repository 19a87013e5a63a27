"""Documents to choose from: those nearest to a question, a page of buttons at a time."""

from collections.abc import Sequence

from bot.answers.answerer import Answerer
from bot.chat.lists_view import document_key
from bot.chat.replies import Button, Rows
from bot.texts import in_script_of, interface
from index import Document

_HITS = 60
"""Passages that are looked through; several may be of one document."""
_PAGE = 6


def nearest_documents(
    answerer: Answerer, question: str, language: str, shown_in: str
) -> list[Document]:
    """The documents nearest to a question, each once, best first.

    Args:
        answerer: On the index in service.
        question: As it was asked.
        language: Of the question.
        shown_in: The language of the versions that are wanted.
    """
    retriever = answerer.retriever
    documents = retriever.snapshot.documents
    hits = retriever.search(question, language, k=_HITS).hits
    stems = dict.fromkeys(documents[hit.passage.document].stem for hit in hits)
    return [document for stem in stems if (document := retriever.version(stem, shown_in))]


def document_of(answerer: Answerer, key: str, language: str) -> Document | None:
    """The document that a button carries; None if it is gone."""
    documents = answerer.retriever.documents(language)
    return next((each for each in documents if document_key(each) == key), None)


def title_of(document: Document, language: str) -> str:
    """What a document is called, in the script of the interface."""
    return in_script_of(language, document.metadata.title)


def choosing_rows(
    documents: Sequence[Document], language: str, *, choose: str, turn: str, number: int
) -> Rows:
    """A button for each document of one page, and those that turn the page.

    Args:
        documents: All of them, best first.
        language: Of the interface.
        choose: Data before a document's key.
        turn: Data before a page's number.
        number: Of the page, from 0.
    """
    shown = documents[number * _PAGE : (number + 1) * _PAGE]
    rows = [
        (Button(title_of(each, language), f"{choose}:{document_key(each)}"),) for each in shown
    ]
    return (*rows, *turning_row(turn, number, -(-len(documents) // _PAGE), language))


def turning_row(turn: str, number: int, pages: int, language: str) -> Rows:
    """The buttons that turn a page, in one row; none where there is only one page."""
    row = tuple(
        Button(interface(key, language), f"{turn}:{page}")
        for key, page in (("previous", number - 1), ("next", number + 1))
        if 0 <= page < pages
    )
    return (row,) if row else ()
