"""Inline mode: a user types @bot and some words in any chat."""

from tests.telegram.fake.model import Json, Message
from tests.telegram.fake.people import User
from tests.telegram.fake.privacy import bot_sees
from tests.telegram.fake.state import InlineQuery
from tests.telegram.fake.waiting import TIMEOUT_S, ChatView, describe_calls, wait

INLINE_QUERY_CHARS = 256


class TypedQuery:
    """One inline query and what the bot offered."""

    def __init__(self, user: User, text: str, offset: str = "") -> None:
        state = user.state
        if len(text) > INLINE_QUERY_CHARS:
            raise ValueError(f"an inline query has at most {INLINE_QUERY_CHARS} characters")
        with state.lock:
            query_id = str(8_000_000_000 + next(state.numbers))
            self.query = InlineQuery(query_id, user.json, text, offset)
            state.inline_queries[query_id] = self.query
            sent = {"id": query_id, "from": user.json, "query": text, "offset": offset}
            state.updates.push("inline_query", sent, user.id + 2**33)
        self.user = user

    @property
    def options(self) -> Json:
        """cache_time, is_personal, next_offset, button of the answer."""
        return self.query.options

    async def wait_for_results(self, timeout_s: float = TIMEOUT_S) -> list[Json]:
        """What is offered: Bot API JSON, with `message` as choosing it would send it."""
        await wait(
            "results",
            lambda: self.query.results is not None,
            timeout_s,
            lambda: describe_calls(self.user.state),
        )
        return self.query.results or []

    def chooses(self, result: Json, *, in_chat: ChatView | None = None) -> Message:
        """Send the offered message, and tell the bot with `chosen_inline_result`."""
        state = self.user.state
        with state.lock:
            chat = (in_chat or self.user).chat
            chat.started = True
            inline_id = f"inline-{next(state.numbers):06d}"
            message = state.add_message(
                chat,
                self.user.json,
                {**result["message"], "via_bot": state.bot},
                markup=result.get("reply_markup"),
                inline_message_id=inline_id,
            )
            state.inline_messages[inline_id] = message
            chat.note("message", self.user.name, message.text, message)
            chosen = {
                "result_id": result["id"],
                "from": self.user.json,
                "query": self.query.query,
            }
            if message.markup:
                chosen["inline_message_id"] = inline_id
            state.updates.push("chosen_inline_result", chosen, self.user.id + 2**33)
            if bot_sees(state, message):  # also its own results, with `via_bot`
                state.updates.push("message", message.to_json(), chat.id)
        return message
