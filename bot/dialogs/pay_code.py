"""A promo code for the time that is held, or for an item of the library."""

from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Cancel

from bot.dialogs.states import PayCode
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Tr
from kernel.ids import SessionId


async def _use(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    code, command = message.text or "", turn.command("code")
    less, item = turn.use_cases.pay_less, dialog_value(manager, "item")
    if item:
        await less.item_by_code(turn.member, str(item), code, command=command)
    else:
        session = SessionId(dialog_value(manager, "session"))
        await less.by_code(turn.member, session, code, command=command)
    await manager.done()


pay_code = Dialog(
    Window(
        Tr("pay-code-ask"),
        MessageInput(_use, content_types=[ContentType.TEXT]),
        Cancel(Label("button-back"), id="back"),
        state=PayCode.ask,
    )
)
