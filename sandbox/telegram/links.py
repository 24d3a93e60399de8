"""Addresses inside marked-up texts."""

import re

from sandbox.values import JsonObject

_URL = re.compile(
    r"(?:(?:https?|tg|ton)://)?(?:[\w-]+(?:\.[\w-]+)+|localhost|[\w-]+)(?::\d+)?(?:[/?#]\S*)?"
)
_USER = re.compile(r"tg://user\?id=(\d+)")


def link_entity(address: str) -> JsonObject | None:
    """The type and extra fields of a link's entity; None for no valid address."""
    user = _USER.fullmatch(address)
    if user:
        return {
            "type": "text_mention",
            "user": {"id": int(user.group(1)), "is_bot": False, "first_name": ""},
        }
    if "://" not in address and "." not in address:
        return None
    if not _URL.fullmatch(address):
        return None
    if "://" not in address:
        address = f"http://{address}"
    head, mark, rest = address.partition("://")
    if "/" not in rest and head in ("http", "https"):
        rest += "/"
    return {"type": "text_link", "url": f"{head}{mark}{rest}"}
