"""The last errors: a few for `/status`, and how many there were since a time."""

from datetime import timedelta

from bot.chat.recent_errors import RecentErrors
from bot.store import now


def test_the_last_ones_are_shown_and_all_are_counted():
    errors = RecentErrors()
    for number in range(7):
        errors.append(f"E{number % 2}")

    assert list(errors) == ["E0", "E1", "E0", "E1", "E0"]
    assert errors.since(now() - timedelta(days=1)) == {"E0": 4, "E1": 3}
    assert not errors.since(now())
    errors.clear()
    assert not errors
