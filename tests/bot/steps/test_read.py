"""The sentences of the hits are scored."""

from bot.answers.case import Case
from bot.answers.steps.read import read


def test_the_sentence_that_answers_scores_best(before, tools):
    case = read(before(read, "How many booths has the 12th tea fair?"), tools)

    assert isinstance(case, Case)
    best = max(case.sentences, key=lambda sentence: sentence.score)
    assert best.quote == "The 12th tea fair has 74,600 booths."
    assert next(iter(case.scores)) == best.quote
