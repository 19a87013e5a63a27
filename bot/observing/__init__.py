"""What monitoring sees of the bot: metrics, a log line and a trace for each answer.

The answerer knows nothing of it: all of it is made of an `Answer` at the edge.
"""

from collections.abc import Callable

from bot.answers.values import Answer

Observe = Callable[[Answer], None]
"""Is told of each answer that a person got; it must neither fail nor take long."""


def observed_by(*observers: Observe) -> Observe:
    """One that tells several, in order."""

    def observe(answer: Answer) -> None:
        for observer in observers:
            observer(answer)

    return observe


def by_nobody(answer: Answer) -> None:
    """Where nothing is monitored, as in the terminal."""
