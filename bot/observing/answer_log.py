"""One line of the log for each answer: ids and figures, never words nor who asked."""

import logging

from bot.answers.values import Answer

logger = logging.getLogger(__name__)


def log_answer(answer: Answer) -> None:
    """Write the line; in a log of JSON lines its figures are keys of their own."""
    logger.info(
        "answer %(answer)s: %(status)s (%(reason)s) in %(ms)d ms, %(language)s, %(snapshot)s",
        {
            "answer": answer.answer_id,
            "status": str(answer.status),
            "reason": str(answer.reason),
            "ms": round(answer.timings_ms.total, 1),
            "language": answer.language,
            "snapshot": answer.snapshot,
        },
    )
