"""The buttons under a broadcast's progress."""

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.menu import open_above
from bot.dialogs.states import Broadcast
from bot.filters import Data, PlainData
from bot.turn import turn_of

router = Router(name="broadcasts")
router.callback_query.filter(PlainData())


@router.callback_query(Data("broadcast:"))
async def steer(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Pause and go on, of which the progress tells by itself; a stop asks first. Nobody but
    admins can."""
    _, name, broadcast = (callback.data or "").split(":")
    turn = turn_of(dialog_manager)
    steers = {
        "pause": turn.use_cases.send_broadcast.pause,
        "resume": turn.use_cases.send_broadcast.resume,
    }
    if turn.admin and name in steers:
        await steers[name](broadcast)
    await callback.answer()
    if turn.admin and name == "stop":
        await open_above(dialog_manager, Broadcast.stop, {"broadcast": broadcast})
