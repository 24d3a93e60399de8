"""An item's price, and by what right it is sold."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column

from bot.amounts import read_amount, read_money
from bot.dialogs.item_being_written import author_of, item_id, next_window, to_one
from bot.dialogs.states import WriteItem
from bot.turn import turn_of
from bot.widgets import Label, Tr, choice
from catalogue.model import Rights
from kernel.errors import DomainError
from kernel.money import Money

_STARS = "XTR"


class NoPrice(DomainError):
    """Words that are no price."""

    key = "error-no-price"


async def _price(message: Message, _: MessageInput, manager: DialogManager) -> None:
    text = (message.text or "").strip()
    free = text.casefold() in {"0", "free", "免费"}
    price = Money(0, _STARS) if free else read_money(text) or read_amount(text, _STARS)
    if price is None:
        raise NoPrice
    await _set_price(manager, price)


async def _free(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _set_price(manager, Money(0, _STARS))


async def _set_price(manager: DialogManager, price: Money) -> None:
    turn = turn_of(manager)
    item = await turn.use_cases.write_items.price(
        await author_of(manager), item_id(manager), price, command=turn.command("price")
    )
    await manager.switch_to(next_window(item))


async def _rights(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translate = turn_of(dialog_manager).translate
    return {"rights": [(one, translate.plain(f"rights-choice-{one}")) for one in Rights]}


async def _declare(_: CallbackQuery, __: Any, manager: DialogManager, rights: str) -> None:
    if rights == Rights.LICENSED:
        await manager.switch_to(WriteItem.source)
        return
    turn = turn_of(manager)
    item = await turn.use_cases.write_items.declare(
        await author_of(manager), item_id(manager), Rights(rights), command=turn.command("rights")
    )
    await manager.switch_to(next_window(item))


async def _source(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    item = await turn.use_cases.write_items.declare(
        await author_of(manager), item_id(manager), Rights.LICENSED, message.text or "",
        command=turn.command("rights"),
    )  # fmt: skip
    await manager.switch_to(next_window(item))


price = Window(
    Tr("write-item-price"),
    MessageInput(_price, content_types=[ContentType.TEXT]),
    Button(Label("write-item-free"), id="free", on_click=_free),
    to_one(),
    state=WriteItem.price,
)

rights = Window(
    Tr("write-item-rights"),
    Column(choice("rights", "rights", _declare)),
    to_one(),
    state=WriteItem.rights,
    getter=_rights,
)

source = Window(
    Tr("write-item-source"),
    MessageInput(_source, content_types=[ContentType.TEXT]),
    to_one(),
    state=WriteItem.source,
)
