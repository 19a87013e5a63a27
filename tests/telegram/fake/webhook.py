"""Sends updates to the bot's webhook: in order within a chat, again until it answers 2xx."""

import asyncio
import contextlib
import time

import httpx

from tests.telegram.fake.state import State
from tests.telegram.fake.updates import Pending

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class WebhookSender:
    """Runs in the server's loop while a webhook is set."""

    def __init__(self, state: State, *, retry_s: float = 0.1, timeout_s: float = 60.0) -> None:
        self.state = state
        self.retry_s = retry_s
        self.timeout_s = timeout_s
        self.deliver_to: str | None = None
        self.signal = asyncio.Event()
        self.under_way: dict[int, asyncio.Task[None]] = {}
        self.deliveries: list[tuple[int, int]] = []

    async def run(self) -> None:
        """Until cancelled."""
        async with httpx.AsyncClient(timeout=self.timeout_s, trust_env=False) as client:
            try:
                while True:
                    self._start_deliveries(client)
                    await self.signal.wait()
                    self.signal.clear()
            finally:
                tasks = list(self.under_way.values())
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    def _start_deliveries(self, client: httpx.AsyncClient) -> None:
        with self.state.lock:
            webhook = self.state.webhook
            waiting = list(self.state.updates.pending) if webhook.url else []
            for pending in waiting:
                free = len(self.under_way) < webhook.max_connections
                if free and pending.lane not in self.under_way:
                    task = asyncio.get_running_loop().create_task(self._deliver(client, pending))
                    self.under_way[pending.lane] = task

    async def _deliver(self, client: httpx.AsyncClient, pending: Pending) -> None:
        try:
            attempt = 0
            while self._still_wanted(pending) and not await self._post(client, pending):
                await asyncio.sleep(min(self.retry_s * 2**attempt, 5.0))
                attempt += 1
        finally:
            self.under_way.pop(pending.lane, None)
            self.signal.set()

    def _still_wanted(self, pending: Pending) -> bool:
        with self.state.lock:
            listed = any(each is pending for each in self.state.updates.pending)
            return bool(self.state.webhook.url) and listed

    async def _post(self, client: httpx.AsyncClient, pending: Pending) -> bool:
        webhook = self.state.webhook
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        url = self.deliver_to or webhook.url
        try:
            response = await client.post(url, json=pending.update, headers=headers)
            problem = "" if response.is_success else _wrong_response(response)
            status = response.status_code
        except httpx.HTTPError as error:
            status, problem = 0, str(error) or type(error).__name__
        with self.state.lock:
            self.deliveries.append((pending.update["update_id"], status))
            if problem:
                webhook.last_error_date = int(time.time())
                webhook.last_error_message = problem
                return False
            self.state.updates.delivered.append(pending.update)
            self.state.updates.pending = [
                each for each in self.state.updates.pending if each is not pending
            ]
        return True


def _wrong_response(response: httpx.Response) -> str:
    return f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"


async def stop(task: asyncio.Task[None]) -> None:
    """Cancel and wait."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
