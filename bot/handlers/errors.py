"""What becomes of errors: refusals are told, lost buttons reopen the menu, the rest is a bug."""

import contextlib
import logging

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.api.exceptions import OutdatedIntent, UnknownIntent, UnknownState

from bot.dialogs.menu import open_menu
from bot.handlers import consent, split_texts
from bot.replies import show_window_again
from bot.turn import Turn
from bot.written import TooLong
from kernel.errors import DomainError

_log = logging.getLogger(__name__)

router = Router(name="errors")


@router.error(ExceptionTypeFilter(DomainError))
async def refused(event: ErrorEvent, turn: Turn, dialog_manager: DialogManager) -> None:
    """One sentence in the person's language, and the window as it is now."""
    refusal = event.exception
    if not isinstance(refusal, DomainError):
        return
    callback = event.update.callback_query
    if callback is not None:
        text = turn.translate.plain(refusal.key, **refusal.values)
        shown = await callback.answer(text[:200], show_alert=True)
        if not shown and isinstance(callback.message, Message):
            await callback.message.answer(turn.translate(refusal.key, **refusal.values))
    elif event.update.message is not None:
        message = event.update.message
        answer = await message.answer(turn.translate(refusal.key, **refusal.values))
        if isinstance(refusal, TooLong):
            split_texts.refused(message, answer)
    await show_window_again(dialog_manager)


@router.error(ExceptionTypeFilter(OutdatedIntent, UnknownIntent, UnknownState))
async def lost_button(event: ErrorEvent, turn: Turn, dialog_manager: DialogManager) -> None:
    """A button of an old or lost dialog opens the menu instead of failing; the second of two
    quick taps, on a window that the first one changed, leaves the new window alone."""
    _log.info("a button of a lost dialog: %s", event.exception)
    callback = event.update.callback_query
    if callback is not None and turn.person is None:
        await consent.old_button(callback, turn)
        return
    if callback is not None and _is_open_window(callback, dialog_manager):
        await callback.answer(turn.translate.plain("button-gone"))
        return
    if callback is not None:
        await callback.answer(turn.translate.plain("old-button"))
        await _without_buttons(callback)
    await open_menu(dialog_manager)


def _is_open_window(callback: CallbackQuery, manager: DialogManager) -> bool:
    if callback.message is None or not manager.has_context():
        return False
    return callback.message.message_id == manager.current_stack().last_message_id


async def _without_buttons(callback: CallbackQuery) -> None:
    if isinstance(callback.message, Message):
        # the old message may be deleted, or too old to be edited
        with contextlib.suppress(TelegramAPIError):
            await callback.message.edit_reply_markup(reply_markup=None)
