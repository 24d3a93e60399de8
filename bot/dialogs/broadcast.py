"""A broadcast: to whom, in both languages, with buttons, preview, when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Back, Button, Cancel, Row, Start, SwitchTo

from bot.dialogs.audiences import audience_choice, audiences
from bot.dialogs.broadcast_progress import latest, progress
from bot.dialogs.broadcast_repeats import intervals, often, repeat_one, repeats
from bot.dialogs.states import Broadcast, Sequences
from bot.markup import LONGEST_CAPTION, LONGEST_TEXT, is_sendable
from bot.turn import turn_of
from bot.widgets import Label, Tr
from kernel.errors import DomainError
from storage.outbox import Media, NoticeButton
from storage.outbox import Message as BroadcastMessage
from texts.values import Markup
from workflows.broadcast import Draft
from workflows.broadcast_buttons import read_buttons

_THEIR_TIME = "10:00"
_SAYING = (ContentType.TEXT, ContentType.PHOTO, ContentType.DOCUMENT)


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, audience: str) -> None:
    manager.dialog_data["audience"] = audience
    await manager.switch_to(Broadcast.english)


async def _english(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if await _take(message, manager, "en"):
        await manager.switch_to(Broadcast.chinese)


async def _chinese(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if await _take(message, manager, "zh"):
        await manager.switch_to(Broadcast.preview)


async def _take(message: Message, manager: DialogManager, language: str) -> bool:
    translate, told = turn_of(manager).translate, manager.dialog_data
    media = _media(message)
    text = message.html_text
    longest = LONGEST_CAPTION if media or told.get("media") else LONGEST_TEXT
    if len(text) > longest:
        await message.answer(translate("error-too-long", longest=longest))
        return False
    if not is_sendable(text):
        await message.answer(translate("broadcast-broken-markup"))
        return False
    told[language] = text
    if media:
        told["media"] = media
    return True


def _media(message: Message) -> list[str] | None:
    """A photo or document as its kind and Telegram's id of the file."""
    if message.photo:
        return ["photo", message.photo[-1].file_id]
    if message.document:
        return ["document", message.document.file_id]
    return None


async def _buttons(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    try:
        read_buttons(message.text or "")
    except DomainError as refusal:
        await message.answer(turn.translate(refusal.key, **refusal.values))
        return
    manager.dialog_data["buttons"] = message.text or ""
    await manager.switch_to(Broadcast.preview)


async def _preview(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, told = turn_of(dialog_manager), dialog_manager.dialog_data
    count = await turn.use_cases.send_broadcast.count(str(told["audience"]))
    return {
        "texts": {
            "english": Markup(str(told.get("en") or "—")),
            "chinese": Markup(str(told.get("zh") or "—")),
            "count": count,
        }
    }


def _written(manager: DialogManager) -> BroadcastMessage:
    told = manager.dialog_data
    media = told.get("media")
    buttons: list[NoticeButton] = read_buttons(str(told.get("buttons") or ""))
    return BroadcastMessage(
        text={one: str(told[one]) for one in ("en", "zh") if told.get(one)},
        media=Media(*media) if isinstance(media, list) else None,
        buttons=buttons,
    )


def _draft(manager: DialogManager) -> Draft:
    message = _written(manager)
    return Draft(
        str(manager.dialog_data["audience"]), message,
        campaign=next((one.start for one in message.buttons if one.start), None),
    )  # fmt: skip


async def _repeat(callback: CallbackQuery, __: Any, manager: DialogManager, days: str) -> None:
    turn = turn_of(manager)
    try:
        await turn.use_cases.repeat_broadcast(
            _draft(manager), every=timedelta(days=int(days)), author=str(turn.user.id),
            command=turn.command("repeat"),
        )  # fmt: skip
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key), show_alert=True)
        return
    await manager.switch_to(Broadcast.repeats)


async def _send_now(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    await _send(callback, manager)


async def _send_at_their_time(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    await _send(callback, manager, local_time=_THEIR_TIME)


async def _send(
    callback: CallbackQuery | Message, manager: DialogManager, *, at: datetime | None = None,
    local_time: str | None = None,
) -> None:  # fmt: skip
    turn = turn_of(manager)
    draft = replace(_draft(manager), at=at, local_time=local_time)
    try:
        sent = await turn.use_cases.send_broadcast(
            draft, author=str(turn.user.id), command=turn.command("broadcast")
        )
    except DomainError as refusal:
        if isinstance(callback, CallbackQuery):
            await callback.answer(turn.translate.plain(refusal.key), show_alert=True)
        else:
            await callback.answer(turn.translate(refusal.key))
        return
    manager.dialog_data["broadcast"] = sent.id
    await manager.switch_to(Broadcast.progress)


async def _at(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    try:
        local = datetime.strptime(message.text or "", "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local
    except ValueError:
        await message.answer(turn.translate("broadcast-when-wrong"))
        return
    zone = ZoneInfo(turn.member.time_zone or "UTC")
    await _send(message, manager, at=local.replace(tzinfo=zone).astimezone(UTC))


async def _test(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    try:
        await turn.use_cases.send_broadcast.test(
            _written(manager), to=turn.member.id, command=turn.command("test")
        )
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key), show_alert=True)
        return
    await callback.answer(turn.translate.plain("broadcast-test-sent"))


def _skip(state: Any) -> Row:
    return Row(
        Back(Label("button-back"), id="back"),
        SwitchTo(Label("button-skip"), id="skip", state=state),
    )


broadcast = Dialog(
    Window(
        Tr("broadcast-audience"),
        audience_choice(_choose),
        Row(
            SwitchTo(Label("broadcast-latest"), id="latest", state=Broadcast.latest),
            SwitchTo(Label("broadcast-repeats"), id="repeats", state=Broadcast.repeats),
            Start(Label("sequences-open"), id="sequences", state=Sequences.list),
        ),
        Cancel(Label("button-back"), id="back"),
        state=Broadcast.audience,
        getter=audiences,
    ),
    Window(
        Tr("broadcast-english"),
        MessageInput(_english, content_types=_SAYING),
        _skip(Broadcast.chinese),
        state=Broadcast.english,
    ),
    Window(
        Tr("broadcast-chinese"),
        MessageInput(_chinese, content_types=_SAYING),
        _skip(Broadcast.preview),
        state=Broadcast.chinese,
    ),
    Window(
        Tr("broadcast-preview"),
        Button(Label("broadcast-send"), id="send", on_click=_send_now),
        Row(
            Button(Label("broadcast-their-time"), id="local", on_click=_send_at_their_time),
            SwitchTo(Label("broadcast-at"), id="at", state=Broadcast.when),
        ),
        Row(
            Button(Label("broadcast-test"), id="test", on_click=_test),
            SwitchTo(Label("broadcast-buttons"), id="buttons", state=Broadcast.buttons),
            SwitchTo(Label("broadcast-repeat"), id="repeat", state=Broadcast.repeat),
        ),
        Row(
            SwitchTo(Label("button-back"), id="back", state=Broadcast.chinese),
            Cancel(Label("button-cancel"), id="cancel"),
        ),
        state=Broadcast.preview,
        getter=_preview,
    ),
    Window(
        Tr("broadcast-buttons-ask"),
        MessageInput(_buttons, content_types=[ContentType.TEXT]),
        SwitchTo(Label("button-back"), id="back", state=Broadcast.preview),
        state=Broadcast.buttons,
    ),
    Window(
        Tr("broadcast-when"),
        MessageInput(_at, content_types=[ContentType.TEXT]),
        SwitchTo(Label("button-back"), id="back", state=Broadcast.preview),
        state=Broadcast.when,
    ),
    Window(
        Tr("broadcast-repeat-ask"),
        often(_repeat),
        SwitchTo(Label("button-back"), id="back", state=Broadcast.preview),
        state=Broadcast.repeat,
        getter=intervals,
    ),
    latest,
    progress,
    repeats,
    repeat_one,
)  # fmt: skip
