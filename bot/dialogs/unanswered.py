"""What could not be answered: the admin writes one answer for every wording of a question."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo

from bot.dialogs.states import Unanswered
from bot.turn import turn_of
from bot.widgets import Label, Tr, choice
from bot.written import words_of
from knowledge.unanswered import UnansweredGroup

_SHOWN = 8
_WORDINGS = 6
_LONGEST_LABEL = 60
_LONGEST_ANSWER = 3000


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    groups = await turn_of(dialog_manager).use_cases.read_unanswered()
    page = _page(dialog_manager)
    shown = groups[page * _SHOWN : (page + 1) * _SHOWN]
    dialog_manager.dialog_data["listed"] = [[each.id for each in one.wordings] for one in shown]
    return {
        "groups": [
            (str(place), f"{one.count}× {one.wordings[0].text}"[:_LONGEST_LABEL])
            for place, one in enumerate(shown)
        ],
        "has_earlier": page > 0,
        "has_later": len(groups) > (page + 1) * _SHOWN,
        "texts": {"count": len(groups)},
    }


def _page(manager: DialogManager) -> int:
    return int(manager.dialog_data.get("page") or 0)


async def _later(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["page"] = _page(manager) + 1


async def _earlier(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["page"] = max(0, _page(manager) - 1)


async def _to_list(manager: DialogManager) -> None:
    manager.dialog_data["page"] = 0
    await manager.switch_to(Unanswered.list)


async def _chosen(manager: DialogManager) -> UnansweredGroup | None:
    """The group as it is now; None when it was settled meanwhile."""
    ids = manager.dialog_data.get("chosen") or []
    return await turn_of(manager).use_cases.read_unanswered.group(ids)


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, place: str) -> None:
    listed = manager.dialog_data.get("listed") or []
    manager.dialog_data["chosen"] = listed[int(place)] if int(place) < len(listed) else []
    await manager.switch_to(Unanswered.one if await _chosen(manager) else Unanswered.list)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    group = await _chosen(dialog_manager)
    wordings = group.wordings if group else ()
    lines = "\n".join(f"• {one.text}" for one in wordings[:_WORDINGS])
    return {"texts": {"count": group.count if group else 0, "wordings": lines}}


async def _answer(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    text = words_of(message, longest=_LONGEST_ANSWER)
    group = await _chosen(manager)
    if group is not None:
        await turn.use_cases.settle_unanswered.answer(
            group, text, by=turn.user.id, command=turn.command("unanswered")
        )
        await message.answer(turn.translate("unanswered-saved"))
    await _to_list(manager)


async def _dismiss(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    group = await _chosen(manager)
    if group is not None:
        ids = [one.id for one in group.wordings]
        await turn_of(manager).use_cases.settle_unanswered.dismiss(ids)
    await _to_list(manager)


unanswered = Dialog(
    Window(
        Tr("unanswered-list"),
        Column(choice("group", "groups", _choose)),
        Row(
            Button(Label("book-earlier"), id="earlier", on_click=_earlier, when="has_earlier"),
            Button(Label("book-later"), id="later", on_click=_later, when="has_later"),
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
