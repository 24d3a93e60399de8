"""Filters that are awaited: aiogram runs plain ones, its magic F too, on a thread each."""

from aiogram.enums import ContentType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

# what aiogram-dialog puts between its own id and a widget's data
_OF_A_DIALOG = "\x1d"
# what somebody sends; all else is a service message
_SENT = frozenset(
    {
        ContentType.TEXT, ContentType.ANIMATION, ContentType.AUDIO, ContentType.DOCUMENT,
        ContentType.LIVE_PHOTO, ContentType.PAID_MEDIA, ContentType.PHOTO, ContentType.STICKER,
        ContentType.STORY, ContentType.VIDEO, ContentType.VIDEO_NOTE, ContentType.VOICE,
        ContentType.CHECKLIST, ContentType.CONTACT, ContentType.DICE, ContentType.GAME,
        ContentType.POLL, ContentType.VENUE, ContentType.LOCATION, ContentType.RICH_MESSAGE,
        ContentType.UNKNOWN,
    }
)  # fmt: skip


class Data(Filter):
    """Callback data that begins with one of some words."""

    def __init__(self, *beginnings: str) -> None:
        self._beginnings = beginnings

    async def __call__(self, callback: CallbackQuery) -> bool:
        return (callback.data or "").startswith(self._beginnings)


class PlainData(Filter):
    """Callback data that belongs to no dialog, so that most taps pass a router at once."""

    async def __call__(self, callback: TelegramObject) -> bool:
        return not (isinstance(callback, CallbackQuery) and _OF_A_DIALOG in (callback.data or ""))


class Words(Filter):
    """A text that is no slash command."""

    async def __call__(self, message: Message) -> bool:
        return bool(message.text) and not (message.text or "").startswith("/")


class Wordless(Filter):
    """A message without a text."""

    async def __call__(self, message: Message) -> bool:
        return not message.text


class SlashCommand(Filter):
    """A text that is a slash command."""

    async def __call__(self, message: Message) -> bool:
        return (message.text or "").startswith("/")


class Paid(Filter):
    """The message that tells of a payment in the chat."""

    async def __call__(self, message: Message) -> bool:
        return message.successful_payment is not None


class ByTelegram(Filter):
    """A service message, which nobody wrote."""

    async def __call__(self, message: Message) -> bool:
        return message.content_type not in _SENT
