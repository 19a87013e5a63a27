"""What people asked in vain, how they liked their answers, and checks made of both, for staff."""

from collections.abc import Callable

from bot.chat.live import LiveAnswerer
from bot.chat.replies import Reply, plain
from bot.chat.staff_feedback import FeedbackView
from bot.chat.staff_new_checks import NewChecks
from bot.chat.staff_unanswered import UnansweredQuestions
from bot.settings import BotSettings
from bot.store import Store
from bot.texts import interface

BUTTON = "k:"
"""Begins the data of all buttons here."""
WRITE = "m"
"""Kind of the button that asks for words to those who wait for an answer."""
REPLY = "r"
"""Kind of the button that asks for a reply to those who wait."""


class StaffQuestions:
    """Staff's commands about questions, logged with who and when, and the buttons below them."""

    def __init__(self, settings: BotSettings, live: LiveAnswerer, store: Store) -> None:
        self._store = store
        self._feedback = FeedbackView(live, store, settings.retention_days)
        self._checks = NewChecks(live, store, self._feedback, settings.check_dirs)
        self.open = UnansweredQuestions(live, store)
        """What was asked in vain."""

    def unanswered(self, user_id: int, language: str) -> Reply:
        """`/unanswered`: this week's, by meaning."""
        self._store.log_staff(user_id, "unanswered")
        return self.open.overview(language)

    def feedback(self, user_id: int, language: str) -> Reply:
        """`/feedback`: the newest votes, one at a time."""
        self._store.log_staff(user_id, "feedback")
        return self._feedback.page(0, language)

    def press(self, user_id: int, language: str, data: str) -> Reply:
        """A button was pressed whose data begin with `BUTTON`, in staff's own chat."""
        kind, _, rest = data.removeprefix(BUTTON).partition(":")
        key, _, choice = rest.partition(":")
        choice, _, form = choice.partition(":")
        number = _number(choice)
        actions: dict[str, Callable[[], Reply]] = {
            "f": lambda: self._feedback.page(_number(key), language, edits=True),
            "w": lambda: self._feedback.trace(key, language),
            "u": lambda: self.open.overview(language, edits=True),
            "g": lambda: self.open.card(key, language),
            "a": lambda: self.open.choose(key, number, language),
            "d": lambda: self.open.close(user_id, key, choice, language),
            "o": lambda: self.open.close(user_id, key, "", language),
            "m": lambda: self.open.ask_for_words(key, language),
            "x": lambda: self.open.export(language),
            "c": lambda: self._checks.begin(key, language),
            "n": lambda: self._checks.choose(key, number, language),
            "e": lambda: self._checks.show(key, choice, language),
            "y": lambda: self._checks.write(user_id, key, choice, form, language),
        }
        action = actions.get(kind)
        return action() if action else plain(interface("too_old", language))


def _number(text: str) -> int:
    """Of a page; the first if none is given."""
    return int(text) if text.isdecimal() else 0
