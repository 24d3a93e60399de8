"""The knowledge base in the admins' hands: list, change, add."""

from collections.abc import Mapping
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, Start, SwitchTo

from bot.dialogs.states import Faq, Unanswered
from bot.paging import first_page, page_buttons, paged
from bot.turn import turn_of
from bot.widgets import BackTo, Label, Tr, choice
from bot.written import words_of

_PAGE = 8
_LONGEST_QUESTION = 300
_LONGEST_ANSWER = 3000


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    sought = str(dialog_manager.dialog_data.get("sought") or "")
    entries = await turn.use_cases.edit_faq.entries(turn.translate.language, sought=sought)
    shown, pages = paged(entries, dialog_manager, size=_PAGE)
    dialog_manager.dialog_data["listed"] = [one.id for one in shown]
    return {
        "entries": [(str(place), one.question[:60]) for place, one in enumerate(shown)],
        **pages,
        "sought": bool(sought),
        "texts": {"count": len(entries), "is_sought": "yes" if sought else "no", "sought": sought},
    }


async def _seek(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data["sought"] = words_of(message, longest=_LONGEST_QUESTION)
    first_page(manager)
    await manager.switch_to(Faq.list)


async def _show_all(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["sought"] = ""
    first_page(manager)


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, place: str) -> None:
    # what was shown in this place, whatever another admin added meanwhile
    listed: list[str] = manager.dialog_data.get("listed") or []
    if int(place) < len(listed):
        manager.dialog_data["entry"] = listed[int(place)]
        await manager.switch_to(Faq.entry)


async def _entry(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    entry = await turn.use_cases.edit_faq.entry(str(dialog_manager.dialog_data["entry"]))
    return {"texts": {"question": entry.question, "answer": entry.answer}}


async def _add(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.update({"entry": None, "question": None})
    await manager.switch_to(Faq.question)


async def _question(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data["question"] = words_of(message, longest=_LONGEST_QUESTION)
    await manager.switch_to(Faq.answer)


async def _keep_question(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    entry = await turn.use_cases.edit_faq.entry(str(manager.dialog_data["entry"]))
    manager.dialog_data["question"] = entry.question
    await manager.switch_to(Faq.answer)


async def _answer(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn, told = turn_of(manager), manager.dialog_data
    text = words_of(message, longest=_LONGEST_ANSWER)
    entry_id = told.get("entry")
    saved = await turn.use_cases.edit_faq(
        question=str(told["question"]), answer=text, language=turn.translate.language,
        entry_id=None if entry_id is None else str(entry_id), by=turn.user.id,
        command=turn.command("faq"),
    )  # fmt: skip
    manager.dialog_data["entry"] = saved.id
    await manager.switch_to(Faq.entry)


async def _remove(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.edit_faq.remove(str(manager.dialog_data["entry"]), by=turn.user.id)
    await manager.switch_to(Faq.list)


def _before_question(told: Mapping[str, Any]) -> State:
    return Faq.entry if told.get("entry") else Faq.list


async def _editing(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"editing": bool(dialog_manager.dialog_data.get("entry"))}


faq = Dialog(
    Window(
        Tr("faq-list"),
        Column(choice("entry", "entries", _choose)),
        page_buttons(),
        SwitchTo(Label("faq-search"), id="search", state=Faq.search),
        Button(Label("faq-all"), id="all", on_click=_show_all, when="sought"),
        Button(Label("faq-add"), id="add", on_click=_add),
        Start(Label("faq-unanswered"), id="unanswered", state=Unanswered.list),
        Cancel(Label("button-back"), id="back"),
        state=Faq.list,
        getter=_list,
    ),
    Window(
        Tr("faq-search-words"),
        MessageInput(_seek, content_types=[ContentType.TEXT]),
        SwitchTo(Label("button-back"), id="back", state=Faq.list),
        state=Faq.search,
    ),
    Window(
        Tr("faq-entry"),
        Row(
            SwitchTo(Label("faq-edit"), id="edit", state=Faq.question),
            SwitchTo(Label("faq-remove"), id="remove", state=Faq.remove),
        ),
        SwitchTo(Label("button-back"), id="back", state=Faq.list),
        state=Faq.entry,
        getter=_entry,
    ),
    Window(
        Tr("faq-remove-ask"),
        Button(Label("faq-remove-confirm"), id="yes", on_click=_remove),
        SwitchTo(Label("button-back"), id="back", state=Faq.entry),
        state=Faq.remove,
        getter=_entry,
    ),
    Window(
        Tr("faq-question"),
        MessageInput(_question, content_types=[ContentType.TEXT]),
        Button(Label("faq-keep"), id="keep", on_click=_keep_question, when="editing"),
        BackTo(_before_question),
        state=Faq.question,
        getter=_editing,
    ),
    Window(
        Tr("faq-write-answer"),
        MessageInput(_answer, content_types=[ContentType.TEXT]),
        SwitchTo(Label("button-back"), id="back", state=Faq.question),
        state=Faq.answer,
        getter=_editing,
    ),
)  # fmt: skip
