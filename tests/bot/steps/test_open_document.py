"""A title alone opens its document; a question about it goes on."""

import pytest

from bot.answers.case import Case
from bot.answers.reasons import Reason
from bot.answers.steps.open_document import open_document


@pytest.mark.parametrize("message", ["Lamp fair", "lamp FAIR ", "Tell me about Lamp fair"])
def test_a_title_alone_is_answered_with_the_beginning_of_its_document(outcome, message):
    ended = outcome(open_document, message)

    assert (ended.reason, ended.ends_message) == (Reason.ANSWERED, True)
    assert {quote.document.stem for quote in ended.case.quotes} == {"events/lamp-fair"}
    assert ended.case.quotes[0].start == min(quote.start for quote in ended.case.quotes)


@pytest.mark.parametrize("message", ["Where is the Lamp fair held?", "Lamp fair 2031"])
def test_what_asks_more_than_a_title_goes_on(before, tools, message):
    assert isinstance(open_document(before(open_document, message), tools), Case)


def test_what_else_can_be_asked_is_searched_for(outcome):
    found = outcome(open_document, "Lamp fair").case.all_found

    assert {hit.passage.document for hit in found.hits} > {"events/lamp-fair.en"}
