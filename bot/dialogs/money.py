"""A client's money: payments, why an amount came back, credit, a gift's code."""

from collections.abc import Sequence
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.deep_linking import create_start_link
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo, Url

from booking.model import SessionState
from bot.dialogs.book_packages import owned_line
from bot.dialogs.states import Money, Subscribe
from bot.dialogs.subscriptions import subscription_line
from bot.money_texts import paid_line, paid_text, why_text
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from kernel.ids import PaymentId
from kernel.money import Money as Amount
from payments.model import PREPAID, Purpose
from workflows.cashier import Checkout
from workflows.introductions import invitation
from workflows.papers import File

_SHOWN = 10
_GIFTS = (Amount(25_00, "USD"), Amount(50_00, "USD"), Amount(100_00, "USD"))
_TIPS = (10, 15, 20)
_OVER = {SessionState.UNDER_WAY, SessionState.ENDED, SessionState.CLOSED}


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.money.history(turn.member.id, limit=_SHOWN)
    credit = await turn.use_cases.money.credit(turn.member.id)
    amounts = turn.translate.amounts(credit)
    owned = await turn.use_cases.packages.owned(turn.member.id)
    subscribed = await turn.use_cases.subscriptions.owned(turn.member.id)
    return {
        "subscriptions": [
            (one.subscription.id, subscription_line(turn.translate, one)) for one in subscribed
        ],
        # each in a line, apart from the text above
        "packages": "".join(f"\n{owned_line(turn.translate, one)}" for one in owned),
        "payments": [(one.payment.id, paid_line(turn.translate, one)) for one in found],
        "texts": {"credit": amounts or "—", "any": "yes" if found else "no"},
    }


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, payment: str) -> None:
    manager.dialog_data["payment"] = payment
    await manager.switch_to(Money.one)


async def _subscription(_: CallbackQuery, __: Any, manager: DialogManager, one: str) -> None:
    await manager.start(Subscribe.one, data={"subscription": one})


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    payment = _payment_id(dialog_manager)
    paid = await turn.use_cases.money.paid(payment, payer=turn.member.id)
    over = paid.meeting is not None and paid.meeting.session.state in _OVER
    return {
        "text": paid_text(turn.translate, paid),
        "refunded": bool(paid.refunds),
        "has_papers": paid.payment.rail not in PREPAID and paid.payment.hold_until is None,
        "has_notes": bool(paid.refunds) and paid.payment.rail not in PREPAID,
        "tippable": over and paid.payment.purpose is Purpose.SESSION
        and paid.payment.price.currency != "XTR",
    }  # fmt: skip


async def _why(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    payment = _payment_id(dialog_manager)
    why = await turn.use_cases.money.why(payment, payer=turn.member.id)
    return {"text": why_text(turn.translate, why)}


async def _send(callback: CallbackQuery, files: Sequence[File]) -> None:
    if isinstance(callback.message, Message):
        for file in files:
            await callback.message.answer_document(BufferedInputFile(file.content, file.name))


async def _receipt(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    made = await turn.use_cases.papers.receipt(turn.member, _payment_id(manager))
    await _send(callback, [made])


async def _invoice(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    made = await turn.use_cases.papers.invoice(turn.member, _payment_id(manager))
    await _send(callback, [made])


async def _credit_notes(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    made = await turn.use_cases.papers.credit_notes(turn.member, _payment_id(manager))
    await _send(callback, made)


async def _redeem(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    amount = await turn.use_cases.gifts.redeem(
        turn.member, message.text or "", command=turn.command("redeem")
    )
    await message.answer(turn.translate("voucher-redeemed", amount=amount))
    await manager.switch_to(Money.list)


async def _invite(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    if isinstance(callback.message, Message) and callback.bot is not None:
        link = await create_start_link(callback.bot, invitation(turn.member.id))
        await callback.message.answer(turn.translate("money-invite-link", link=link))


async def _gifts(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translate = turn_of(dialog_manager).translate
    return {"amounts": [(f"{one.minor}:{one.currency}", translate.money(one)) for one in _GIFTS]}


async def _tips(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    paid = await turn.use_cases.money.paid(_payment_id(dialog_manager), payer=turn.member.id)
    whole = paid.payment.price
    tips = [whole.percent(share) for share in _TIPS]
    return {
        "amounts": [(f"{one.minor}:{one.currency}", turn.translate.money(one)) for one in tips],
        "texts": {"expert": paid.meeting.expert.name if paid.meeting else "—"},
    }


async def _give(_: CallbackQuery, __: Any, manager: DialogManager, item: str) -> None:
    turn = turn_of(manager)
    checkout = await turn.use_cases.gifts.give(
        turn.member, _amount(item), command=turn.command("give")
    )
    await _show_page(manager, checkout, item)


async def _tip(_: CallbackQuery, __: Any, manager: DialogManager, item: str) -> None:
    turn = turn_of(manager)
    paid = await turn.use_cases.money.paid(_payment_id(manager), payer=turn.member.id)
    checkout = await turn.use_cases.gifts.tip(turn.member, paid.payment.session_id, _amount(item))
    await _show_page(manager, checkout, item)


async def _show_page(manager: DialogManager, checkout: Checkout, item: str) -> None:
    manager.dialog_data.update({"url": checkout.payment.url, "amount": item})
    await manager.switch_to(Money.pay)


async def _pay(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    told = dialog_manager.dialog_data
    return {"url": str(told.get("url") or ""), "texts": {"amount": _amount(str(told["amount"]))}}


def _payment_id(manager: DialogManager) -> PaymentId:
    return PaymentId(dialog_value(manager, "payment"))


def _amount(item: str) -> Amount:
    minor, _, currency = item.partition(":")
    return Amount(int(minor), currency)


def _amounts(on_click: Any) -> Row:
    return Row(choice("amount", "amounts", on_click))


money = Dialog(
    Window(
        Tr("money-list"),
        Shown("packages", when="packages"),
        Column(choice("subscription", "subscriptions", _subscription)),
        Column(choice("payment", "payments", _choose)),
        Row(
            SwitchTo(Label("money-redeem"), id="redeem", state=Money.redeem),
            SwitchTo(Label("money-give"), id="give", state=Money.give),
        ),
        Button(Label("money-invite"), id="invite", on_click=_invite),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Money.list,
        getter=_list,
    ),
    Window(
        Shown("text"),
        Row(
            SwitchTo(Label("button-why-this-amount"), id="why", state=Money.why, when="refunded"),
            SwitchTo(Label("money-tip"), id="tip", state=Money.tip, when="tippable"),
        ),
        Row(
            Button(Label("paper-receipt"), id="receipt", on_click=_receipt, when="has_papers"),
            Button(Label("paper-invoice"), id="invoice", on_click=_invoice, when="has_papers"),
            Button(Label("paper-credit_note"), id="note", on_click=_credit_notes, when="has_notes"),
        ),
        Row(SwitchTo(Label("button-back"), id="back", state=Money.list), menu_button()),
        state=Money.one,
        getter=_one,
    ),
    Window(
        Shown("text"),
        Row(SwitchTo(Label("button-back"), id="back", state=Money.one), menu_button()),
        state=Money.why,
        getter=_why,
    ),
    Window(
        Tr("voucher-ask"),
        MessageInput(_redeem, content_types=[ContentType.TEXT]),
        SwitchTo(Label("button-back"), id="back", state=Money.list),
        state=Money.redeem,
    ),
    Window(
        Tr("voucher-give-ask"),
        _amounts(_give),
        SwitchTo(Label("button-back"), id="back", state=Money.list),
        state=Money.give,
        getter=_gifts,
    ),
    Window(
        Tr("tip-ask"),
        _amounts(_tip),
        SwitchTo(Label("button-back"), id="back", state=Money.one),
        state=Money.tip,
        getter=_tips,
    ),
    Window(
        Tr("money-pay"),
        Url(Label("pay-by-card"), Shown("url"), id="card"),
        Row(SwitchTo(Label("button-back"), id="back", state=Money.list), menu_button()),
        state=Money.pay,
        getter=_pay,
    ),
)  # fmt: skip
