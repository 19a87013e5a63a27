"""How a question ended: its coarse status, and the reason behind it."""

from enum import StrEnum


class AnswerStatus(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_IN_DOCUMENTS = "not_in_documents"
    OUT_OF_DATE = "out_of_date"
    UNCLEAR = "unclear"
    SMALL_TALK = "small_talk"
    DECLINED = "declined"


class Reason(StrEnum):
    """Why a question ended as it did: the cause behind the status, told to people and staff."""

    ANSWERED = "answered"
    LISTED = "listed"  # by the typed facts of all documents
    COMPARED = "compared"  # by the typed facts of the documents about each thing
    OUT_OF_DATE = "out_of_date"  # what answers it is valid no longer
    NOT_COVERED = "not_covered"  # the documents themselves say that they do not hold it
    NOT_FOUND = "not_found"  # no passage has to do with it
    NAMES_ANOTHER = "names_another"  # all that was found is about another year, place or thing
    NOT_READ = "not_read"  # no sentence of what was found reads as an answer
    WITHHELD = "withheld"  # the answer did not pass its verification
    UNCLEAR = "unclear"  # it may mean any of several things
    EMPTY = "empty"  # it has no letter or digit
    SMALL_TALK = "small_talk"
    ASKS_FOR_PERSON = "asks_for_person"  # or complains about the bot
    ASKS_WHO_RUNS = "asks_who_runs"  # the bot, what it is, what it costs
    ASKS_DECISION = "asks_decision"  # or a guarantee, of what only others can give
    DECLINED_UNLAWFUL = "declined_unlawful"
    DECLINED_PERSONAL = "declined_personal"
    DECLINED_INSTRUCTIONS = "declined_instructions"
    DECLINED_SCOPE = "declined_scope"
    DECLINED_WEATHER = "declined_weather"
    DECLINED_WRITING = "declined_writing"  # a letter, a contract, a translation
    DECLINED_RATES = "declined_rates"  # of exchange, or prices, of this moment
    DECLINED_BOOKING = "declined_booking"  # or to order, to register somebody

    @property
    def status(self) -> AnswerStatus:
        """What it comes to, coarsely."""
        return _STATUS_OF.get(self, AnswerStatus.NOT_IN_DOCUMENTS)

    @property
    def is_ready(self) -> bool:
        """Whether nothing was looked for in the passages."""
        status = self.status
        is_list = self in (Reason.LISTED, Reason.COMPARED)
        return is_list or status not in (
            AnswerStatus.ANSWERED,
            AnswerStatus.OUT_OF_DATE,
            AnswerStatus.NOT_IN_DOCUMENTS,
        )

    @property
    def leads_to_person(self) -> bool:
        """Whether people are offered to pass their question on, where that can be."""
        of_people = (*INTENTS, Reason.ASKS_DECISION)
        return self.status is AnswerStatus.NOT_IN_DOCUMENTS or self in of_people

    @property
    def may_retry(self) -> bool:
        """Whether another wording may have an answer; if none has, people are told the reason."""
        return self.status in (AnswerStatus.NOT_IN_DOCUMENTS, AnswerStatus.UNCLEAR)


_STATUS_OF = {
    Reason.ANSWERED: AnswerStatus.ANSWERED,
    Reason.LISTED: AnswerStatus.ANSWERED,
    Reason.COMPARED: AnswerStatus.ANSWERED,
    Reason.OUT_OF_DATE: AnswerStatus.OUT_OF_DATE,
    Reason.UNCLEAR: AnswerStatus.UNCLEAR,
    Reason.EMPTY: AnswerStatus.UNCLEAR,
    Reason.SMALL_TALK: AnswerStatus.SMALL_TALK,
    Reason.ASKS_FOR_PERSON: AnswerStatus.SMALL_TALK,
    Reason.ASKS_WHO_RUNS: AnswerStatus.SMALL_TALK,
    Reason.ASKS_DECISION: AnswerStatus.DECLINED,
    Reason.DECLINED_UNLAWFUL: AnswerStatus.DECLINED,
    Reason.DECLINED_PERSONAL: AnswerStatus.DECLINED,
    Reason.DECLINED_INSTRUCTIONS: AnswerStatus.DECLINED,
    Reason.DECLINED_SCOPE: AnswerStatus.DECLINED,
    Reason.DECLINED_WEATHER: AnswerStatus.DECLINED,
    Reason.DECLINED_WRITING: AnswerStatus.DECLINED,
    Reason.DECLINED_RATES: AnswerStatus.DECLINED,
    Reason.DECLINED_BOOKING: AnswerStatus.DECLINED,
}
"""All others found no answer in the documents."""

INTENTS = (Reason.ASKS_FOR_PERSON, Reason.ASKS_WHO_RUNS)
"""What the bot's operator is told of for."""
