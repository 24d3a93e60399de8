"""What could not be answered: the admin writes one answer for every wording of a question."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Select, SwitchTo

from bot.dialogs.states import Unanswered
from bot.turn import turn_of
from bot.widgets import ItemLabel, Label, Tr, item_id
from knowledge.unanswered import UnansweredGroup

_SHOWN = 8
_WORDINGS = 6
_LONGEST_LABEL = 60
_LONGEST_ANSWER = 3000


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    groups = await turn_of(dialog_manager).use_cases.read_unanswered()
    return {
        "groups": [
            (one.wordings[0].id, f"{one.count}× {one.wordings[0].text}"[:_LONGEST_LABEL])
            for one in groups[:_SHOWN]
        ],
        "texts": {"count": len(groups)},
    }


async def _chosen(manager: DialogManager) -> UnansweredGroup | None:
    """The group as it is now; None when it was settled meanwhile."""
    first = manager.dialog_data.get("first")
    groups = await turn_of(manager).use_cases.read_unanswered()
    return next((one for one in groups if any(each.id == first for each in one.wordings)), None)


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, first: str) -> None:
    manager.dialog_data["first"] = first
    await manager.switch_to(Unanswered.one if await _chosen(manager) else Unanswered.list)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    group = await _chosen(dialog_manager)
    wordings = group.wordings if group else ()
    lines = "\n".join(f"• {one.text}" for one in wordings[:_WORDINGS])
    return {"texts": {"count": group.count if group else 0, "wordings": lines}}


async def _answer(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    text = (message.text or "").strip()
    if len(text) > _LONGEST_ANSWER:
        await message.answer(turn.translate("error-too-long", longest=_LONGEST_ANSWER))
        return
    group = await _chosen(manager)
    if group is not None:
        await turn.use_cases.settle_unanswered.answer(
            group, text, by=turn.user.id, command=turn.command("unanswered")
        )
        await message.answer(turn.translate("unanswered-saved"))
    await manager.switch_to(Unanswered.list)


async def _dismiss(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    group = await _chosen(manager)
    if group is not None:
        ids = [one.id for one in group.wordings]
        await turn_of(manager).use_cases.settle_unanswered.dismiss(ids)
    await manager.switch_to(Unanswered.list)


unanswered = Dialog(
    Window(
        Tr("unanswered-list"),
        Column(
            Select(
                ItemLabel(), id="group", item_id_getter=item_id, items="groups", on_click=_choose
            )
        ),
        Cancel(Label("button-back"), id="back"),
        state=Unanswered.list,
        getter=_list,
    ),
    Window(
        Tr("unanswered-one"),
        SwitchTo(Label("unanswered-write"), id="write", state=Unanswered.answer),
        Button(Label("unanswered-dismiss"), id="dismiss", on_click=_dismiss),
        SwitchTo(Label("button-back"), id="back", state=Unanswered.list),
        state=Unanswered.one,
        getter=_one,
    ),
    Window(
        Tr("unanswered-answer"),
        MessageInput(_answer, content_types=[ContentType.TEXT]),
        SwitchTo(Label("button-back"), id="back", state=Unanswered.one),
        state=Unanswered.answer,
        getter=_one,
    ),
)
