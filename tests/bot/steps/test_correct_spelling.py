"""A slip of the finger is corrected before anything is looked up."""

from bot.answers.steps.correct_spelling import correct_spelling


def test_a_slip_of_the_finger_is_corrected(before, tools):
    case = before(correct_spelling, "Does the spice fair show pepper and safrfon?")

    read = correct_spelling(case, tools)

    assert "safrfon" not in read.question.text
    assert "read as" in read.changed


def test_what_is_spelt_well_stays_as_it_is(before, tools):
    case = before(correct_spelling, "Does the spice fair show pepper and saffron?")

    assert correct_spelling(case, tools).question == case.question
