"""The media part of a message, from stored files."""

import mimetypes
from collections.abc import Callable

from sandbox.telegram.args import Args
from sandbox.telegram.errors import bad_request
from sandbox.telegram.files import Files, StoredFile, image_size
from sandbox.values import JsonObject

_ATTACH = "attach://"
MAX_UPLOAD_BYTES = 50 * 1024 * 1024


def given_file(files: Files, args: Args, name: str, value: str | None = None) -> StoredFile:
    """The file that the argument `name` gives: uploaded, attached or known by its file id.

    Raises: BotApiError when there is none, it is empty, unknown or of another kind.
    """
    kind = name
    value = args.text(name) if value is None else value
    upload = args.files.get(value.removeprefix(_ATTACH) if value.startswith(_ATTACH) else name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > MAX_UPLOAD_BYTES:
            raise bad_request("file is too big")
        return files.add(kind, upload.name, upload.content)
    if not value or value.startswith(_ATTACH):
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    known = files.get(value)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad_request(
            f"can't use file of type {known.kind.capitalize()} as {kind.capitalize()}"
        )
    return known


def document_part(file: StoredFile) -> JsonObject:
    """`document` with its name and MIME type."""
    return {
        "document": {
            "file_name": file.name,
            "mime_type": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            **file.as_file(),
        }
    }


def photo_part(file: StoredFile) -> JsonObject:
    """`photo` with one size, the picture's own.

    Raises: BotApiError when it is no picture or its proportions are impossible.
    """
    size = image_size(file.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return {"photo": [{"width": width, "height": height, **file.as_file()}]}


def voice_part(file: StoredFile, duration: int = 0) -> JsonObject:
    """`voice`, `duration` in seconds."""
    return {"voice": {"duration": duration, "mime_type": "audio/ogg", **file.as_file()}}


def audio_part(file: StoredFile, duration: int = 0) -> JsonObject:
    """`audio` with its name, `duration` in seconds."""
    mime = mimetypes.guess_type(file.name)[0] or "audio/mpeg"
    told = {"duration": duration, "file_name": file.name, "mime_type": mime}
    return {"audio": {**told, **file.as_file()}}


def video_part(file: StoredFile, duration: int = 0) -> JsonObject:
    """`video` with its name, `duration` in seconds; nothing is decoded, so its size is made up."""
    mime = mimetypes.guess_type(file.name)[0] or "video/mp4"
    told = {"duration": duration, "file_name": file.name, "mime_type": mime}
    return {"video": {"width": 320, "height": 240, **told, **file.as_file()}}


def sticker_part(file: StoredFile) -> JsonObject:
    """`sticker`, a still one."""
    return {
        "sticker": {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👋",
            **file.as_file(),
        }
    }


MEDIA_PARTS: dict[str, Callable[[StoredFile], JsonObject]] = {
    "document": document_part,
    "photo": photo_part,
    "voice": voice_part,
    "audio": audio_part,
    "video": video_part,
    "sticker": sticker_part,
}
MEDIA_FIELDS = tuple(MEDIA_PARTS)
