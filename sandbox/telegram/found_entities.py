"""What Telegram finds in any text by itself: commands, links, mentions, tags."""

import re

from sandbox.telegram.marked import utf16_length
from sandbox.values import JsonObject

_PATTERNS = (
    ("url", re.compile(r"(?<![\w@/.])https?://[^\s<>\"'）】，。！？；、]+", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?!\w)", re.ASCII)),
    (
        "url",
        re.compile(
            r"(?<![\w@/.-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|dev|app|co|cn|de|uk|info|edu|ai)"
            r"(?::\d+)?(?:[/?#][^\s<>\"']*)?(?![\w@])",
            re.IGNORECASE | re.ASCII,
        ),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[a-zA-Z]\w{2,31}(?!\w)", re.ASCII)),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>@])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z]\w{2,31})?(?![\w/])"),
    ),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w{1,256}(?!\w)")),
    ("cashtag", re.compile(r"(?<!\w)\$[A-Z]{1,8}(?!\w)")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d ()-]{6,17}\d(?!\w)")),
)
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"})
_TRAILING = ".,:;!?)]'\""


def found(text: str, *, around: list[JsonObject]) -> list[JsonObject]:
    """The entities in a text that nobody marked, none across code or links that are marked."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in around
        if entity["type"] in _OPAQUE
    ]
    entities: list[JsonObject] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            matched = match.group()
            if kind == "url":
                matched = matched.rstrip(_TRAILING)
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(matched)
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            taken.append((start, end))
            entities.append({"type": kind, "offset": start, "length": end - start})
    return entities
