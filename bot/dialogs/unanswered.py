"""What could not be answered: the admin writes one answer for every wording of a question."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, SwitchTo

from bot.dialogs.states import Unanswered
from bot.paging import first_page, page_buttons, paged
from bot.turn import turn_of
from bot.widgets import Label, Tr, choice
from bot.written import words_of
from knowledge.errors import AlreadySettled
from knowledge.unanswered import UnansweredGroup

_SHOWN = 8
_WORDINGS = 6
_LONGEST_LABEL = 60
_LONGEST_ANSWER = 3000


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    groups = await turn_of(dialog_manager).use_cases.read_unanswered()
    shown, pages = paged(groups, dialog_manager, size=_SHOWN)
    dialog_manager.dialog_data["listed"] = [[each.id for each in one.wordings] for one in shown]
    return {
        "groups": [
            (str(place), f"{one.count}× {one.wordings[0].text}"[:_LONGEST_LABEL])
            for place, one in enumerate(shown)
        ],
        **pages,
        "texts": {"count": len(groups)},
    }


async def _to_list(manager: DialogManager) -> None:
    first_page(manager)
    await manager.switch_to(Unanswered.list)


async def _chosen(manager: DialogManager) -> UnansweredGroup:
    """The group as it is now. Raises AlreadySettled."""
    ids = manager.dialog_data.get("chosen") or []
    group = await turn_of(manager).use_cases.read_unanswered.group(ids)
    if group is None:
        raise AlreadySettled
    return group


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, place: str) -> None:
    listed = manager.dialog_data.get("listed") or []
    manager.dialog_data["chosen"] = listed[int(place)] if int(place) < len(listed) else []
    await _chosen(manager)
    await manager.switch_to(Unanswered.one)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    group = await _chosen(dialog_manager)
    lines = "\n".join(f"• {one.text}" for one in group.wordings[:_WORDINGS])
    return {"texts": {"count": group.count, "wordings": lines}}


async def _answer(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    text = words_of(message, longest=_LONGEST_ANSWER)
    try:
        await turn.use_cases.settle_unanswered.answer(
            await _chosen(manager), text, by=turn.user.id, command=turn.command("unanswered")
        )
        await message.answer(turn.translate("unanswered-saved"))
    except AlreadySettled as refusal:
        await message.answer(turn.translate(refusal.key))
    await _to_list(manager)


async def _dismiss(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    group = await _chosen(manager)
    ids = [one.id for one in group.wordings]
    await turn_of(manager).use_cases.settle_unanswered.dismiss(ids)
    await _to_list(manager)


unanswered = Dialog(
    Window(
        Tr("unanswered-list"),
        Column(choice("group", "groups", _choose)),
        page_buttons(),
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
