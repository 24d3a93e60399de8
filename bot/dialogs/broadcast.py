"""A broadcast: to whom, in both languages, with buttons, preview, when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, Start, SwitchTo

from bot.dialogs.audiences import audience_choice, audiences
from bot.dialogs.broadcast_progress import latest, progress, stop
from bot.dialogs.broadcast_repeats import intervals, often, repeat_one, repeat_stop, repeats
from bot.dialogs.broadcast_texts import (
    begin_other,
    chinese,
    drop_other,
    english,
    message_of,
    other_chinese,
    other_english,
    share,
    shown_buttons,
    shown_texts,
)
from bot.dialogs.states import Broadcast, Sequences
from bot.turn import turn_of
from bot.widgets import Label, Tr
from kernel.errors import DomainError
from kernel.typed import half_width
from workflows.broadcast import Draft
from workflows.broadcast_buttons import read_buttons

_THEIR_TIME = "10:00"


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, audience: str) -> None:
    manager.dialog_data["audience"] = audience
    await manager.switch_to(Broadcast.english)


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
    turn, message = turn_of(dialog_manager), message_of(dialog_manager.dialog_data)
    audience = str(dialog_manager.dialog_data["audience"])
    return {
        "two": message.other_text is not None,
        "one": message.other_text is None,
        "texts": {
            **shown_texts(message),
            "buttons": shown_buttons(message),
            "two": "yes" if message.other_text else "no",
            "percent": message.other_percent,
            "count": await turn.use_cases.send_broadcast.count(audience),
        },
    }


def _draft(manager: DialogManager) -> Draft:
    message = message_of(manager.dialog_data)
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
        local = datetime.strptime(half_width(message.text or ""), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local
    except ValueError:
        await message.answer(turn.translate("broadcast-when-wrong"))
        return
    zone = ZoneInfo(turn.member.time_zone or "UTC")
    await _send(message, manager, at=local.replace(tzinfo=zone).astimezone(UTC))


async def _test(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    try:
        await turn.use_cases.send_broadcast.test(
            message_of(manager.dialog_data), to=turn.member.id, command=turn.command("test")
        )
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key), show_alert=True)
        return
    await callback.answer(turn.translate.plain("broadcast-test-sent"))


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
    english,
    chinese,
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
        Button(Label("broadcast-other"), id="other", on_click=begin_other, when="one"),
        Button(Label("broadcast-one-text"), id="one_text", on_click=drop_other, when="two"),
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
    other_english,
    other_chinese,
    share,
    latest,
    progress,
    stop,
    repeats,
    repeat_one,
    repeat_stop,
)  # fmt: skip
