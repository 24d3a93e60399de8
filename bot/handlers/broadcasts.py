"""The buttons under a broadcast's progress."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.filters import Data, PlainData
from bot.turn import Turn

router = Router(name="broadcasts")
router.callback_query.filter(PlainData())


@router.callback_query(Data("broadcast:"))
async def steer(callback: CallbackQuery, turn: Turn) -> None:
    """Pause, go on, stop; the progress follows by itself. Nobody but admins can."""
    _, name, broadcast = (callback.data or "").split(":")
    send = turn.use_cases.send_broadcast
    steers = {"pause": send.pause, "resume": send.resume, "stop": send.cancel}
    if turn.admin and name in steers:
        await steers[name](broadcast)
    await callback.answer()
