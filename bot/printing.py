"""An answer in the terminal."""

from bot.answers.rendering import render
from bot.answers.values import Answer


def print_answer(answer: Answer, *, explain: bool) -> None:
    """The answer, and below it the way to it; in colours on a terminal."""
    print(render(answer))
    if explain:
        print()
        from rich.console import Console

        from bot.explaining import explanation

        console = Console(highlight=False)
        for line in explanation(answer):
            console.print(line, soft_wrap=True)
