"""Buttons under notices about items of the library."""

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.menu import open_above
from bot.dialogs.states import Library, ReviewItem, WriteItem
from bot.filters import Data, PlainData
from bot.replies import settled
from bot.turn import Turn, turn_of
from catalogue.errors import UnknownItem

router = Router(name="item_notices")
router.callback_query.filter(PlainData())


@router.callback_query(Data("item:open:"))
async def open_item(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """An item's page."""
    turn, item_id = turn_of(dialog_manager), _id(callback)
    await turn.use_cases.library.page(turn.member.id, item_id)
    await callback.answer()
    await open_above(dialog_manager, Library.item, {"item": item_id})


@router.callback_query(Data("item:write:"))
async def write(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """An author's own item."""
    await callback.answer()
    await open_above(dialog_manager, WriteItem.one, {"item": _id(callback)})


@router.callback_query(Data("item:review:"))
async def review(callback: CallbackQuery, dialog_manager: DialogManager, turn: Turn) -> None:
    """An item that waits for an admin."""
    if not turn.admin:
        raise UnknownItem
    await callback.answer()
    await open_above(dialog_manager, ReviewItem.one, {"item": _id(callback)})


@router.callback_query(Data("item:agree:"))
async def agree(callback: CallbackQuery, turn: Turn) -> None:
    """Who asked lets their question be made public."""
    item_id, _, mark = (callback.data or "").removeprefix("item:agree:").partition(":")
    await turn.use_cases.publish_answers.agree(
        turn.member.id, item_id, mark, command=turn.command("agree")
    )
    await settled(callback, turn, "item-agreed")


@router.callback_query(Data("item:refuse:"))
async def refuse(callback: CallbackQuery, turn: Turn) -> None:
    """They do not."""
    await turn.use_cases.publish_answers.refuse(
        turn.member.id, _id(callback), command=turn.command("refuse")
    )
    await settled(callback, turn, "item-refused")


def _id(callback: CallbackQuery) -> str:
    return (callback.data or "").rpartition(":")[2]
