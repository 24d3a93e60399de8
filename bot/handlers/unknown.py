"""Buttons that nobody else takes: of an earlier version, or forged."""

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.menu import open_menu
from bot.turn import Turn

router = Router(name="unknown")


@router.callback_query()
async def unknown_button(
    callback: CallbackQuery, dialog_manager: DialogManager, turn: Turn
) -> None:
    """It is said that the button is old, and the menu opens."""
    await callback.answer(turn.translate.plain("old-button"))
    await open_menu(dialog_manager)
