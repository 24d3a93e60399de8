"""The time zone, by city or by what the clock shows."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Back, Cancel, Column, Group

from bot.dialogs.states import Zone
from bot.middlewares.turn import now_known_as
from bot.replies import reply_to
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Tr, choice
from texts.translator import Translator

_COMMON = ("Asia/Shanghai", "Europe/London", "Europe/Berlin", "America/New_York",
           "America/Los_Angeles", "Asia/Singapore")  # fmt: skip


async def _common(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"zones": _labelled(dialog_manager, _COMMON), "texts": _current(dialog_manager)}


async def _found(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    zones = dialog_value(dialog_manager, "zones") or []
    return {"zones": _labelled(dialog_manager, zones), "texts": _current(dialog_manager)}


def _labelled(manager: DialogManager, zones: Any) -> list[tuple[str, str]]:
    turn = turn_of(manager)
    language = turn.translate.language
    return [
        (zone, f"{turn.use_cases.places.zone_name(zone, language)} "
               f"{Translator(language, zone).time(turn.now)}")
        for zone in zones
    ]  # fmt: skip


def _current(manager: DialogManager) -> dict[str, Any]:
    turn = turn_of(manager)
    zone = turn.member.time_zone or "UTC"
    return {
        "zone": turn.use_cases.places.zone_name(zone, turn.translate.language),
        "now": turn.translate.time(turn.now),
    }


async def _tell(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    zones = turn.use_cases.places.zones_for(message.text or "", now=turn.now)
    if len(zones) == 1:
        await _set(manager, zones[0])
    elif zones:
        manager.dialog_data["zones"] = list(zones)
        await manager.switch_to(Zone.choose)
    else:
        manager.show_mode = ShowMode.DELETE_AND_SEND
        if not await reply_to(message, manager):
            await message.answer(turn.translate("error-place-unknown"))


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, zone: str) -> None:
    await _set(manager, zone)


async def _set(manager: DialogManager, zone: str) -> None:
    turn = turn_of(manager)
    person = await turn.use_cases.change_preferences.time_zone(turn.member.id, zone)
    now_known_as(manager.middleware_data, person)
    await manager.done({"zone": zone})


zone = Dialog(
    Window(
        Tr("zone-ask"),
        MessageInput(_tell, content_types=[ContentType.TEXT]),
        Group(
            choice("zone", "zones", _choose),
            width=2,
        ),
        Cancel(Label("button-skip"), id="skip"),
        state=Zone.ask,
        getter=_common,
    ),
    Window(
        Tr("zone-choose"),
        Column(choice("zone", "zones", _choose)),
        Back(Label("button-back"), id="back"),
        state=Zone.choose,
        getter=_found,
    ),
)
