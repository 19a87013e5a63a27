"""Whom people can turn to: what the settings say, and nothing that they do not say."""

import pytest

from bot.answers.operator import NOBODY, Operator
from bot.answers.reasons import INTENTS, Reason
from bot.settings import BotSettings
from bot.texts import LANGUAGES, text

HALL = Operator(name="Hall of Trade", contact="@hall", hours="9–18")


def test_what_is_set_is_told_and_nothing_else():
    told = HALL.told(Reason.ASKS_FOR_PERSON, "en").splitlines()

    assert told[1:] == [
        "This bot is run by Hall of Trade.",
        "Contact: @hall",
        "Staff reply: 9–18",
    ]
    assert Operator(contact="@hall").told(Reason.ASKS_FOR_PERSON, "en").splitlines() == [
        told[0],
        "Contact: @hall",
    ]


@pytest.mark.parametrize("reason", INTENTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_setting_it_is_said_that_there_is_nobody(reason, language):
    nobody = text("operator_unknown", language)

    assert NOBODY.told(reason, language).endswith(nobody)
    assert nobody not in HALL.told(reason, language)


def test_who_asks_what_it_costs_is_told_so():
    told = NOBODY.told(Reason.ASKS_WHO_RUNS, "en")

    assert told.startswith(text("small_talk_who", "en"))
    assert text("free_of_charge", "en") in told
    assert text("free_of_charge", "en") not in NOBODY.told(Reason.ASKS_FOR_PERSON, "en")


@pytest.mark.parametrize(
    ("hands_over", "chat", "takes"), [(True, -5, True), (False, -5, False), (True, None, False)]
)
def test_questions_are_taken_where_there_is_a_chat_for_them(hands_over, chat, takes):
    settings = BotSettings(handover_chat_id=chat, operator_name="Hall of Trade")

    operator = Operator.of(settings, hands_over=hands_over)

    assert (operator.name, operator.takes_questions) == ("Hall of Trade", takes)
    line = text("operator_takes_questions", "en")
    assert (line in operator.told(Reason.ASKS_FOR_PERSON, "en")) is takes
