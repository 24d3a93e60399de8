"""Broadcasts that go out again and again: how often, which there are, stop."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.dialogs.states import Broadcast
from bot.dialogs.stopping import stop_window
from bot.shown import headline
from bot.turn import turn_of
from bot.widgets import Label, Tr, choice
from texts.translator import Translator

INTERVALS = (7, 28, 91)
_TITLE = 30


async def intervals(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Getter: how often something can be repeated."""
    translate = turn_of(dialog_manager).translate
    return {"intervals": [(str(days), interval_name(translate, days)) for days in INTERVALS]}


def interval_name(translate: Translator, days: int) -> str:
    """Every week, every four weeks, every quarter."""
    return translate.plain("every-days", days=days)


def often(on_click: Any) -> Row:
    """A button an interval."""
    return Row(choice("often", "intervals", on_click))


async def _going(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.repeat_broadcast.going()
    lines = [
        (
            one.id,
            f"{interval_name(turn.translate, one.every_days or 0)} · {headline(turn.translate, one.message.text, _TITLE)}",
        )
        for one in found
    ]
    return {"found": lines, "texts": {"count": len(lines)}}


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, repeat_id: str) -> None:
    manager.dialog_data["repeat"] = repeat_id
    await manager.switch_to(Broadcast.repeat_one)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    wanted = dialog_manager.dialog_data["repeat"]
    found = [one for one in await turn.use_cases.repeat_broadcast.going() if one.id == wanted]
    if not found or found[0].next_at is None:
        return {"going": False, "texts": {"going": "no", "title": "", "rounds": 0, "next": ""}}
    (one,) = found
    texts = {
        "going": "yes",
        "title": headline(turn.translate, one.message.text, _TITLE),
        "rounds": one.rounds,
        "next": turn.translate.instant(found[0].next_at),
    }
    return {"going": True, "texts": texts}


async def _stop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await turn_of(manager).use_cases.repeat_broadcast.stop(str(manager.dialog_data["repeat"]))
    await manager.switch_to(Broadcast.repeat_one)


repeats = Window(
    Tr("broadcast-repeats-head"),
    Column(choice("one", "found", _open)),
    SwitchTo(Label("button-back"), id="back", state=Broadcast.audience),
    state=Broadcast.repeats,
    getter=_going,
)

repeat_one = Window(
    Tr("broadcast-repeat-one"),
    SwitchTo(Label("broadcast-repeat-stop"), id="stop", state=Broadcast.repeat_stop, when="going"),
    SwitchTo(Label("button-back"), id="back", state=Broadcast.repeats),
    state=Broadcast.repeat_one,
    getter=_one,
)

repeat_stop = stop_window(
    "broadcast-repeat-stop-ask", state=Broadcast.repeat_stop, back=Broadcast.repeat_one,
    on_stop=_stop, getter=_one,
)  # fmt: skip
