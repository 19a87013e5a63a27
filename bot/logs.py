"""The log: ids, counts, states and seconds; never a word of what somebody wrote.

Errors quote what they stumbled over, and libraries log what they received. So of an error only its
kind and place are written, and of another library's line only its fixed first line.
"""

import logging
import sys
import threading
from types import TracebackType
from typing import TextIO

from bot.errors import described

logger = logging.getLogger(__name__)

_OURS = ("bot", "index")
_QUIET = ("httpx", "httpcore", "telegram", "alembic", "tornado.access", "bm25s")


class DiscreetFormatter(logging.Formatter):
    """One line for each record."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, without the values of other libraries and without the words of errors."""
        is_ours = record.name.partition(".")[0] in _OURS
        message = record.getMessage() if is_ours else str(record.msg).partition("\n")[0]
        error = record.exc_info[1] if record.exc_info else None
        if error:
            message = f"{message} ({described(error)})"
        plain = logging.LogRecord(
            record.name, record.levelno, record.pathname, record.lineno, "%s", (message,), None
        )
        plain.created, plain.msecs = record.created, record.msecs
        return super().format(plain)


class _OthersOnlyAboutTrouble(logging.Filter):
    """Passes our lines, and others' from WARNING on, whatever levels their loggers have."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING or record.name.partition(".")[0] in _OURS


def discreet_handler(stream: TextIO | None = None) -> logging.Handler:
    """Writes what may be written to a stream, standard error if none is given."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(DiscreetFormatter())
    handler.addFilter(_OthersOnlyAboutTrouble())
    return handler


def configure_logging() -> None:
    """Our lines on standard error, those of errors that nobody caught among them."""
    logging.basicConfig(level=logging.INFO, handlers=[discreet_handler()])
    for name in _QUIET:  # httpx: its lines hold the bot's token
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _note_uncaught
    sys.unraisablehook = lambda event: _note("an error was ignored", event.exc_value)
    threading.excepthook = lambda event: _note("a thread ended", event.exc_value)


def _note_uncaught(
    kind: type[BaseException], error: BaseException, place: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, place)
        return
    _note("stopped", error)


def _note(what: str, error: BaseException | None) -> None:
    logger.critical("%s: %s", what, described(error))
