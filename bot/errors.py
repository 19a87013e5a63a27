"""What can go wrong in the bot, each error saying what to do.

BotError
├── CheckFileError    a file of canned checks is not sound
├── InputError        a batch line or an argument is not sound
├── StoreError        the database cannot be used
├── TelegramStartError  the bot cannot be started
└── UnverifiedError   an answer would say what its sources do not
"""


class BotError(Exception):
    """Base of all errors of this package; its text is one line for the person at the keyboard."""


class CheckFileError(BotError):
    """A file of canned checks is not sound."""


class InputError(BotError):
    """A batch line or an argument is not sound."""


class UnverifiedError(BotError):
    """An answer would quote or number what its sources do not say."""


class FitError(BotError):
    """A corpus brings along a fit that cannot be used."""


class StoreError(BotError):
    """The database cannot be used."""


class TelegramStartError(BotError):
    """The bot cannot be started: token, network or port."""
