"""A bot by hand: calls methods without a library, for tests of the fake and of raw behaviour."""

import json
from types import TracebackType
from typing import Any, Self

import httpx

from tests.telegram.fake.errors import ApiError
from tests.telegram.fake.server import FakeTelegram


class BotClient:
    """`client.call("sendMessage", chat_id=1, text="x")` returns the result or raises ApiError."""

    def __init__(self, telegram: FakeTelegram, *, token: str | None = None) -> None:
        self.telegram = telegram
        self.token = token or telegram.token
        self.http = httpx.Client(trust_env=False, timeout=20)

    def call(self, method: str, files: dict[str, Any] | None = None, **params: Any) -> Any:
        """Nested values go as JSON in a form, as python-telegram-bot sends them."""
        form = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in params.items()
        }
        response = self.http.post(
            f"{self.telegram.base_url}{self.token}/{method}", data=form, files=files
        )
        body = response.json()
        if not body["ok"]:
            raise ApiError(body["error_code"], body["description"], body.get("parameters"))
        return body["result"]

    def refusal(self, method: str, **params: Any) -> str:
        """The error as "CODE description"; "" if the call was taken."""
        try:
            self.call(method, **params)
        except ApiError as error:
            return f"{error.code} {error.description}"
        return ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.close()
