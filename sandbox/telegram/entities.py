"""Texts with formatting: parsed from HTML, MarkdownV2, Markdown or an entity list."""

import json
from typing import Any

from sandbox.telegram.args import Args
from sandbox.telegram.errors import bad_request
from sandbox.telegram.found_entities import found
from sandbox.telegram.html import parse_html
from sandbox.telegram.markdown import parse_markdown
from sandbox.telegram.markdown_v2 import parse_markdown_v2
from sandbox.telegram.marked import EntityError, Marked, utf16_length
from sandbox.values import JsonObject

_PARSERS = {
    "html": parse_html,
    "markdownv2": parse_markdown_v2,
    "markdown": parse_markdown,
}
_PLAIN_TYPES = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    }
)
_DETAILS: dict[str, tuple[str, type]] = {
    "text_link": ("url", str),
    "text_mention": ("user", dict),
    "custom_emoji": ("custom_emoji_id", str),
    "date_time": ("unix_time", int),
}
_OPTIONAL = {"pre": "language", "date_time": "date_time_format"}
_FOUND_TYPES = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)


def formatted(args: Args, *, text: str = "text", entities: str = "entities") -> Marked:
    """The text argument named `text` with its formatting, trimmed as Telegram does.

    Raises: BotApiError for broken markup, an unknown parse mode or a broken entity list.
    """
    source = args.text(text)
    mode = args.text("parse_mode").lower()
    if mode in ("", "none"):
        marked = Marked(source, _given(args, entities, source))
    else:
        parser = _PARSERS.get(mode)
        if parser is None:
            raise bad_request("unsupported parse_mode")
        try:
            marked = parser(source)
        except EntityError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    return plain(marked.text, marked.entities)


def plain(text: str, entities: list[JsonObject] | None = None) -> Marked:
    """A text without markup: trimmed, with the links, commands and the like in it found."""
    trimmed = Marked(text.replace("\r", ""), entities or []).trimmed()
    everything = [*trimmed.entities, *found(trimmed.text, around=trimmed.entities)]
    everything.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Marked(trimmed.text, everything)


def _given(args: Args, name: str, source: str) -> list[JsonObject]:
    listed = args.json(name, "message entities")
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise bad_request("expected an Array of MessageEntity")
    length = utf16_length(source)
    given = [_checked(entity, length) for entity in listed]
    return [entity for entity in given if entity["type"] in _PLAIN_TYPES and entity["length"] > 0]


def _checked(entity: Any, length: int) -> JsonObject:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name in ("type", "offset", "length"):
        if name not in entity:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    if str(entity["type"]) not in _PLAIN_TYPES | _FOUND_TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    offset, size = entity["offset"], entity["length"]
    if type(offset) is not int or type(size) is not int:
        raise bad_request('can\'t parse MessageEntity: Field "offset" must be of type Number')
    if offset < 0 or size < 0 or offset + size > length:
        raise bad_request(f"entity begins or ends outside of the text: {json.dumps(entity)}")
    kept = {"type": entity["type"], "offset": offset, "length": size}
    return kept | _details(entity)


def _details(entity: JsonObject) -> JsonObject:
    """What an entity of its type has beside its place."""
    details: JsonObject = {}
    if entity["type"] in _DETAILS:
        name, kind = _DETAILS[entity["type"]]
        if not isinstance(entity.get(name), kind):
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
        details[name] = entity[name]
    optional = _OPTIONAL.get(entity["type"], "")
    if isinstance(entity.get(optional), str) and entity[optional]:
        details[optional] = entity[optional]
    return details
