"""Who runs the bot, as people are told who ask for it or for a person."""

from dataclasses import dataclass
from typing import Self

from bot.answers.reasons import Reason
from bot.settings import BotSettings
from bot.texts import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Whom the settings name; what is empty is not said."""

    name: str = ""
    contact: str = ""
    hours: str = ""
    takes_questions: bool = False
    """Questions can be passed on to staff, from a private chat."""

    @classmethod
    def of(cls, settings: BotSettings, *, hands_over: bool) -> Self:
        """As the settings say.

        Args:
            settings: Name them.
            hands_over: Whether questions can be passed on from here, if there is a chat for them.
        """
        return cls(
            name=settings.operator_name,
            contact=settings.operator_contact,
            hours=settings.operator_hours,
            takes_questions=hands_over and settings.handover_chat_id is not None,
        )

    def told(self, reason: Reason, language: str) -> str:
        """The reply to somebody who asks for a person, or who runs the bot and what it costs."""
        lines = [
            text(f"operator_{key}", language, value=value)
            for key, value in (
                ("name", self.name),
                ("contact", self.contact),
                ("hours", self.hours),
            )
            if value
        ]
        if self.takes_questions:
            lines.append(text("operator_takes_questions", language))
        if reason is Reason.ASKS_WHO_RUNS:
            lines.insert(0, text("small_talk_who", language))
            lines.insert(1, text("free_of_charge", language))
        elif lines:
            lines.insert(0, text("operator_reads_nothing", language))
        if self == NOBODY:
            lines.append(text("operator_unknown", language))
        return "\n".join(lines)


NOBODY = Operator()
"""No setting names anybody."""
