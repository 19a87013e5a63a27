"""The log: ids, counts, states and seconds; never a word of what somebody wrote.

Errors quote what they stumbled over, and libraries log what they received. So of an error only its
kind and place are written, and of another library's line only its fixed first line.
"""

import json
import logging
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TextIO

from bot.errors import described, failure

logger = logging.getLogger(__name__)

_OURS = ("bot", "index")
LogForm = Literal["text", "json"]
_QUIET = ("httpx", "httpcore", "telegram", "alembic", "tornado.access", "bm25s")


class DiscreetFormatter(logging.Formatter):
    """One line for each record."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, without the values of other libraries and without the words of errors."""
        message = _message(record)
        error = _error(record)
        if error:
            message = f"{message} ({described(error)})"
        plain = logging.LogRecord(
            record.name, record.levelno, record.pathname, record.lineno, "%s", (message,), None
        )
        plain.created, plain.msecs = record.created, record.msecs
        return super().format(plain)


class JsonFormatter(logging.Formatter):
    """One JSON object for each record, no more said than in a line of text.

    What a line of ours is filled in with by name (`logger.info("... %(ms)d", {"ms": 3})`) are keys
    of it. python-json-logger would write all that any library attaches to a record.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The object, on one line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        error = _error(record)
        if error:
            line |= failure(error)
        if _is_ours(record) and isinstance(record.args, Mapping):
            line |= record.args
        return json.dumps(line, ensure_ascii=False, default=str)


_FORMATTERS = {"text": DiscreetFormatter, "json": JsonFormatter}


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OURS


def _message(record: logging.LogRecord) -> str:
    """Of another library only the fixed first line."""
    return record.getMessage() if _is_ours(record) else str(record.msg).partition("\n")[0]


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


class _OthersOnlyAboutTrouble(logging.Filter):
    """Passes our lines, and others' from WARNING on, whatever levels their loggers have."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING or _is_ours(record)


def discreet_handler(stream: TextIO | None = None, form: LogForm = "text") -> logging.Handler:
    """Writes what may be written to a stream, standard error if none is given."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_FORMATTERS[form]())
    handler.addFilter(_OthersOnlyAboutTrouble())
    return handler


def configure_logging(form: LogForm = "text") -> None:
    """Our lines on standard error, those of errors that nobody caught among them.

    Args:
        form: Lines of text, or JSON lines.
    """
    logging.basicConfig(level=logging.INFO, handlers=[discreet_handler(form=form)])
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
    logger.critical("%(what)s: %(error)s", {"what": what, **failure(error)})
