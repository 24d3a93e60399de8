"""The Bot API's HTML style."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.telegram.links import link_entity
from sandbox.telegram.marked import EntityError, Marked, TextBuilder, byte_offset

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#(\d+)|([a-zA-Z]+));?")
_NAME_END = re.compile(r"[\s>]")
_LANGUAGE = "language-"


@dataclass(frozen=True)
class OpenTag:
    """A start tag whose end has not come yet."""

    name: str
    attributes: Mapping[str, str]
    start: int
    """Where its text begins, in UTF-16 code units of the plain text."""


def parse_html(source: str) -> Marked:
    """The plain text and entities of an HTML-style text.

    Raises: EntityError for an unsupported, unclosed or mismatched tag.
    """
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out = TextBuilder()
        self._open: list[OpenTag] = []
        self._language = ""

    def parse(self) -> Marked:
        while self._at < len(self._source):
            char = self._source[self._at]
            if char == "&":
                self._reference()
            elif char != "<":
                self._out.add(char)
                self._at += 1
            elif self._source.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise EntityError(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"'
            )
        return self._out.result()

    def _reference(self) -> None:
        text, length = decode_reference(self._source, self._at)
        self._out.add(text)
        self._at += length

    def _start_tag(self) -> None:
        begin = self._at
        name = self._name(begin + 1, begin)
        kind = _KINDS.get(name)
        if kind is None:
            raise EntityError(
                f'Unsupported start tag "{name}" at byte offset {self._offset(begin)}'
            )
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise EntityError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset(begin)}'
            )
        self._open.append(OpenTag(name, attributes, self._out.length))

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise EntityError(f"Unexpected end tag at byte offset {self._offset(begin)}")
        close = self._source.find(">", begin)
        if close < 0:
            raise EntityError(f"Unclosed end tag at byte offset {self._offset(begin)}")
        name = self._source[begin + 2 : close].strip().lower()
        expected = self._open.pop()
        if name and name != expected.name:
            raise EntityError(
                f"Unmatched end tag at byte offset {self._offset(begin)}, "
                f'expected "</{expected.name}>", found "</{name}>"'
            )
        self._at = close + 1
        self._mark(expected)

    def _mark(self, tag: OpenTag) -> None:
        extra: dict[str, object] = {}
        kind = _KINDS[tag.name]
        match tag.name:
            case "a":
                address = tag.attributes.get("href") or self._out.since(tag.start)
                link = link_entity(address)
                if link is None:
                    return
                kind = link.pop("type")
                extra = link
            case "blockquote" if "expandable" in tag.attributes:
                kind = "expandable_blockquote"
            case "tg-emoji":
                extra = {"custom_emoji_id": tag.attributes.get("emoji-id", "")}
            case "tg-time":
                extra = _time_fields(tag.attributes)
            case "code" if self._is_language_of_pre(tag):
                return
            case "pre" if self._language:
                extra = {"language": self._language}
                self._language = ""
            case _:
                pass
        self._out.mark(kind, tag.start, **extra)

    def _is_language_of_pre(self, tag: OpenTag) -> bool:
        """Whether this is `<pre><code class="language-x">`, whose code only names a language."""
        named = tag.attributes.get("class", "")
        if not named.startswith(_LANGUAGE) or not self._open or self._open[-1].name != "pre":
            return False
        if self._open[-1].start != tag.start:
            return False
        self._language = named.removeprefix(_LANGUAGE)
        return True

    def _name(self, at: int, begin: int) -> str:
        found = _NAME_END.search(self._source, at)
        if found is None:
            raise EntityError(f"Unclosed start tag at byte offset {self._offset(begin)}")
        self._at = found.start()
        return self._source[at : found.start()].lower()

    def _attributes(self, name: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_blanks(begin, name)
            if self._source[self._at] == ">":
                self._at += 1
                return attributes
            key = self._attribute_name(name, begin)
            if self._source[self._at : self._at + 1] != "=":
                attributes[key] = ""
                continue
            self._at += 1
            attributes[key] = self._value(name, begin)

    def _attribute_name(self, name: str, begin: int) -> str:
        match = re.compile(r"[^\s=>/]+").match(self._source, self._at)
        if match is None:
            raise EntityError(
                f'Empty attribute name in the tag "{name}" at byte offset {self._offset(begin)}'
            )
        self._at = match.end()
        return match.group().lower()

    def _value(self, name: str, begin: int) -> str:
        self._skip_blanks(begin, name)
        quote = self._source[self._at]
        if quote not in "\"'":
            match = re.compile(r"[a-zA-Z0-9.-]+").match(self._source, self._at)
            if match is None:
                raise EntityError(
                    f"Unexpected end of name token at byte offset {self._offset(begin)}"
                )
            self._at = match.end()
            return match.group().lower()
        close = self._source.find(quote, self._at + 1)
        if close < 0:
            raise EntityError(f"Unclosed start tag at byte offset {self._offset(begin)}")
        raw = self._source[self._at + 1 : close]
        self._at = close + 1
        return _REFERENCE.sub(lambda found: decode_reference(found.group(), 0)[0], raw)

    def _skip_blanks(self, begin: int, name: str) -> None:
        while self._at < len(self._source) and self._source[self._at].isspace():
            self._at += 1
        if self._at >= len(self._source):
            raise EntityError(f'Unclosed start tag "{name}" at byte offset {self._offset(begin)}')

    def _offset(self, index: int) -> int:
        return byte_offset(self._source, index)


def decode_reference(source: str, at: int) -> tuple[str, int]:
    """The text of the character reference at `at` and its length in the source.

    What Telegram does not know as a reference stays as it is written.
    """
    found = _REFERENCE.match(source, at)
    if found is None:
        return source[at], 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        known = _NAMED.get(name)
        return (known, len(found.group())) if known else (source[at], 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return source[at], 1
    return chr(code), len(found.group())


def _time_fields(attributes: Mapping[str, str]) -> dict[str, object]:
    unix = attributes.get("unix", "")
    if not unix.isdecimal():
        raise EntityError('Tag "tg-time" must have attribute "unix"')
    fields: dict[str, object] = {"unix_time": int(unix)}
    if attributes.get("format"):
        fields["date_time_format"] = attributes["format"]
    return fields
