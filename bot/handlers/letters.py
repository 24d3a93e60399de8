"""Buttons under what the team and a person wrote to each other."""

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.menu import open_above
from bot.dialogs.states import ToPerson, ToTeam
from bot.filters import Data, PlainData
from bot.turn import Turn

router = Router(name="letters")
router.callback_query.filter(PlainData())


@router.callback_query(Data("person:answer:"))
async def answer_person(callback: CallbackQuery, dialog_manager: DialogManager, turn: Turn) -> None:
    """An admin answers who wanted a human, may be in danger, or was unhappy."""
    if not turn.admin:
        await callback.answer(turn.translate.plain("unknown-command"), show_alert=True)
        return
    person = (callback.data or "").rpartition(":")[2]
    await open_above(dialog_manager, ToPerson.text, {"person": person})
    await callback.answer()


@router.callback_query(Data("team:answer"))
async def answer_team(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """A person answers what the team wrote to them."""
    await callback.answer()
    await open_above(dialog_manager, ToTeam.text)
