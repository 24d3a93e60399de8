"""Telegram's HTML, as far as it must be known before something is sent to many."""

from html.parser import HTMLParser

LONGEST_TEXT = 3500
LONGEST_CAPTION = 1000

_TAGS = {
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote",
    "span", "tg-spoiler", "tg-emoji",
}  # fmt: skip


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def without_markup(html: str) -> str:
    """The words alone."""
    words = _Words()
    words.feed(html)
    words.close()
    return "".join(words.parts)


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.broken = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.broken |= tag not in _TAGS
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.broken |= not self.open or self.open.pop() != tag


def is_sendable(text: str) -> bool:
    """Whether Telegram accepts the text as HTML: known tags, rightly nested, and some words."""
    nesting = _Nesting()
    nesting.feed(text)
    nesting.close()
    return bool(text.strip()) and not nesting.broken and not nesting.open
