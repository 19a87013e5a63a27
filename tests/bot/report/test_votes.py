"""Answers by the votes they got."""

from bot.report.values import Voted
from bot.report.votes import best, judged, worst
from tests.bot.report.conftest import asked_question


def vote(answer_id, value, question="Q", reason=""):
    return Voted(answer_id=answer_id, question=question, vote=value, reason=reason)


def test_an_answer_is_judged_by_all_votes_on_it():
    votes = [vote("a", 1), vote("a", -1, "", "too old"), vote("a", -1, reason="too old")]

    (answer,) = judged(votes, [asked_question(answer_id="a", cited=("fair",))])

    assert (answer.question, answer.helpful, answer.unhelpful) == ("Q", 1, 2)
    assert (answer.reasons, answer.cited) == (("too old",), ("fair",))


def test_the_most_helpful_and_the_least_helpful_come_first_and_none_is_both():
    votes = [
        *(vote("good", 1) for _ in range(3)),
        vote("fair", 1),
        vote("split", 1),
        vote("split", -1),
        vote("old", -1),
        *(vote("bad", -1) for _ in range(2)),
    ]

    answers = judged(votes, [])

    assert [each.answer_id for each in best(answers)] == ["good", "fair"]
    assert [each.answer_id for each in worst(answers)] == ["bad", "old"]


def test_only_so_many_are_named():
    answers = judged([vote(f"a{n}", -1) for n in range(30)], [])

    assert len(worst(answers)) == 10
    assert best(answers) == []
