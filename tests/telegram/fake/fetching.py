"""setWebhook, deleteWebhook, getWebhookInfo; getUpdates itself waits, so it is in `wire.py`."""

import re
from urllib.parse import urlsplit

from tests.telegram.fake import limits
from tests.telegram.fake.errors import bad_request
from tests.telegram.fake.model import Json
from tests.telegram.fake.params import Params
from tests.telegram.fake.registry import method
from tests.telegram.fake.state import State, Webhook

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORTS = (None, 80, 88, 443, 8443)


@method("setWebhook")
def set_webhook(state: State, params: Params) -> bool:
    """An empty URL removes the webhook. http and any port are taken on this machine only."""
    url = params.text("url")
    if url:
        _check_url(url)
    secret = params.text("secret_token")
    if len(secret) > limits.SECRET_TOKEN_CHARS:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    state.updates.allow(params.json("allowed_updates"))
    if params.flag("drop_pending_updates"):
        state.updates.pending.clear()
    state.webhook = Webhook(url, secret, min(params.integer("max_connections", 40), 100))
    state.wake()
    return True


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.hostname in LOOPBACK:
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


@method("deleteWebhook")
def delete_webhook(state: State, params: Params) -> bool:
    """Back to getUpdates."""
    if params.flag("drop_pending_updates"):
        state.updates.pending.clear()
    state.webhook = Webhook()
    state.wake()
    return True


@method("getWebhookInfo")
def get_webhook_info(state: State, params: Params) -> Json:
    """How delivery goes."""
    webhook = state.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error_date:
        info["last_error_date"] = webhook.last_error_date
        info["last_error_message"] = webhook.last_error_message
    if state.updates.allowed:
        info["allowed_updates"] = state.updates.allowed
    return info
