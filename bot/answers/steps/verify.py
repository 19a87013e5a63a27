"""The last look before an answer is sent."""

from bot.answers.case import Case, Outcome, Tools
from bot.answers.verification import verify as check


def verify(case: Case, _tools: Tools) -> Outcome:
    """End with the answer, if every quote and number in it stands in the cited documents.

    Raises:
        UnverifiedError: One does not.
    """
    if case.answer is None:
        raise TypeError("nothing was composed")
    check(case.body, case.answer.shown)
    return case.ends(case.answer.reason)
