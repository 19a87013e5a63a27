"""What people asked in vain and how they liked their answers, for staff."""

from bot.answers.reasons import Reason
from bot.chat.replies import Reply, plain
from bot.store import Store
from bot.texts import interface

_LISTED = 20


class StaffQuestions:
    """Staff's commands about questions; each is logged with who and when."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def unanswered(self, user_id: int, language: str) -> Reply:
        """`/unanswered`: by reason, equal questions together, the most frequent first."""
        self._store.log_staff(user_id, "unanswered")
        rows = self._store.unanswered(_LISTED)
        if not rows:
            return plain(interface("unanswered_none", language))
        by_reason: dict[str, list[str]] = {}
        for row in rows:
            line = f"{row.times}× [{row.language}] {row.question}"
            known = row.reason if row.reason in set(Reason) else None
            by_reason.setdefault(known or "unknown", []).append(line)
        parts = [
            "\n".join([interface(f"because_{reason}", language), *lines])
            for reason, lines in by_reason.items()
        ]
        return plain("\n\n".join([interface("unanswered_heading", language), *parts]))

    def feedback(self, user_id: int, language: str) -> Reply:
        """`/feedback`: the newest votes."""
        self._store.log_staff(user_id, "feedback")
        rows = self._store.feedback(_LISTED)
        if not rows:
            return plain(interface("feedback_none", language))
        body = interface("feedback_heading", language)
        for row in rows:
            sign = "👍" if row.vote > 0 else "👎"
            reason = f" ({row.reason})" if row.reason else ""
            documents = ", ".join(row.documents[:3])
            found = f" → {documents}" if documents else ""
            body += f"\n{sign}{reason} {row.question}{found}"
        return plain(body)
