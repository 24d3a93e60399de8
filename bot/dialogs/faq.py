"""The knowledge base in the admins' hands: list, change, add."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, Start, SwitchTo

from bot.dialogs.states import Faq, Unanswered
from bot.turn import turn_of
from bot.widgets import Label, Tr, choice
from bot.written import words_of

_PAGE = 8
_LONGEST_QUESTION = 300
_LONGEST_ANSWER = 3000


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    page = int(dialog_manager.dialog_data.get("page") or 0)
    entries = await turn.use_cases.edit_faq.entries(
        turn.translate.language, offset=page * _PAGE, limit=_PAGE + 1
    )
    return {
        "entries": [(str(place), one.question[:60]) for place, one in enumerate(entries[:_PAGE])],
        "has_earlier": page > 0,
        "has_later": len(entries) > _PAGE,
    }


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, place: str) -> None:
    turn = turn_of(manager)
    page = int(manager.dialog_data.get("page") or 0)
    entries = await turn.use_cases.edit_faq.entries(
        turn.translate.language, offset=page * _PAGE + int(place), limit=1
    )
    if entries:
        manager.dialog_data["entry"] = entries[0].id
        await manager.switch_to(Faq.entry)


async def _later(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["page"] = int(manager.dialog_data.get("page") or 0) + 1


async def _earlier(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["page"] = max(0, int(manager.dialog_data.get("page") or 0) - 1)


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


async def _editing(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"editing": bool(dialog_manager.dialog_data.get("entry"))}


faq = Dialog(
    Window(
        Tr("faq-list"),
        Column(choice("entry", "entries", _choose)),
        Row(
            Button(Label("book-earlier"), id="earlier", on_click=_earlier, when="has_earlier"),
            Button(Label("book-later"), id="later", on_click=_later, when="has_later"),
        ),
        Button(Label("faq-add"), id="add", on_click=_add),
        Start(Label("faq-unanswered"), id="unanswered", state=Unanswered.list),
        Cancel(Label("button-back"), id="back"),
        state=Faq.list,
        getter=_list,
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
        SwitchTo(Label("button-back"), id="back", state=Faq.list),
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
