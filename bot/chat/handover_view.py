"""What is said where a question is passed on to staff, to both sides."""

from collections.abc import Sequence

from bot.answers.operator import Operator
from bot.chat.replies import Button, Reply, Rows, plain
from bot.store.handovers import Handover
from bot.texts import interface

BUTTON = "h:"
"""Begins the data of all buttons here."""


def offer(answer_id: str, language: str) -> tuple[Button, ...]:
    """The row below an answer that leads to a person."""
    return (Button(interface("handover_button", language), f"h:ask:{answer_id}"),)


def consent(answer_id: str, questions: Sequence[str], operator: Operator, language: str) -> Reply:
    """What would be passed on, and whether it may be."""
    text = interface(
        "handover_consent", language, who=_who(operator, language), questions=_list(questions)
    )
    yes = Button(interface("handover_yes", language), f"h:yes:{answer_id}")
    no = Button(interface("handover_no", language), "h:no:")
    return plain(text, ((yes, no),))


def declined(language: str) -> Reply:
    """In the place of the consent that was not given."""
    return plain(interface("handover_declined", language))


def failed(language: str) -> Reply:
    """In the place of the consent, where staff cannot be reached."""
    return plain(interface("handover_failed", language))


def passed_on(handover: Handover, operator: Operator, language: str) -> Reply:
    """In the place of the consent."""
    text = interface("handover_passed_on", language, who=_who(operator, language))
    if operator.hours:
        text += "\n" + interface("handover_hours", language, hours=operator.hours)
    return plain(text, _end(handover, language))


def still_open(handover: Handover, language: str) -> Reply:
    """Where somebody wants to pass on another question."""
    return plain(interface("handover_open", language), _end(handover, language))


def opening(
    handover: Handover, name: str, questions: Sequence[str], operator: Operator, language: str
) -> Reply:
    """The questions, for staff."""
    text = interface(
        "handover_opening",
        language,
        name=name,
        questions=_list(questions),
        who=_who(operator, handover.language),
    )
    return plain(text, _end(handover, language))


def still_waiting(handover: Handover, question: str, language: str) -> Reply:
    """A question that was passed on before, for staff who want to answer it now."""
    text = interface("handover_still_waiting", language, question=question)
    return plain(text, _end(handover, language))


def from_asker(name: str, words: str, language: str) -> Reply:
    """What the asker adds, for staff."""
    heading = interface("handover_from_asker", language, name=name)
    return plain(f"{heading}\n{words}")


def from_person(handover: Handover, words: str, operator: Operator) -> Reply:
    """What staff answer, for the asker."""
    language = handover.language
    heading = interface("handover_from_person", language, who=_who(operator, language))
    return plain(f"{heading}\n{words}", _end(handover, language))


def ended(handover: Handover, operator: Operator) -> Reply:
    """Told to the asker."""
    language = handover.language
    return plain(interface("handover_ended", language, who=_who(operator, language)))


def _end(handover: Handover, language: str) -> Rows:
    return ((Button(interface("handover_end_button", language), f"h:end:{handover.id}"),),)


def _who(operator: Operator, language: str) -> str:
    return operator.name or interface("handover_staff", language)


def _list(questions: Sequence[str]) -> str:
    return "\n".join(f"· {question}" for question in questions)
