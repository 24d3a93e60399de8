"""Another date than those shown, and waiting for one."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from booking.words.dates import first_date
from bot.dialogs.book_times import day_range
from bot.dialogs.states import Book
from bot.replies import reply_to
from bot.turn import dialog_value, turn_of
from kernel.ids import OfferId


async def jump(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """To a date in words; a text that names none is understood as anywhere else."""
    turn = turn_of(manager)
    today = turn.now.astimezone(ZoneInfo(turn.translate.zone)).date()
    day = first_date(message.text or "", today=today)
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if day is None:
        if not await reply_to(message, manager):
            await message.answer(turn.translate("error-no-date"))
        return
    offer = await turn.use_cases.queries.offer(OfferId(dialog_value(manager, "offer")))
    last = today + timedelta(days=offer.window_days)
    if not today <= day <= last:
        await message.answer(turn.translate("error-date-out-of-window", days=offer.window_days))
        return
    manager.dialog_data["day"] = day.isoformat()
    await manager.switch_to(Book.time)


async def wait(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """On the waitlist: for the day that is shown, or for any time."""
    turn = turn_of(manager)
    offer = OfferId(dialog_value(manager, "offer"))
    frm = until = None
    if manager.current_context().state == Book.time:
        frm, until = day_range(manager, date.fromisoformat(manager.dialog_data["day"]))
    await turn.use_cases.waitlist.join(
        turn.member.id, offer, frm=frm, until=until, command=turn.command("wait")
    )
    await callback.answer(turn.translate.plain("waitlist-joined"), show_alert=True)


async def wait_no_more(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """On the waitlist no more."""
    turn = turn_of(manager)
    offer = OfferId(dialog_value(manager, "offer"))
    place = await turn.use_cases.waitlist.place(turn.member.id, offer)
    if place is not None:
        await turn.use_cases.waitlist.leave(
            turn.member.id, place.entry.id, command=turn.command("leave")
        )
