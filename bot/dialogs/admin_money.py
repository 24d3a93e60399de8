"""Admins' money: find a payment, refund, credit, freeze, pay out; each with its reason."""

from collections.abc import Mapping
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo

from bot.amounts import read_amount, read_money
from bot.dialogs.states import AdminMoney
from bot.money_texts import paid_line, paid_text
from bot.turn import Turn, turn_of
from bot.widgets import BackTo, Label, Shown, Tr, choice
from bot.written import words_of
from kernel.errors import DomainError
from kernel.ids import PaymentId, PersonId
from kernel.money import Money
from payments.approvals import MoneyAction
from payments.errors import Overdrawn, RefundTooLarge, UnknownPayment

_SHOWN = 10
_LONGEST = 300
_BEGAN = {
    "refund": AdminMoney.payment, "freeze": AdminMoney.payment, "credit": AdminMoney.person,
    "take": AdminMoney.person, "payout": AdminMoney.payable,
}  # fmt: skip
_BEFORE_REASON = {
    "refund": AdminMoney.amount, "freeze": AdminMoney.payment, "credit": AdminMoney.amount,
    "take": AdminMoney.amount, "payout": AdminMoney.reference,
}  # fmt: skip

_TOO_MUCH = {"refund": RefundTooLarge, "take": Overdrawn}


def _began(told: Mapping[str, Any]) -> State:
    """What was being looked at when something was to be done about it."""
    return _BEGAN[str(told["kind"])]


def _before_reason(told: Mapping[str, Any]) -> State:
    return _BEFORE_REASON[str(told["kind"])]


def _before_payment(told: Mapping[str, Any]) -> State:
    return AdminMoney.person if told.get("person") else AdminMoney.find


async def _find(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn, text = turn_of(manager), (message.text or "").strip()
    if text.isdecimal() and len(text) < 16:
        person = await turn.use_cases.money.payer(int(text))
        if person is None:
            await message.answer(turn.translate("admin-money-nobody"))
            return
        manager.dialog_data["person"] = person.id
        manager.dialog_data["name"] = person.first_name
        await manager.switch_to(AdminMoney.person)
        return
    try:
        await turn.use_cases.money.paid(PaymentId(text))
    except UnknownPayment:
        await message.answer(turn.translate("admin-money-no-payment"))
        return
    manager.dialog_data.update({"payment": text, "person": None})
    await manager.switch_to(AdminMoney.payment)


async def _person(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, told = turn_of(dialog_manager), dialog_manager.dialog_data
    person = PersonId(str(told["person"]))
    found = await turn.use_cases.money.history(person, limit=_SHOWN)
    credit = await turn.use_cases.money.credit(person)
    return {
        "texts": {"name": str(told["name"]), "credit": turn.translate.amounts(credit) or "—"},
        "has_credit": bool(credit),
        "payments": [(one.payment.id, paid_line(turn.translate, one)) for one in found],
    }


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, payment: str) -> None:
    manager.dialog_data["payment"] = payment
    await manager.switch_to(AdminMoney.payment)


async def _payment(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    payment = PaymentId(str(dialog_manager.dialog_data["payment"]))
    paid = await turn.use_cases.money.paid(payment)
    earning = paid.earning
    open_ = earning is not None and earning.payout_id is None
    why = earning.frozen if open_ and earning is not None and not paid.disputed else None
    held = [turn.translate("admin-money-frozen", reason=why)] if why else []
    return {
        "text": "\n".join([paid_text(turn.translate, paid), *held]),
        "refundable": bool(paid.payment.refundable) and paid.payment.paid_at is not None,
        "freezable": open_ and earning is not None and earning.frozen is None,
        "frozen": open_ and earning is not None and earning.frozen is not None,
    }


async def _refund(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    payment = str(manager.dialog_data["payment"])
    paid = await turn_of(manager).use_cases.money.paid(PaymentId(payment))
    left = paid.payment.refundable
    manager.dialog_data.update(
        {"kind": "refund", "about": payment, "currency": left.currency, "most": left.minor}
    )
    await manager.switch_to(AdminMoney.amount)


async def _credit(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.update(
        {"kind": "credit", "about": manager.dialog_data["person"], "currency": None}
    )
    await manager.switch_to(AdminMoney.amount)


async def _take(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    about = str(manager.dialog_data["person"])
    credit = await turn_of(manager).use_cases.money.credit(PersonId(about))
    only = credit[0] if len(credit) == 1 else None
    manager.dialog_data.update(
        {"kind": "take", "about": about, "currency": only and only.currency,
         "most": only and only.minor}
    )  # fmt: skip
    await manager.switch_to(AdminMoney.amount)


async def _freeze(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.update({"kind": "freeze", "about": manager.dialog_data["payment"]})
    await manager.switch_to(AdminMoney.reason)


async def _unfreeze(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    payment = PaymentId(str(manager.dialog_data["payment"]))
    await turn.use_cases.admin_money.freeze(
        turn.user.id, payment, reason=None, command=turn.command("unfreeze")
    )


async def _amount_getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, told = turn_of(dialog_manager), dialog_manager.dialog_data
    if told["kind"] == "credit":
        return {"text": turn.translate("admin-money-credit-amount")}
    if told["kind"] == "take":
        credit = await turn.use_cases.money.credit(PersonId(str(told["about"])))
        one = "yes" if told["currency"] else "no"
        amounts = turn.translate.amounts(credit) or "—"
        return {"text": turn.translate("admin-money-take-amount", credit=amounts, one=one)}
    most = Money(int(str(told["most"])), str(told["currency"]))
    return {"text": turn.translate("admin-money-refund-amount", most=most)}


async def _amount(message: Message, _: MessageInput, manager: DialogManager) -> None:
    told, text = manager.dialog_data, message.text or ""
    currency = told.get("currency")
    amount = read_amount(text, str(currency)) if currency else read_money(text)
    if amount is None:
        wrong = "admin-money-no-amount" if currency else "admin-money-no-credit"
        await message.answer(turn_of(manager).translate(wrong))
        return
    if told["kind"] in _TOO_MUCH and currency and amount.minor > told["most"]:
        raise _TOO_MUCH[str(told["kind"])]
    told["amount"] = [amount.minor, amount.currency]
    await manager.switch_to(AdminMoney.reason)


async def _reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn, told = turn_of(manager), manager.dialog_data
    reason = words_of(message, longest=_LONGEST)
    if told["kind"] == "freeze":
        await turn.use_cases.admin_money.freeze(
            turn.user.id, PaymentId(str(told["about"])), reason=reason,
            command=turn.command("freeze"),
        )  # fmt: skip
        await manager.switch_to(AdminMoney.payment)
        return
    told["reason"] = reason
    await manager.switch_to(AdminMoney.confirm)


async def _payable(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.money.payable()
    return {
        "payable": [
            (f"{expert.id}:{amount.minor}:{amount.currency}",
             f"{expert.name} · {turn.translate.money(amount)}{' 🏦' if ready else ''}")
            for expert, amount, ready in found
        ],
        "texts": {"count": len(found)},
    }  # fmt: skip


async def _choose_payable(_: CallbackQuery, __: Any, manager: DialogManager, item: str) -> None:
    expert, minor, currency = item.rsplit(":", 2)
    manager.dialog_data.update(
        {"kind": "payout", "about": expert, "amount": [int(minor), currency]}
    )
    await manager.switch_to(AdminMoney.reference)


async def _reference(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data["reference"] = words_of(message, longest=_LONGEST)
    await manager.switch_to(AdminMoney.reason)


def _action(told: dict[str, Any]) -> MoneyAction:
    return MoneyAction(
        kind=str(told["kind"]), about=str(told["about"]), amount=Money(*told["amount"]),
        reason=str(told["reason"]), reference=str(told.get("reference") or ""),
    )  # fmt: skip


async def _confirm(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, action = turn_of(dialog_manager), _action(dict(dialog_manager.dialog_data))
    kind = turn.translate.plain(f"admin-money-kind-{action.kind}")
    about = await turn.use_cases.admin_money.concerned(action)
    return {"texts": {"kind": kind, "amount": action.amount, "reason": action.reason,
                      "about": about}}  # fmt: skip


async def _yes(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    action = _action(dict(manager.dialog_data))
    try:
        done = await _carry_out(turn, action)
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key, **refusal.values), show_alert=True)
        return
    manager.dialog_data["done"] = "yes" if done else "no"
    await manager.switch_to(AdminMoney.done)


async def _carry_out(turn: Turn, action: MoneyAction) -> bool:
    return await turn.use_cases.admin_money(turn.user.id, action, command=turn.command("money"))


async def _done(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"texts": {"done": str(dialog_manager.dialog_data["done"])}}


admin_money = Dialog(
    Window(
        Tr("admin-money-find"),
        MessageInput(_find, content_types=[ContentType.TEXT]),
        SwitchTo(Label("admin-money-payable"), id="payable", state=AdminMoney.payable),
        Cancel(Label("button-back"), id="back"),
        state=AdminMoney.find,
    ),
    Window(
        Tr("admin-money-person"),
        Column(choice("payment", "payments", _choose)),
        Row(
            Button(Label("admin-money-credit"), id="credit", on_click=_credit),
            Button(Label("admin-money-take"), id="take", on_click=_take, when="has_credit"),
        ),
        SwitchTo(Label("button-back"), id="back", state=AdminMoney.find),
        state=AdminMoney.person,
        getter=_person,
    ),
    Window(
        Shown("text"),
        Row(
            Button(Label("admin-money-refund"), id="refund", on_click=_refund, when="refundable"),
            Button(Label("admin-money-freeze"), id="freeze", on_click=_freeze, when="freezable"),
            Button(Label("admin-money-unfreeze"), id="thaw", on_click=_unfreeze, when="frozen"),
        ),
        BackTo(_before_payment),
        state=AdminMoney.payment,
        getter=_payment,
    ),
    Window(
        Shown("text"),
        MessageInput(_amount, content_types=[ContentType.TEXT]),
        BackTo(_began),
        state=AdminMoney.amount,
        getter=_amount_getter,
    ),
    Window(
        Tr("admin-money-reason"),
        MessageInput(_reason, content_types=[ContentType.TEXT]),
        BackTo(_before_reason),
        state=AdminMoney.reason,
    ),
    Window(
        Tr("admin-money-reference"),
        MessageInput(_reference, content_types=[ContentType.TEXT]),
        SwitchTo(Label("button-back"), id="back", state=AdminMoney.payable),
        state=AdminMoney.reference,
    ),
    Window(
        Tr("admin-money-payable-list"),
        Column(choice("expert", "payable", _choose_payable)),
        SwitchTo(Label("button-back"), id="back", state=AdminMoney.find),
        state=AdminMoney.payable,
        getter=_payable,
    ),
    Window(
        Tr("admin-money-confirm"),
        Button(Label("admin-money-yes"), id="yes", on_click=_yes),
        BackTo(_began, "button-cancel"),
        state=AdminMoney.confirm,
        getter=_confirm,
    ),
    Window(
        Tr("admin-money-done"),
        BackTo(_began),
        state=AdminMoney.done,
        getter=_done,
    ),
)  # fmt: skip
