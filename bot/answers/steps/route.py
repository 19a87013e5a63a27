"""Answers at once what asks nothing of the documents: small talk, what must be declined."""

from dataclasses import replace

from bot.answers.case import Case, Outcome, Tools
from bot.answers.reasons import INTENTS, AnswerStatus, Reason
from bot.answers.small_talk import Reply, ready_reply


def route(case: Case, tools: Tools) -> Case | Outcome:
    """End the message if it is small talk, out of scope, unlawful, or has no letter.

    A question ends also if it asks for a person, who runs the bot, a decision that only others
    can take, or what no document tells; a year or a thing that one compares says too little.
    """
    reply = ready_reply(case.text)
    if reply:
        return replace(case.ends(_reason(reply), text=reply.key), ends_message=True)
    if not any(map(str.isalnum, case.text)):
        return replace(case.ends(Reason.EMPTY), ends_message=True)
    if case.is_only_part or case.label == case.asked:
        is_first = not case.history and case.part == 1
        intent = tools.intents.of(case.question.text, case.language, is_first=is_first)
        if intent:
            said = {} if intent in INTENTS else {"text": intent.value}
            return replace(case.ends(intent, **said), ends_message=case.is_only_part)
    return case


def _reason(reply: Reply) -> Reason:
    if reply.status is AnswerStatus.DECLINED:
        return Reason(reply.key)
    return Reason.ASKS_WHO_RUNS if reply.key == "small_talk_who" else Reason.SMALL_TALK
