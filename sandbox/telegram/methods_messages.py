"""Sending, editing, copying and deleting messages."""

from sandbox.telegram.call import DELETABLE_SECONDS, Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import read_markup
from sandbox.telegram.media import MEDIA_FIELDS
from sandbox.telegram.posting import (
    caption_content,
    edit,
    editable,
    link_preview,
    post,
    text_content,
)
from sandbox.values import JsonObject

_ACTIONS = frozenset(
    {
        "cancel",
        "typing",
        "record_video",
        "upload_video",
        "record_audio",
        "upload_audio",
        "record_voice",
        "upload_voice",
        "upload_photo",
        "upload_document",
        "choose_sticker",
        "pick_up_location",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_COPIED = (*MEDIA_FIELDS, "text", "entities", "caption", "caption_entities", "contact", "location")


async def send_message(call: Call) -> JsonObject:
    """sendMessage."""
    if not call.args.text("text"):
        raise bad_request("message text is empty")
    content = text_content(call.formatted()) | link_preview(call)
    return post(call, content, markup=read_markup(call.args))


async def edit_message_text(call: Call) -> JsonObject:
    """editMessageText."""
    if not call.args.text("text"):
        raise bad_request("message text is empty")
    content = text_content(call.formatted(), editing=True) | link_preview(call)
    message = editable(call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return edit(call, message, content, drop=("text", "entities", "link_preview_options"))


async def edit_message_caption(call: Call) -> JsonObject:
    """editMessageCaption."""
    content = caption_content(call.formatted(text="caption", entities="caption_entities"))
    message = editable(call)
    if not any(field in message.body for field in ("document", "photo", "voice")):
        raise bad_request("there is no caption in the message to edit")
    if call.args.flag("show_caption_above_media") and "photo" in message.body:
        content["show_caption_above_media"] = True
    dropped = ("caption", "caption_entities", "show_caption_above_media")
    return edit(call, message, content, drop=dropped)


async def edit_message_reply_markup(call: Call) -> JsonObject:
    """editMessageReplyMarkup."""
    return edit(call, editable(call), {}, drop=())


async def delete_message(call: Call) -> bool:
    """deleteMessage."""
    message = call.message("message to delete")
    if message.body["date"] < call.world.clock.timestamp() - DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    call.world.chats.touch(message)
    return True


async def copy_message(call: Call) -> JsonObject:
    """copyMessage."""
    source = call.message("message to copy", chat="from_chat_id")
    content = {key: source.body[key] for key in _COPIED if key in source.body}
    if not content:
        raise bad_request("message can't be copied")
    if call.args.has("caption") and any(field in content for field in MEDIA_FIELDS):
        content = {key: content[key] for key in content if not key.startswith("caption")}
        content |= caption_content(call.formatted(text="caption", entities="caption_entities"))
    sent = post(call, content, markup=read_markup(call.args))
    return {"message_id": sent["message_id"]}


async def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery."""
    text = call.args.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.args.text("url")
    if url and not url.startswith(("https://t.me/", "tg://")):
        raise bad_request("URL_INVALID")
    pending = call.world.queries.answered_callback(call.args.text("callback_query_id"))
    if pending is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if text or url:
        toast: JsonObject = {"text": text, "alert": call.args.flag("show_alert")}
        call.world.chats.toast(pending.person_id, toast | ({"url": url} if url else {}))
    return True


async def send_chat_action(call: Call) -> bool:
    """sendChatAction."""
    action = call.args.text("action")
    if action.lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.chats.toast(call.reachable().id, {"action": action.lower()})
    return True


async def get_chat(call: Call) -> JsonObject:
    """getChat."""
    person = call.person()
    full: JsonObject = {
        **person.as_chat(),
        "accent_color_id": person.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }
    if person.username:
        full["active_usernames"] = [person.username]
    return full


METHODS = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "copyMessage": copy_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "getChat": get_chat,
}
