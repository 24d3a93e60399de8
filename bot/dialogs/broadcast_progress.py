"""How far a broadcast is; pause, resume, stop."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.dialogs.states import Broadcast
from bot.dialogs.stopping import stop_window
from bot.shown import headline
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Tr, choice
from kernel.errors import DomainError
from workflows.watch_broadcasts import progress_values

_LISTED = 8
_TITLE = 40


async def _latest(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.send_broadcast.latest(limit=_LISTED)
    return {
        "found": [
            (
                one.id,
                f"{turn.translate.instant(one.at)} · {headline(turn.translate, one.message.text, _TITLE)}",
            )
            for one in found
        ],
        "texts": {"count": len(found)},
    }


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, broadcast_id: str) -> None:
    manager.dialog_data["broadcast"] = broadcast_id
    await manager.switch_to(Broadcast.progress)


def _chosen(manager: DialogManager) -> str:
    return str(dialog_value(manager, "broadcast"))


async def _progress(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.send_broadcast.progress(_chosen(dialog_manager))
    title = headline(turn.translate, found.broadcast.message.text, _TITLE)
    return {
        "texts": {**progress_values(found), "title": title},
        "pausable": found.state in {"sending", "scheduled"},
        "paused": found.state == "paused",
        "open": found.state in {"sending", "scheduled", "paused"},
    }


async def _refresh(_: CallbackQuery, __: Button, ___: DialogManager) -> None:
    """Showing the window again is all there is to it."""


async def _steer(callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    send = turn.use_cases.send_broadcast
    steer = {"pause": send.pause, "resume": send.resume, "stop": send.cancel}
    try:
        await steer[str(button.widget_id)](_chosen(manager))
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key), show_alert=True)
    await manager.switch_to(Broadcast.progress)


latest = Window(
    Tr("broadcast-latest-head"),
    Column(choice("one", "found", _open)),
    SwitchTo(Label("button-back"), id="back", state=Broadcast.audience),
    state=Broadcast.latest,
    getter=_latest,
)

progress = Window(
    Tr("broadcast-progress"),
    Row(
        Button(Label("button-refresh"), id="refresh", on_click=_refresh),
        Button(Label("broadcast-pause"), id="pause", on_click=_steer, when="pausable"),
        Button(Label("broadcast-resume"), id="resume", on_click=_steer, when="paused"),
        SwitchTo(Label("broadcast-stop"), id="stop", state=Broadcast.stop, when="open"),
    ),
    SwitchTo(Label("button-back"), id="back", state=Broadcast.latest),
    state=Broadcast.progress,
    getter=_progress,
)

stop = stop_window(
    "broadcast-stop-ask", state=Broadcast.stop, back=Broadcast.progress, on_stop=_steer,
    getter=_progress,
)  # fmt: skip
