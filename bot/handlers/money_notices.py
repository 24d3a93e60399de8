"""Buttons about money under notices and answers: plain data, valid whatever dialog is open."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.menu import open_above
from bot.dialogs.states import Money
from bot.filters import Data, PlainData
from bot.turn import Turn, turn_of
from kernel.ids import PaymentId

router = Router(name="money_notices")
router.callback_query.filter(PlainData())


@router.callback_query(Data("money:open"))
async def my_payments(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The person's payments."""
    await callback.answer()
    await open_above(dialog_manager, Money.list)


@router.callback_query(Data("money:why:"))
async def why(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Why as much came back as did."""
    turn, payment = turn_of(dialog_manager), PaymentId(_id(callback))
    await turn.use_cases.money.paid(payment, payer=turn.member.id)
    await callback.answer()
    await dialog_manager.start(
        Money.why, data={"payment": payment}, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND
    )


@router.callback_query(Data("money:approve:", "money:decline:"))
async def decide(callback: CallbackQuery, turn: Turn) -> None:
    """A second admin's answer about an amount over the limit."""
    if not turn.admin:
        await callback.answer(turn.translate.plain("unknown-command"), show_alert=True)
        return
    agreed = (callback.data or "").startswith("money:approve:")
    await turn.use_cases.admin_money.decide(
        turn.user.id, _id(callback), agreed=agreed, command=turn.command("decide")
    )
    await callback.answer()
    if isinstance(callback.message, Message):
        await callback.message.edit_reply_markup(reply_markup=None)
        key = "money-approved" if agreed else "money-declined"
        await callback.message.answer(turn.translate(key))


def _id(callback: CallbackQuery) -> str:
    return (callback.data or "").rpartition(":")[2]
