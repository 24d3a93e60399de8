"""An expert changes when they can be booked: in words, then a look at the week, then yes."""

from datetime import date
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, Start, SwitchTo

from bot.dialogs.states import Calendars, Hours
from bot.replies import LONGEST_TEXT
from bot.shown_hours import hours_text
from bot.turn import turn_of
from bot.widgets import Label, Shown, Tr, menu_button
from kernel.errors import DomainError


async def _week(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    page = await turn.use_cases.edit_hours.page(await turn.expert())
    return {"text": hours_text(turn.translate, turn.use_cases.places, page) + "\n"}


async def _said(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    manager.show_mode = ShowMode.DELETE_AND_SEND
    expert = await turn.expert()
    text = (message.text or "")[:LONGEST_TEXT]
    today = (await turn.use_cases.edit_hours.page(expert)).today
    try:
        await turn.use_cases.edit_hours.preview(expert, text, today=today)
    except DomainError as refusal:
        await message.answer(turn.translate(refusal.key, **refusal.values))
        return
    manager.dialog_data.update({"said": text, "today": today.isoformat(), "once": False})
    await manager.switch_to(Hours.check)


async def _check(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, data = turn_of(dialog_manager), dialog_manager.dialog_data
    page = await turn.use_cases.edit_hours.preview(
        await turn.expert(), data["said"], today=date.fromisoformat(data["today"]),
        once=data["once"],
    )  # fmt: skip
    return {
        "text": "\n" + hours_text(turn.translate, turn.use_cases.places, page),
        "ambiguous": page.ambiguous,
        "texts": {"said": data["said"]},
    }


async def _only_once(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["once"] = True


async def _save(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn, data = turn_of(manager), manager.dialog_data
    await turn.use_cases.edit_hours(
        await turn.expert(), data["said"], today=date.fromisoformat(data["today"]),
        once=data["once"], command=turn.command("hours"),
    )  # fmt: skip
    await callback.answer(turn.translate.plain("hours-saved"))
    await manager.switch_to(Hours.week)


hours = Dialog(
    Window(
        Tr("hours-yours"),
        Shown("text"),
        Tr("hours-how"),
        MessageInput(_said, content_types=[ContentType.TEXT]),
        Start(Label("button-calendars"), id="calendars", state=Calendars.imported),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Hours.week,
        getter=_week,
    ),
    Window(
        Tr("hours-check"),
        Shown("text"),
        MessageInput(_said, content_types=[ContentType.TEXT]),
        Button(Label("hours-save"), id="save", on_click=_save),
        Button(Label("hours-only-once"), id="once", on_click=_only_once, when="ambiguous"),
        Row(SwitchTo(Label("hours-discard"), id="discard", state=Hours.week), menu_button()),
        state=Hours.check,
        getter=_check,
    ),
)
