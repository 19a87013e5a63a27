"""What can go wrong in the bot, each error saying what to do.

BotError
├── BenchError        something cannot be measured
├── CheckFileError    a file of canned checks is not sound
├── FitError          a fit cannot be used: make it anew
├── HearingError      a voice message cannot be written down now
├── InputError        a batch line or an argument is not sound
├── StoreError        the database cannot be used
├── TelegramStartError  the bot cannot be started
├── TracesError       traces are wanted, but cannot be sent
└── UnverifiedError   an answer would say what its sources do not
"""

import traceback
from pathlib import Path

_LONGEST_CHAIN = 5
_FRAMES = 6
"""Places that are named, from the one where it happened outwards."""


class BotError(Exception):
    """Base of all errors of this package; its text is one line for the person at the keyboard."""


class BenchError(BotError):
    """Something cannot be measured."""


class CheckFileError(BotError):
    """A file of canned checks is not sound."""


class InputError(BotError):
    """A batch line or an argument is not sound."""


class UnverifiedError(BotError):
    """An answer would quote or number what its sources do not say."""


class FitError(BotError):
    """A file of learned weights cannot be used."""


class HearingError(BotError):
    """A voice message cannot be written down: no server, or no transcript."""


class StoreError(BotError):
    """The database cannot be used."""


class TelegramStartError(BotError):
    """The bot cannot be started: token, network or port."""


class TracesError(BotError):
    """Traces are wanted, but what sends them is not installed."""


def described(error: BaseException | None) -> str:
    """What went wrong and where, for the log: never the words of an error.

    Those may quote what somebody wrote. An error that others caused is named with its cause:
    `KeyError at bot/chat/x.py:12 < ValueError at bot/store/y.py:30`.
    """
    chain: list[str] = []
    while error is not None and len(chain) < _LONGEST_CHAIN:
        chain.append(f"{type(error).__name__}{_place(error)}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " < ".join(chain)


def failure(error: BaseException | None) -> dict[str, str]:
    """What a line of the log says of an error: its `kind`, and `error`, which has its place."""
    return {"kind": type(error).__name__, "error": described(error)}


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return "".join(
        f" at {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno}"
        for frame in reversed(frames)
    )
