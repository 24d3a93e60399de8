"""The admins' content audit: what waits, reading all of it, approving or giving it back."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo

from bot.dialogs.states import ReviewItem, WriteItem
from bot.shown_items import item_label, item_text
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from bot.written import words_of
from catalogue.model import ItemState
from workflows.library import ItemPage

_LONGEST_REASON = 500


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.review_items.waiting()
    return {
        "texts": {"count": len(found)},
        "items": [(one.id, item_label(turn.translate, one)) for one in found],
    }


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    manager.dialog_data["item"] = item_id
    await manager.switch_to(ReviewItem.one)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.review_items.one(_id(dialog_manager))
    author = None if found.expert is None else found.expert.name
    state = turn.translate.plain(f"item-state-{found.item.state}")
    # what is approved is what the window shows
    dialog_manager.dialog_data["version"] = found.item.version
    return {
        "text": await item_text(turn, ItemPage(found.item, author, None)),
        "texts": {"state": state},
        "waits": found.item.state is ItemState.REVIEW,
        "listed": found.item.state is ItemState.LISTED,
    }


async def _own(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.start(WriteItem.list, data={"operator": True})


async def _show_all(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.review_items.show_all(
        turn.member, _id(manager), command=turn.command("show")
    )
    await callback.answer(turn.translate.plain("item-on-its-way"))


async def _approve(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.review_items.approve(
        turn.user.id, _id(manager), version=int(manager.dialog_data["version"]),
        command=turn.command("approve"),
    )  # fmt: skip


async def _withdraw(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.review_items.withdraw(
        turn.user.id, _id(manager), words_of(message, longest=_LONGEST_REASON),
        command=turn.command("withdraw"),
    )  # fmt: skip
    await manager.switch_to(ReviewItem.one)


async def _reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.review_items.give_back(
        turn.user.id, _id(manager), words_of(message, longest=_LONGEST_REASON),
        command=turn.command("give-back"),
    )  # fmt: skip
    await manager.switch_to(ReviewItem.list)


def _id(manager: DialogManager) -> str:
    return str(dialog_value(manager, "item"))


review_items = Dialog(
    Window(
        Tr("review-items"),
        Column(choice("item", "items", _choose)),
        Button(Label("review-own"), id="own", on_click=_own),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=ReviewItem.list,
        getter=_list,
    ),
    Window(
        Shown("text"),
        Tr("review-state"),
        Button(Label("review-show-all"), id="all", on_click=_show_all),
        Row(
            Button(Label("review-approve"), id="approve", on_click=_approve),
            SwitchTo(Label("review-give-back"), id="give_back", state=ReviewItem.reason),
            when="waits",
        ),
        SwitchTo(Label("review-withdraw"), id="off", state=ReviewItem.withdraw, when="listed"),
        Row(SwitchTo(Label("button-back"), id="back", state=ReviewItem.list), menu_button()),
        state=ReviewItem.one,
        getter=_one,
    ),
    Window(
        Tr("review-reason"),
        MessageInput(_reason, content_types=[ContentType.TEXT]),
        Row(SwitchTo(Label("button-back"), id="back", state=ReviewItem.one), menu_button()),
        state=ReviewItem.reason,
    ),
    Window(
        Tr("review-withdraw-ask"),
        MessageInput(_withdraw, content_types=[ContentType.TEXT]),
        Row(SwitchTo(Label("button-back"), id="back", state=ReviewItem.one), menu_button()),
        state=ReviewItem.withdraw,
    ),
)  # fmt: skip
