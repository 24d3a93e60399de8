"""What people do in their chats: write, tap, share, pay, block."""

import base64
import binascii
from typing import Any

from sandbox.people import Person
from sandbox.telegram import paying, samples
from sandbox.telegram.chats import StoredMessage
from sandbox.telegram.entities import plain
from sandbox.telegram.keyboards import MAX_CALLBACK_BYTES, button_labelled
from sandbox.telegram.media import MEDIA_PARTS
from sandbox.values import JsonObject
from sandbox.world import World

MAX_TEXT = 4096
_SAMPLES = {
    "document": ("sample.txt", samples.sample_document),
    "photo": ("photo.png", samples.sample_photo),
    "voice": ("voice.ogg", samples.sample_voice),
    "sticker": ("sticker.webp", samples.sample_sticker),
    "audio": ("audio.mp3", samples.sample_audio),
    "video": ("video.mp4", samples.sample_video),
}
_SHARED = ("contact", "location", *MEDIA_PARTS)
PLACE = {"latitude": 31.2304, "longitude": 121.4737}


class BadAction(Exception):
    """A person cannot do this; the message says why. `status` is the HTTP answer's."""

    def __init__(self, why: str, *, status: int = 400) -> None:
        super().__init__(why)
        self.status = status


def write(world: World, person: Person, wanted: JsonObject) -> list[JsonObject]:
    """A person sends a message; a text over Telegram's limit is sent in parts, as its apps do.

    What is shared is made up as far as it is not given: `true`, a file's name, or an object with
    `file_name` and `base64` for files, or with the fields of the Contact or Location.

    Returns the messages. Raises: BadAction when `wanted` is no message.
    """
    unblock(world, person)
    text = wanted.get("text")
    if text is not None:
        if not isinstance(text, str) or not plain(text).text:
            raise BadAction("text must be a non-empty text")
        parts = [text[at : at + MAX_TEXT] for at in range(0, len(text), MAX_TEXT)]
        return [_send(world, person, _text(part)) for part in parts if plain(part).text]
    kinds = [kind for kind in _SHARED if kind in wanted]
    if len(kinds) != 1:
        raise BadAction(f"give one of {', '.join(('text', *_SHARED))}")
    return [_send(world, person, _content(world, person, kinds[0], wanted[kinds[0]], wanted))]


def click(world: World, person: Person, message_id: int, *, data: Any, label: Any) -> JsonObject:
    """A person taps a button of a message: by its callback data, which may be forged, or label.

    Returns what came of it: a callback query's id, a link to open, an invoice to pay, or the
    message that a reply-keyboard button sends. Raises: BadAction when there is no such button.
    """
    message = world.chats.find(person.id, message_id)
    if message is None:
        raise BadAction("there is no such message", status=404)
    if isinstance(data, str):
        return _callback(world, person, message, data)
    markup = message.keyboard or message.body.get("reply_markup") or {}
    button = button_labelled(markup, label) if isinstance(label, str) else None
    if button is None:
        raise BadAction("there is no such button", status=404)
    if message.keyboard is not None:
        return {"messages": _press(world, person, button)}
    if "callback_data" in button:
        return _callback(world, person, message, button["callback_data"])
    if "url" in button:
        return {"url": button["url"]}
    if "pay" in button:
        return {"pay": message_id}
    raise BadAction("the sandbox does not know this kind of button")


def pay(world: World, person: Person, wanted: JsonObject) -> JsonObject:
    """A person pays an invoice message or an invoice link.

    Returns the pre-checkout query's id; how it ends shows in the chat. Raises: BadAction when
    there is no such invoice, it is paid, or the outcome is unknown.
    """
    outcome = wanted.get("outcome", "pay")
    if outcome not in paying.OUTCOMES:
        raise BadAction(f"outcome is one of {', '.join(paying.OUTCOMES)}")
    message_id = wanted.get("message_id")
    if "link" in wanted:
        invoice = world.invoice_links.get(str(wanted["link"]))
    else:
        message = world.chats.find(person.id, message_id) if isinstance(message_id, int) else None
        invoice = message.invoice if message else None
    if invoice is None:
        raise BadAction("there is no such invoice", status=404)
    if invoice.get("paid"):
        raise BadAction("this invoice is paid", status=409)
    unblock(world, person)
    query_id = paying.begin(world, person, invoice, outcome=outcome, message_id=message_id)
    return {"pre_checkout_query_id": query_id}


def edit_subscription(world: World, person: Person, wanted: JsonObject) -> JsonObject:
    """A person stops their subscriptions, or lets them go on, in Telegram's own settings.

    The bot is told nothing of it. Raises: BadAction when there is none that they can change.
    """
    stop = wanted.get("stop")
    if not isinstance(stop, bool):
        raise BadAction("stop is true or false")
    mine = [one for one in world.subscriptions.of(person.id) if not one.stopped_by_bot]
    if not mine:
        raise BadAction("there is no such subscription", status=404)
    for one in mine:
        one.stopped_by_person = stop
    return {"subscriptions": len(mine)}


def block(world: World, person: Person) -> None:
    """The person blocks the bot, which is told."""
    if not person.blocked:
        _set_blocked(world, person, blocked=True)


def unblock(world: World, person: Person) -> None:
    """The person lets the bot write again, which is told."""
    if person.blocked:
        _set_blocked(world, person, blocked=False)


def _set_blocked(world: World, person: Person, *, blocked: bool) -> None:
    person.blocked = blocked
    bot = world.profile.bot
    member = {"status": "member", "user": bot}
    banned = {"status": "kicked", "user": bot, "until_date": 0}
    world.updates.add(
        "my_chat_member",
        {
            "chat": person.as_chat(),
            "from": person.as_user(),
            "date": world.clock.timestamp(),
            "old_chat_member": member if blocked else banned,
            "new_chat_member": banned if blocked else member,
        },
        copies=world.faults.repeat_updates,
    )
    world.chats.toast(person.id, {"blocked": blocked})


def _send(world: World, person: Person, content: JsonObject) -> JsonObject:
    body: JsonObject = {
        "message_id": world.chats.next_message_id(),
        "from": person.as_user(),
        "chat": person.as_chat(),
        "date": world.clock.timestamp(),
        **content,
    }
    world.chats.add(StoredMessage(chat_id=person.id, body=body))
    world.updates.add("message", body, copies=world.faults.repeat_updates)
    return body


def _press(world: World, person: Person, button: JsonObject) -> list[JsonObject]:
    if button.get("request_contact"):
        return write(world, person, {"contact": True})
    if button.get("request_location"):
        return write(world, person, {"location": True})
    return write(world, person, {"text": button["text"]})


def _callback(world: World, person: Person, message: StoredMessage, data: str) -> JsonObject:
    if not message.by_bot:
        raise BadAction("this message has no buttons")
    if not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
        raise BadAction(f"callback data has 1 to {MAX_CALLBACK_BYTES} bytes")
    unblock(world, person)
    query_id = world.queries.callback(person.id)
    world.updates.add(
        "callback_query",
        {
            "id": query_id,
            "from": person.as_user(),
            "message": message.body,
            "chat_instance": str(person.id * 1_000_003),
            "data": data,
        },
        copies=world.faults.repeat_updates,
    )
    return {"callback_query_id": query_id}


def _text(text: str) -> JsonObject:
    marked = plain(text)
    content: JsonObject = {"text": marked.text}
    if marked.entities:
        content["entities"] = marked.entities
    return content


def _content(world: World, person: Person, kind: str, value: Any, wanted: JsonObject) -> JsonObject:
    given = {"file_name": value} if isinstance(value, str) else value
    if not isinstance(given, dict):
        given = {}
    if kind == "contact":
        own = {
            "phone_number": f"+1555{person.id:07}",
            "first_name": person.first_name,
            "user_id": person.id,
        }
        return {"contact": own | given}
    if kind == "location":
        return {"location": PLACE | given}
    name, make = _SAMPLES[kind]
    content = _decoded(given["base64"]) if "base64" in given else make()
    file = world.files.add(kind, str(given.get("file_name", name)), content)
    part = MEDIA_PARTS[kind](file)
    caption = plain(str(wanted.get("caption", "")))
    return part | ({"caption": caption.text} if caption.text else {})


def _decoded(value: Any) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except binascii.Error:
        raise BadAction("base64 must be base64") from None
