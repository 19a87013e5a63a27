"""A follow-up is completed, and what else it may mean is kept."""

from bot.answers.steps.resolve_history import resolve_history


def _resolved(before, tools, message, *history):
    return resolve_history(before(resolve_history, message, *history), tools)


def test_what_a_follow_up_leaves_open_comes_from_the_turn_before(before, tools):
    case = _resolved(before, tools, "And in 2024?", "How many booths had the tea fair in 2025?")

    assert case.question.search_text == "How many booths had the tea fair in 2024?"
    assert "completed to" in case.changed


def test_a_whole_question_stays_as_it_is(before, tools):
    message = "Where does the silk park lie beside the canal?"

    case = _resolved(before, tools, message, "How many booths had the tea fair in 2025?")

    assert case.question.search_text == message
    assert case.changed == ""


def test_a_new_topic_leans_on_nothing(before, tools):
    case = _resolved(before, tools, "换个话题，那里展位多少？", "茶博会在哪里？")

    assert "茶博会" not in case.question.search_text
    assert case.other_reading is None
