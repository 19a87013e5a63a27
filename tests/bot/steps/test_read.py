"""The sentences of the hits are scored."""

import pytest

from bot.answers.case import Case
from bot.answers.steps.read import read
from index import in_conversation


def test_the_sentence_that_answers_scores_best(before, tools):
    case = read(before(read, "How many booths has the 12th tea fair?"), tools)

    assert isinstance(case, Case)
    best = case.sentences[0]
    assert best.quote == "The 12th tea fair has 74,600 booths."
    assert best.probability == max(sentence.probability for sentence in case.sentences)
    assert next(iter(case.scores)) == best.quote


def test_a_follow_up_is_read_in_its_conversation(before, tools):
    case = read(before(read, "Who came to it?", "How many booths has the 12th tea fair?"), tools)

    assert isinstance(case, Case)
    assert case.question.text != case.question.search_text
    asked = in_conversation("Who came to it?", ["How many booths has the 12th tea fair?"])
    for sentence in case.sentences:
        score = float(tools.reader.score(asked, [sentence.text])[0])
        assert sentence.probability == pytest.approx(score)
