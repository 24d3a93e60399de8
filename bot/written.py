"""What a person wrote, as far as a window takes it."""

from aiogram.types import Message

from bot.markup import is_sendable
from kernel.errors import DomainError


class TooLong(DomainError):
    """More than fits into a message, or than is read of one: `longest` characters."""

    key = "error-too-long"


class BrokenMarkup(DomainError):
    """Telegram would refuse to send it on."""

    key = "error-broken-markup"


def words_of(message: Message, *, longest: int) -> str:
    """The plain text of a message. Raises TooLong."""
    return _within((message.text or "").strip(), longest)


def markup_of(message: Message, *, longest: int) -> str:
    """The text or caption of a message as HTML that can be sent on. Raises TooLong, BrokenMarkup."""
    html = _within(message.html_text, longest)
    if not is_sendable(html):
        raise BrokenMarkup
    return html


def _within(text: str, longest: int) -> str:
    if len(text) > longest:
        raise TooLong(longest=longest)
    return text
