"""Sending and fetching files."""

from sandbox.telegram.args import from_json
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import read_markup
from sandbox.telegram.media import (
    audio_part,
    document_part,
    given_file,
    photo_part,
    video_part,
    voice_part,
)
from sandbox.telegram.posting import caption_content, edit, editable, post
from sandbox.values import JsonObject

_EDITABLE_MEDIA = ("document", "photo")
_OTHER_MEDIA = ("animation", "audio", "live_photo", "video")


async def send_document(call: Call) -> JsonObject:
    """sendDocument."""
    return _send(call, document_part(given_file(call.world.files, call.args, "document")))


async def send_photo(call: Call) -> JsonObject:
    """sendPhoto."""
    content = photo_part(given_file(call.world.files, call.args, "photo"))
    if call.args.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    if call.args.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return _send(call, content)


async def send_voice(call: Call) -> JsonObject:
    """sendVoice."""
    file = given_file(call.world.files, call.args, "voice")
    return _send(call, voice_part(file, call.args.integer("duration", 0, low=0)))


async def send_audio(call: Call) -> JsonObject:
    """sendAudio."""
    file = given_file(call.world.files, call.args, "audio")
    return _send(call, audio_part(file, call.args.integer("duration", 0, low=0)))


async def send_video(call: Call) -> JsonObject:
    """sendVideo."""
    file = given_file(call.world.files, call.args, "video")
    content = video_part(file, call.args.integer("duration", 0, low=0))
    if call.args.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    if call.args.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return _send(call, content)


async def edit_message_media(call: Call) -> JsonObject:
    """editMessageMedia."""
    media = call.args.json("media", "media")
    if not isinstance(media, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = media.get("type")
    if kind in _OTHER_MEDIA:
        raise bad_request(f"the sandbox edits documents and photos only, not {kind}")
    if kind not in _EDITABLE_MEDIA:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    if not isinstance(media.get("media"), str) or not media["media"]:
        raise bad_request("can't parse InputMedia: media not found")
    captioned = from_json(
        {name: media.get(name) for name in ("caption", "parse_mode", "caption_entities")}
    )
    caption = caption_content(
        call.formatted(text="caption", entities="caption_entities", args=captioned)
    )
    message = editable(call)
    if any(field in message.body for field in ("invoice", "voice")):
        raise bad_request("message can't be edited")
    file = given_file(call.world.files, call.args, kind, media["media"])
    part = document_part(file) if kind == "document" else photo_part(file)
    media_fields = (*_EDITABLE_MEDIA, "audio", "video")
    dropped = ("text", "entities", *media_fields, "caption", "caption_entities")
    return edit(call, message, part | caption, drop=dropped)


async def get_file(call: Call) -> JsonObject:
    """getFile."""
    file_id = call.args.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = call.world.files.get(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > 20 * 1024 * 1024:
        raise bad_request("file is too big")
    return {**file.as_file(), "file_path": file.path}


def _send(call: Call, content: JsonObject) -> JsonObject:
    caption = caption_content(call.formatted(text="caption", entities="caption_entities"))
    return post(call, content | caption, markup=read_markup(call.args))


METHODS = {
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendAudio": send_audio,
    "sendVideo": send_video,
    "editMessageMedia": edit_message_media,
    "getFile": get_file,
}
