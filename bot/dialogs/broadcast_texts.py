"""A broadcast's texts: one in each language, and perhaps another one for a share of its readers."""

from collections.abc import Mapping
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Back, Button, Row, SwitchTo

from bot.dialogs.states import Broadcast
from bot.markup import LONGEST_CAPTION, LONGEST_TEXT, without_markup
from bot.turn import turn_of
from bot.widgets import Label, Tr, choice
from bot.written import markup_of
from kernel.languages import LANGUAGES
from storage.outbox import HALF, Media
from storage.outbox import Message as BroadcastMessage
from texts.values import Markup, Value, shortened
from workflows.broadcast_buttons import read_buttons

_SAYING = (ContentType.TEXT, ContentType.PHOTO, ContentType.DOCUMENT)
_SHARES = (10, 20, 30, HALF)
# a preview is one message of at most 4096 characters
_LONGEST_SHOWN = 3500


def message_of(told: Mapping[str, Any]) -> BroadcastMessage:
    """What was written in these windows. The other text is one as soon as it is there in every
    language of the first."""
    text, other = _texts(told, ""), _texts(told, "other_")
    media = told.get("media")
    return BroadcastMessage(
        text, other if text.keys() <= other.keys() else None,
        None if media is None else Media(*media),
        read_buttons(str(told.get("buttons") or "")),
        other_percent=int(told.get("other_percent") or HALF),
    )  # fmt: skip


def _texts(told: Mapping[str, Any], which: str) -> dict[str, str]:
    return {one: str(told[which + one]) for one in LANGUAGES if told.get(which + one)}


def shown_texts(message: BroadcastMessage) -> dict[str, Value]:
    """The texts for a preview: as they are where they fit into it together, else how they begin."""
    texts = {
        "english": message.text.get("en"),
        "chinese": message.text.get("zh"),
        "other_english": (message.other_text or {}).get("en"),
        "other_chinese": (message.other_text or {}).get("zh"),
    }
    written = [one for one in texts.values() if one]
    room = _LONGEST_SHOWN // max(1, len(written))
    whole = sum(map(len, written)) <= _LONGEST_SHOWN
    return {
        name: Markup(one) if whole else shortened(without_markup(one), room)
        for name, one in ((name, one or "—") for name, one in texts.items())
    }


def shown_buttons(message: BroadcastMessage) -> str:
    """The buttons under it, a line each: their labels, and where they lead."""
    lines = [f"🔘 {_label(one.text)} → {one.url or one.start}" for one in message.buttons]
    return "\n".join(lines)


def _label(text: str | Mapping[str, str]) -> str:
    return text if isinstance(text, str) else " / ".join(dict.fromkeys(text.values()))


def _media(message: Message) -> list[str] | None:
    """A photo or document as its kind and Telegram's id of the file."""
    if message.photo:
        return ["photo", message.photo[-1].file_id]
    if message.document:
        return ["document", message.document.file_id]
    return None


def _take(message: Message, manager: DialogManager, name: str) -> None:
    told, media = manager.dialog_data, _media(message)
    longest = LONGEST_CAPTION if media or told.get("media") else LONGEST_TEXT
    told[name] = markup_of(message, longest=longest)
    if media:
        told["media"] = media


async def _english(message: Message, _: MessageInput, manager: DialogManager) -> None:
    _take(message, manager, "en")
    await manager.switch_to(Broadcast.chinese)


async def _chinese(message: Message, _: MessageInput, manager: DialogManager) -> None:
    _take(message, manager, "zh")
    await manager.switch_to(Broadcast.preview)


async def _no_english(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["en"] = None


async def _no_chinese(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["zh"] = None


async def begin_other(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Ask for the other text, in the languages of the first."""
    english = manager.dialog_data.get("en")
    await manager.switch_to(Broadcast.other_english if english else Broadcast.other_chinese)


async def drop_other(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Everybody gets the first text."""
    manager.dialog_data.update(dict.fromkeys(f"other_{one}" for one in LANGUAGES))


async def _other_english(message: Message, _: MessageInput, manager: DialogManager) -> None:
    _take(message, manager, "other_en")
    chinese = manager.dialog_data.get("zh")
    await manager.switch_to(Broadcast.other_chinese if chinese else Broadcast.share)


async def _other_chinese(message: Message, _: MessageInput, manager: DialogManager) -> None:
    _take(message, manager, "other_zh")
    await manager.switch_to(Broadcast.share)


async def _shares(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translate = turn_of(dialog_manager).translate
    return {
        "shares": [
            (str(each), translate.plain("broadcast-share-of", other=each, first=100 - each))
            for each in _SHARES
        ]
    }


async def _share(_: CallbackQuery, __: Any, manager: DialogManager, percent: str) -> None:
    manager.dialog_data["other_percent"] = int(percent)
    await manager.switch_to(Broadcast.preview)


def _to_preview() -> SwitchTo:
    return SwitchTo(Label("button-back"), id="preview", state=Broadcast.preview)


english = Window(
    Tr("broadcast-english"),
    MessageInput(_english, content_types=_SAYING),
    Row(
        Back(Label("button-back"), id="back"),
        SwitchTo(Label("button-skip"), id="skip", state=Broadcast.chinese, on_click=_no_english),
    ),
    state=Broadcast.english,
)

chinese = Window(
    Tr("broadcast-chinese"),
    MessageInput(_chinese, content_types=_SAYING),
    Row(
        Back(Label("button-back"), id="back"),
        SwitchTo(Label("button-skip"), id="skip", state=Broadcast.preview, on_click=_no_chinese),
    ),
    state=Broadcast.chinese,
)

other_english = Window(
    Tr("broadcast-other-english"),
    MessageInput(_other_english, content_types=[ContentType.TEXT]),
    _to_preview(),
    state=Broadcast.other_english,
)

other_chinese = Window(
    Tr("broadcast-other-chinese"),
    MessageInput(_other_chinese, content_types=[ContentType.TEXT]),
    _to_preview(),
    state=Broadcast.other_chinese,
)

share = Window(
    Tr("broadcast-share"),
    choice("share", "shares", _share),
    _to_preview(),
    state=Broadcast.share,
    getter=_shares,
)
