"""A notice as Telegram's message, in the reader's language."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiogram import Bot
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)

from scheduler.model import Addressee
from storage.outbox import Notice, NoticeButton
from texts.translator import Translator
from texts.values import from_json

UNSUBSCRIBE = NoticeButton("button-no-news", data="news:stop")

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def send(
    bot: Bot, notice: Notice, reader: Addressee, *, timeout_s: int, website: str = ""
) -> Message:
    """Send a notice; whoever gets news finds under it how to stop them. `website` is where
    people reach our pages, empty where they cannot.

    Raises TelegramAPIError, and ValueError or KeyError for a notice that says nothing.
    """
    translate = Translator(reader.language, reader.time_zone)
    text = _text(notice, translate)
    rows = [*notice.buttons, [UNSUBSCRIBE]] if notice.is_marketing else notice.buttons
    keyboard = await _keyboard(bot, rows, translate, website)
    if notice.document is not None:
        name, content = notice.document
        return await bot.send_document(
            reader.chat_id, BufferedInputFile(content.encode(), name), caption=text,
            reply_markup=keyboard, request_timeout=timeout_s,
        )  # fmt: skip
    media = notice.media
    if media is None:
        return await bot.send_message(
            reader.chat_id, text, reply_markup=keyboard, link_preview_options=_NO_PREVIEW,
            request_timeout=timeout_s,
        )  # fmt: skip
    senders: dict[str, Callable[..., Awaitable[Message]]] = {
        "photo": bot.send_photo, "document": bot.send_document, "audio": bot.send_audio,
        "video": bot.send_video, "voice": bot.send_voice,
    }  # fmt: skip
    if media.kind not in senders:
        raise ValueError(f"notice {notice.unique_key} has an unknown kind of file: {media.kind}")
    return await senders[media.kind](
        reader.chat_id, media.file, caption=text, reply_markup=keyboard,
        request_timeout=timeout_s,
    )  # fmt: skip


def _text(notice: Notice, translate: Translator) -> str:
    if notice.literal is not None:
        return _in_language(notice.literal, translate)
    if notice.key is None:
        raise ValueError(f"notice {notice.unique_key} says nothing")
    return translate.text(notice.key, from_json(notice.values))


def _in_language(texts: Mapping[str, str], translate: Translator) -> str:
    return texts.get(translate.language) or next(iter(texts.values()))


async def _keyboard(
    bot: Bot, rows: Sequence[Sequence[NoticeButton]], translate: Translator, website: str
) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [await _button(bot, one, translate, website) for one in row] for row in rows
        ]
    )


async def _button(
    bot: Bot, button: NoticeButton, translate: Translator, website: str
) -> InlineKeyboardButton:
    if isinstance(button.text, str):
        label = translate.plain(button.text)
    else:
        label = _in_language(button.text, translate)
    url = f"{website}/{button.page}" if website and button.page else button.url
    if button.start is not None:
        # aiogram asks for its own name once
        url = f"https://t.me/{(await bot.me()).username}?start={button.start}"
    return InlineKeyboardButton(text=label, callback_data=button.data, url=url)
