"""Answers at once what asks nothing of the documents: small talk, what must be declined."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.reasons import AnswerStatus, Reason
from bot.answers.small_talk import ready_reply


def route(case: Case, _tools: Tools) -> Case | Outcome:
    """End the message if it is small talk, out of scope, unlawful, or has no letter."""
    reply = ready_reply(case.text)
    if reply:
        is_small = reply.status is AnswerStatus.SMALL_TALK
        reason = Reason.SMALL_TALK if is_small else Reason(reply.key)
        return replace(case.ends(reason, text=reply.key), ends_message=True)
    if not any(map(str.isalnum, case.text)):
        return replace(case.ends(Reason.EMPTY), ends_message=True)
    return case
