"""Which unanswered questions are the same one."""

from datetime import date

from bot.answers.grouping import Grouper
from bot.answers.reasons import Reason
from bot.report.grouping import by_meaning, by_text, groups
from tests.bot.report.conftest import question_in_vain


def test_the_same_letters_are_one_question_however_it_is_written():
    same = ["Booth price?", "booth price", "BOOTH PRICE ！", "Ｂooth  price…"]
    questions = [question_in_vain(each) for each in (*same, "Booth prices?", "？", "！！")]

    found = groups(questions, by_text)

    assert sorted(group.times for group in found) == [1, 1, 1, 4]
    (group,) = [group for group in found if group.times == 4]
    assert group.others == ()


def test_a_group_has_the_most_frequent_wording_and_all_languages_and_times():
    questions = [
        question_in_vain("展位多少钱", language="zh", times=2, nearest=("A",)),
        question_in_vain(
            "What is a booth?",
            times=5,
            reason=Reason.NOT_READ,
            nearest=("B", "A"),
            last=date(2026, 2, 1),
        ),
    ]

    (group,) = groups(questions, lambda those: [list(those)])

    assert group.wordings[0].question == "What is a booth?"
    assert group.others == ("展位多少钱",)
    assert (group.times, group.languages) == (7, ("en", "zh"))
    assert (group.reason, group.nearest) == (Reason.NOT_READ, ("B", "A"))
    assert group.last == date(2026, 2, 15)


def test_what_was_asked_most_comes_first_and_then_what_was_asked_last():
    questions = [
        question_in_vain("old", last=date(2026, 1, 20)),
        question_in_vain("often", times=3, last=date(2026, 1, 20)),
        question_in_vain("new"),
    ]

    found = groups(questions, by_text)

    assert [group.wordings[0].question for group in found] == ["often", "new", "old"]


def test_other_words_for_the_same_question_are_one_group(desk):
    same = ("Who came to the tea fair?", "who came to the tea fair", "Who came to the tea fair 2?")
    questions = [question_in_vain(each) for each in (*same, "What do toy labels name?")]

    found = groups(questions, by_meaning(desk, Grouper()))

    assert [group.times for group in found] == [3, 1]
    assert groups([], by_meaning(desk, Grouper())) == []
