"""Updates as the inbox keeps them, and back."""

import json
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Update, User

from kernel.errors import InputError
from storage.inbox import Received


def received(raw: dict[str, Any]) -> Received:
    """An update of the Bot API as the inbox keeps it; its lane is the user it came from.

    Raises InputError when it has no update id.
    """
    update_id = raw.get("update_id")
    if not isinstance(update_id, int):
        raise InputError("an update needs an update_id")
    return Received(update_id, _lane(raw), json.dumps(raw, ensure_ascii=False))


def parsed(one: Received, bot: Bot) -> Update:
    """The stored update; one of our own as a tap on a message that is not there."""
    if one.update_id >= 0:
        return Update.model_validate_json(one.body, context={"bot": bot})
    person = int(one.lane)
    tap = CallbackQuery(
        id="own",
        from_user=User(id=person, is_bot=False, first_name=""),
        chat_instance="own",
        message=InaccessibleMessage(chat=Chat(id=person, type="private"), message_id=0),
        data=json.loads(one.body)["own"],
    )
    return Update(update_id=one.update_id, callback_query=tap.as_(bot)).as_(bot)


def _lane(raw: dict[str, Any]) -> str:
    for event in raw.values():
        if isinstance(event, dict):
            owner = event.get("from") or event.get("chat") or {}
            return str(owner.get("id", "0"))
    return "0"


def is_private(raw: dict[str, Any]) -> bool:
    """Whether an update is of a person's own chat with the bot: in a group it stays silent."""
    return all(
        _chat(event).get("type", "private") == "private"
        for event in raw.values()
        if isinstance(event, dict)
    )


def _chat(event: dict[str, Any]) -> dict[str, Any]:
    message = event.get("message")
    chat = event.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
    return chat if isinstance(chat, dict) else {}
