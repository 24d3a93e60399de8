"""The Bot API's first Markdown style, kept by Telegram for old bots."""

import re

from sandbox.telegram.links import link_entity
from sandbox.telegram.marked import EntityError, Marked, TextBuilder, byte_offset

_KINDS = {"_": "italic", "*": "bold", "`": "code"}
_ESCAPABLE = "_*`["


def parse_markdown(source: str) -> Marked:
    """The plain text and entities of a Markdown text.

    Raises: EntityError for an entity without an end.
    """
    out = TextBuilder()
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in tuple(_ESCAPABLE):
            out.add(source[at + 1])
            at += 2
        elif char in _ESCAPABLE:
            at = _entity(source, at, out)
        else:
            out.add(char)
            at += 1
    return out.result()


def _entity(source: str, at: int, out: TextBuilder) -> int:
    start = out.length
    if source.startswith("```", at):
        end = _find(source, "```", at, 3)
        block = re.match(r"(?:(\w+)(?=\s))?\n?", source[at + 3 : end])
        language = block.group(1) if block else None
        out.add(source[at + 3 + (block.end() if block else 0) : end])
        extra = {"language": language} if language else {}
        out.mark("pre", start, **extra)
        return end + 3
    if source[at] == "[":
        return _link(source, at, out)
    end = _find(source, source[at], at, 1)
    out.add(source[at + 1 : end])
    out.mark(_KINDS[source[at]], start)
    return end + 1


def _link(source: str, at: int, out: TextBuilder) -> int:
    start = out.length
    end = _find(source, "]", at, 1)
    out.add(source[at + 1 : end])
    if not source.startswith("(", end + 1):
        return end + 1
    close = _find(source, ")", at, end + 2 - at)
    link = link_entity(source[end + 2 : close])
    if link:
        out.mark(link.pop("type"), start, **link)
    return close + 1


def _find(source: str, mark: str, at: int, skip: int) -> int:
    end = source.find(mark, at + skip)
    if end < 0:
        raise EntityError(
            f"Can't find end of the entity starting at byte offset {byte_offset(source, at)}"
        )
    return end
