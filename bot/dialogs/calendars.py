"""A person's own calendar to subscribe to, and the calendars that an expert imports."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo

from bot.dialogs.states import Calendars
from bot.turn import turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from kernel.errors import DomainError


async def _mine(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    address = await turn.use_cases.feeds.address(turn.member.id)
    return {"texts": {"address": address}, "expert": expert is not None}


async def _another(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.feeds.address(turn.member.id, anew=True)
    await callback.answer(turn.translate.plain("calendars-renewed"), show_alert=True)


async def _imported(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.import_calendars.all_of((await turn.expert()).id)
    lines = [
        turn.translate(
            "calendars-line",
            host=one.host,
            when=one.fetched_at,
            state="failing" if one.failures else "fresh",
        )
        for one in found
    ]
    return {
        "text": "\n".join(lines),
        "any": bool(found),
        "calendars": [
            (one.id, turn.translate.plain("calendars-remove", host=one.host)) for one in found
        ],
    }


async def _connect(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    manager.show_mode = ShowMode.DELETE_AND_SEND
    try:
        await turn.use_cases.import_calendars.connect(
            await turn.expert(), message.text or "", command=turn.command("connect")
        )
    except DomainError as refusal:
        await message.answer(turn.translate(refusal.key, **refusal.values))


async def _disconnect(_: CallbackQuery, __: Any, manager: DialogManager, calendar: str) -> None:
    turn = turn_of(manager)
    await turn.use_cases.import_calendars.disconnect(
        (await turn.expert()).id, calendar, command=turn.command("disconnect")
    )


calendars = Dialog(
    Window(
        Tr("calendars-mine"),
        Button(Label("calendars-renew"), id="renew", on_click=_another),
        SwitchTo(Label("button-calendars"), id="imported", state=Calendars.imported, when="expert"),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Calendars.mine,
        getter=_mine,
    ),
    Window(
        Tr("calendars-imported"),
        Shown("text", when="any"),
        MessageInput(_connect, content_types=[ContentType.TEXT]),
        Column(choice("remove", "calendars", _disconnect)),
        Row(SwitchTo(Label("button-back"), id="back", state=Calendars.mine), menu_button()),
        state=Calendars.imported,
        getter=_imported,
    ),
)  # fmt: skip
