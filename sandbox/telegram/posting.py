"""Putting messages of the bot into a chat, and changing them."""

import json
from typing import Any

from sandbox.telegram.call import Call
from sandbox.telegram.chats import StoredMessage
from sandbox.telegram.errors import BotApiError, bad_request
from sandbox.telegram.keyboards import Markup, read_markup
from sandbox.telegram.marked import Marked
from sandbox.values import JsonObject

MAX_TEXT = 4096
MAX_CAPTION = 1024
_PREVIEW = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
_EFFECTS = frozenset(
    {
        "5104841245755180586",
        "5107584321108051014",
        "5104858069142078462",
        "5046509860389126442",
        "5046589136895476101",
        "5159385139981059251",
    }
)


def post(
    call: Call, content: JsonObject, *, markup: Markup, invoice: JsonObject | None = None
) -> JsonObject:
    """Send a message with this content to the call's chat; returns it as the bot sees it.

    Raises: BotApiError when the person cannot be reached, writes come too fast, or the message
    replied to is not there.
    """
    world = call.world
    person = call.reachable()
    extras = _extras(call)
    too_fast = world.faults.too_fast(person.id)
    if too_fast is not None:
        raise BotApiError(too_fast.status, too_fast.description, retry_after=too_fast.retry_after)
    body: JsonObject = {
        "message_id": world.chats.next_message_id(),
        "from": call.bot,
        "chat": person.as_chat(),
        "date": world.clock.timestamp(),
        **extras,
        **content,
    }
    if markup.inline:
        body["reply_markup"] = markup.inline
    keyboard = {"remove_keyboard": True} if markup.remove else markup.reply
    if keyboard:
        world.chats.show_keyboard(person.id, markup.reply)
    world.chats.add(StoredMessage(chat_id=person.id, body=body, keyboard=keyboard, invoice=invoice))
    return body


def editable(call: Call) -> StoredMessage:
    """The bot's message that the call edits.

    Raises: BotApiError when there is none, or it cannot be edited.
    """
    if not call.args.text("chat_id") and not call.args.text("message_id"):
        if call.args.text("inline_message_id"):
            raise bad_request("MESSAGE_ID_INVALID")
        raise bad_request("message identifier is not specified")
    message = call.message("message to edit")
    if not message.by_bot or message.keyboard is not None:
        raise bad_request("message can't be edited")
    return message


def edit(
    call: Call, message: StoredMessage, content: JsonObject, *, drop: tuple[str, ...]
) -> JsonObject:
    """Replace the fields `drop` of a message by `content` and its keyboard by the call's.

    Raises: BotApiError when nothing would change.
    """
    markup = read_markup(call.args, inline_only=True)
    before = message.body
    kept = {
        key: value
        for key, value in before.items()
        if key not in (*drop, "reply_markup", "edit_date")
    }
    after: JsonObject = {**kept, **content}
    if markup.inline:
        after["reply_markup"] = markup.inline
    compared = (*drop, "reply_markup")
    if all(_same(before.get(name), after.get(name)) for name in compared):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    if any(not _same(before.get(name), after.get(name)) for name in drop):
        after["edit_date"] = call.world.clock.timestamp()
    elif "edit_date" in before:
        after["edit_date"] = before["edit_date"]
    message.body = after
    message.edited = True
    call.world.chats.touch(message)
    return after


def text_content(marked: Marked, *, editing: bool = False) -> JsonObject:
    """`text` and `entities`.

    Raises: BotApiError when the text is empty or too long.
    """
    if not marked.text:
        raise bad_request("text must be non-empty")
    if len(marked.text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG" if editing else "message is too long")
    content: JsonObject = {"text": marked.text}
    if marked.entities:
        content["entities"] = marked.entities
    return content


def caption_content(marked: Marked) -> JsonObject:
    """`caption` and `caption_entities`; nothing for an empty one.

    Raises: BotApiError when it is too long.
    """
    if len(marked.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    if not marked.text:
        return {}
    content: JsonObject = {"caption": marked.text}
    if marked.entities:
        content["caption_entities"] = marked.entities
    return content


def link_preview(call: Call) -> JsonObject:
    """`link_preview_options`, when given.

    Raises: BotApiError when they are no object.
    """
    options = call.args.json("link_preview_options", "link preview options")
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    kept = {name: options[name] for name in _PREVIEW if isinstance(options.get(name), bool)}
    if isinstance(options.get("url"), str) and options["url"]:
        kept["url"] = options["url"]
    return {"link_preview_options": kept}


def _extras(call: Call) -> JsonObject:
    extras: JsonObject = {}
    effect = call.args.text("message_effect_id")
    if effect:
        if effect not in _EFFECTS:
            raise bad_request("EFFECT_ID_INVALID")
        extras["effect_id"] = effect
    if call.args.flag("protect_content"):
        extras["has_protected_content"] = True
    replied = _replied(call)
    if replied is not None:
        quoted = {key: value for key, value in replied.body.items() if key != "reply_to_message"}
        extras["reply_to_message"] = quoted
    return extras


def _replied(call: Call) -> StoredMessage | None:
    parameters = call.args.json("reply_parameters", "reply parameters")
    if parameters is None:
        number = call.args.integer("reply_to_message_id", 0)
        optional = call.args.flag("allow_sending_without_reply")
        if number == 0:
            return None
    elif isinstance(parameters, dict):
        number = parameters.get("message_id", 0)
        optional = bool(parameters.get("allow_sending_without_reply"))
    else:
        raise bad_request("object expected as reply parameters")
    found = call.world.chats.find(call.person().id, number) if isinstance(number, int) else None
    if found is None and not optional:
        raise bad_request("message to be replied not found")
    return found


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
