"""Replies before they are Telegram: how much a button has room for."""

import pytest

from bot.chat.replies import Button, beginning, in_full, shortened


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Tea fair", "Tea fair"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
        ("茶" * 20, "茶" * 20),
        ("茶" * 21, "茶" * 19 + "…"),
        ("Tea and spice fair of the south, year 2025", "Tea and spice fair of the south, year 2…"),
    ],
)
def test_a_button_shows_forty_columns(label, shown):
    assert shortened(label) == Button(label, "x").label == shown


def test_what_a_button_cuts_stands_in_the_message_with_its_neighbours():
    assert in_full(["Tea", "茶" * 21]) == f"\n· Tea\n· {'茶' * 21}"
    assert in_full(["Tea", "茶" * 20]) == ""


def test_the_beginning_of_an_answer_is_cut_in_the_middle_of_no_number():
    said = "x" * 157

    assert beginning(f"{said} 310,000 buyers\n\nNote") == f"{said} …"
    assert beginning("310,000 buyers\n\nNote") == "310,000 buyers"
