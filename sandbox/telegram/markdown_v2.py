"""The Bot API's MarkdownV2 style."""

from dataclasses import dataclass

from sandbox.telegram.links import link_entity
from sandbox.telegram.marked import EntityError, Marked, TextBuilder, byte_offset

_RESERVED = "_*[]()~`>#+-=|{}.!"
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
_MARKS = {
    "bold": "*",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
}


@dataclass
class Opened:
    """An entity whose end has not come yet."""

    kind: str
    at: int
    start: int
    language: str = ""


def parse_markdown_v2(source: str) -> Marked:
    """The plain text and entities of a MarkdownV2 text.

    Raises: EntityError for an unescaped reserved character or an entity without an end.
    """
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out = TextBuilder()
        self._open: list[Opened] = []
        self._line_start = True

    def parse(self) -> Marked:
        while self._at < len(self._source):
            self._step()
        if self._open and self._open[-1].kind == "blockquote":
            self._close_quote("blockquote")
        if self._open:
            unfinished = self._open[-1]
            raise EntityError(
                f"Can't find end of {_NAMES[unfinished.kind]} entity "
                f"at byte offset {byte_offset(self._source, unfinished.at)}"
            )
        return self._out.result()

    def _step(self) -> None:
        char = self._source[self._at]
        at_line_start, self._line_start = self._line_start, False
        if char == "\\" and "\x00" < self._source[self._at + 1 : self._at + 2] < "\x7f":
            self._copy(self._source[self._at + 1], 2)
        elif char == "\n":
            self._new_line()
        elif at_line_start and char == ">" and not self._open:
            self._begin("blockquote", 1)
        elif char not in self._reserved_here():
            self._copy(char, 1)
        elif self._ends_quote():
            self._at += 2
            self._close_quote("expandable_blockquote")
        elif self._ends_entity():
            self._end()
        else:
            self._begin_by(char)

    def _reserved_here(self) -> str:
        return "`" if self._inside() in ("code", "pre") else _RESERVED

    def _inside(self) -> str | None:
        return self._open[-1].kind if self._open else None

    def _copy(self, text: str, consumed: int) -> None:
        self._out.add(text)
        self._at += consumed

    def _new_line(self) -> None:
        quoted = bool(self._open) and self._open[0].kind == "blockquote"
        if quoted and self._source.startswith("\n>", self._at):
            self._copy("\n", 2)
            return
        if self._inside() == "blockquote":
            self._close_quote("blockquote")
        self._copy("\n", 1)
        self._line_start = True

    def _close_quote(self, kind: str) -> None:
        self._out.mark(kind, self._open.pop().start)

    def _ends_quote(self) -> bool:
        if self._inside() != "blockquote" or not self._source.startswith("||", self._at):
            return False
        return self._source[self._at + 2 : self._at + 3] in ("", "\n")

    def _ends_entity(self) -> bool:
        inside = self._inside()
        if inside is None or inside == "blockquote":
            return False
        if inside == "italic":
            alone = not self._source.startswith("__", self._at)
            return self._source[self._at] == "_" and alone
        return self._source.startswith(_MARKS[inside], self._at)

    def _begin_by(self, char: str) -> None:
        rest = self._source[self._at :]
        if char == "_":
            underline = rest.startswith("__")
            self._begin("underline" if underline else "italic", 2 if underline else 1)
        elif char == "*":
            self._begin("bold", 1)
        elif char == "~":
            self._begin("strikethrough", 1)
        elif rest.startswith("||"):
            self._begin("spoiler", 2)
        elif char == "[":
            self._begin("text_link", 1)
        elif rest.startswith("!["):
            self._begin("custom_emoji", 2)
        elif rest.startswith("```"):
            self._begin_pre()
        elif char == "`":
            self._begin("code", 1)
        else:
            raise EntityError(
                f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
            )

    def _begin(self, kind: str, consumed: int, language: str = "") -> None:
        self._open.append(Opened(kind, self._at, self._out.length, language))
        self._at += consumed

    def _begin_pre(self) -> None:
        end = self._at + 3
        while end < len(self._source) and not self._source[end].isspace():
            if self._source[end] == "`":
                break
            end += 1
        language = self._source[self._at + 3 : end]
        has_language = bool(language) and self._source[end : end + 1] != "`"
        consumed = 3 + len(language) if has_language else 3
        if self._source[self._at + consumed : self._at + consumed + 1] == "\n":
            consumed += 1
        self._begin("pre", consumed, language if has_language else "")

    def _end(self) -> None:
        opened = self._open.pop()
        if opened.kind in ("text_link", "custom_emoji"):
            self._end_link(opened)
            return
        self._at += len(_MARKS.get(opened.kind, "_"))
        if opened.language:
            self._out.mark(opened.kind, opened.start, language=opened.language)
        else:
            self._out.mark(opened.kind, opened.start)

    def _end_link(self, opened: Opened) -> None:
        self._at += 1
        if not self._source.startswith("(", self._at):
            if opened.kind == "custom_emoji":
                raise EntityError("Custom emoji entity must contain a tg://emoji URL")
            address = self._out.since(opened.start)
        else:
            address = self._address()
        if opened.kind == "custom_emoji":
            self._mark_special(opened, address)
            return
        link = link_entity(address)
        if link:
            self._out.mark(link.pop("type"), opened.start, **link)

    def _mark_special(self, opened: Opened, address: str) -> None:
        kind, _, query = address.partition("?")
        fields = dict(pair.partition("=")[::2] for pair in query.split("&"))
        if kind == "tg://emoji" and fields.get("id", "").isdecimal():
            self._out.mark("custom_emoji", opened.start, custom_emoji_id=fields["id"])
        elif kind == "tg://time" and fields.get("unix", "").isdecimal():
            extra = {"date_time_format": fields["format"]} if fields.get("format") else {}
            self._out.mark("date_time", opened.start, unix_time=int(fields["unix"]), **extra)
        else:
            raise EntityError("Custom emoji entity must contain a tg://emoji URL")

    def _address(self) -> str:
        begin = self._at
        self._at += 1
        address = ""
        while self._at < len(self._source) and self._source[self._at] != ")":
            if self._source[self._at] == "\\" and self._at + 1 < len(self._source):
                self._at += 1
            address += self._source[self._at]
            self._at += 1
        if self._at >= len(self._source):
            raise EntityError(
                f"Can't find end of a URL at byte offset {byte_offset(self._source, begin)}"
            )
        self._at += 1
        return address
