"""How the bot gets its updates: by asking or by a webhook."""

import json
import re
from urllib.parse import urlsplit

from sandbox.telegram.call import Call
from sandbox.telegram.errors import BotApiError, bad_request
from sandbox.values import JsonObject

MAX_POLL_SECONDS = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]+")


async def get_updates(call: Call) -> list[JsonObject]:
    """getUpdates."""
    updates, webhook = call.world.updates, call.world.webhook
    if webhook.url:
        raise BotApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    updates.allow(_allowed(call))
    updates.confirm(call.args.integer("offset", 0, low=-(2**31)))
    found = await updates.read(
        limit=call.args.integer("limit", 100, low=1, high=100),
        seconds=call.args.integer("timeout", 0, low=0, high=MAX_POLL_SECONDS),
    )
    if found is None:
        raise BotApiError(
            409,
            "Conflict: terminated by setWebhook request"
            if webhook.url
            else "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        )
    return found


async def set_webhook(call: Call) -> tuple[bool, str]:
    """setWebhook; the text says what happened."""
    url = call.args.text("url")
    if not url:
        return await delete_webhook(call)
    _check_address(url)
    secret = call.args.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    call.world.updates.allow(_allowed(call))
    _drop_pending(call)
    unchanged = call.world.webhook.url == url and call.world.webhook.secret == secret
    connections = call.args.integer("max_connections", 40, low=1, high=100)
    call.world.webhook.set(url, secret, max_connections=connections)
    call.world.updates.stop_reader()
    return True, "Webhook is already set" if unchanged else "Webhook was set"


async def delete_webhook(call: Call) -> tuple[bool, str]:
    """deleteWebhook; the text says what happened."""
    _drop_pending(call)
    if not call.world.webhook.url:
        return True, "Webhook is already deleted"
    call.world.webhook.unset()
    call.world.updates.signal.notify()
    return True, "Webhook was deleted"


async def get_webhook_info(call: Call) -> JsonObject:
    """getWebhookInfo."""
    info = call.world.webhook.info()
    info["pending_update_count"] = call.world.updates.count()
    if call.world.updates.allowed:
        info["allowed_updates"] = call.world.updates.allowed
    return info


def _drop_pending(call: Call) -> None:
    if call.args.flag("drop_pending_updates"):
        call.world.updates.clear()


def _allowed(call: Call) -> list[str] | None:
    value = call.args.text("allowed_updates")
    if not value:
        return None
    try:
        kinds = json.loads(value)
    except ValueError:
        raise bad_request("can't parse allowed_updates JSON object") from None
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise bad_request("expected an Array of String as allowed_updates")
    return kinds


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not parts.hostname or " " in url:
        raise bad_request("invalid webhook URL specified")


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
