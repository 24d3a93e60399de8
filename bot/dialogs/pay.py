"""The payment window: what is held for how long, and how to pay."""

import logging
from datetime import datetime, timedelta
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from booking.model import Session, SessionState
from bot.dialogs.menu import is_open
from bot.dialogs.states import Book, PayCode
from bot.shown import meeting_values
from bot.turn import Turn, dialog_value, turn_of
from kernel.ids import SessionId
from kernel.money import Money
from texts.translator import Translator
from workflows.cashier import Checkout, PaymentPageClosed
from workflows.money_queries import Due
from workflows.notices import Meeting
from workflows.series import can_repeat

_log = logging.getLogger(__name__)

_BOOKED = {SessionState.REQUESTED, SessionState.CONFIRMED}


async def open_payment(manager: DialogManager) -> None:
    """Open the card page or send the invoice of the session that was just held."""
    session = SessionId(dialog_value(manager, "session"))
    manager.dialog_data.update(await checkout_of(turn_of(manager), session))


async def checkout_of(turn: Turn, session: SessionId) -> dict[str, Any]:
    """What the payment window needs to know about how a held session is paid."""
    meeting = await turn.use_cases.queries.meeting(session)
    if meeting.session.state is not SessionState.HELD:
        return {}
    try:
        checkout = await turn.use_cases.pay_for_session(turn.member, session)
    except PaymentPageClosed:
        return {"url": None}
    return {"url": checkout.payment.url, "invoice": checkout.invoice is not None}


async def open_payment_again(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Another try after the card processor did not answer."""
    await open_payment(manager)


async def is_held(manager: DialogManager) -> bool:
    """Whether the payment window is open for a time that is held, and not paid."""
    return is_open(manager, Book.pay) and await _held_as(manager, "session") is not None


async def _held_as(manager: DialogManager, name: str) -> Session | None:
    """The person's held time, if it is the one that the dialog has under this name."""
    turn = turn_of(manager)
    held = await turn.use_cases.queries.held(turn.member.id)
    if held is None or held.session.id != dialog_value(manager, name):
        return None
    return held.session


async def give_up_time(manager: DialogManager) -> None:
    """The held time is free again, and other times are shown."""
    turn = turn_of(manager)
    session = SessionId(dialog_value(manager, "session"))
    await turn.use_cases.let_go(turn.member, session, command=turn.command("let-go"))
    await _to_other_times(manager)


async def look_further(manager: DialogManager) -> None:
    """Other times are shown while the held one is kept until one of them is taken."""
    manager.dialog_data["kept"] = dialog_value(manager, "session")
    await _to_other_times(manager)


async def _to_other_times(manager: DialogManager) -> None:
    manager.dialog_data.update({"session": None, "holding": None, "url": None})
    await manager.switch_to(Book.day)


async def kept_time(manager: DialogManager) -> Session | None:
    """The held time that is kept while others are looked at; None once it is gone."""
    return await _held_as(manager, "kept")


async def back_to_kept(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """The payment of the time that was kept."""
    session = dialog_value(manager, "kept")
    manager.dialog_data.update({"session": session, "holding": True, "kept": None})
    await open_payment(manager)
    await manager.switch_to(Book.pay)


async def send_invoice(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    """The invoice as a message of the chat."""
    turn = turn_of(manager)
    session = SessionId(dialog_value(manager, "session"))
    checkout = await turn.use_cases.pay_for_session(turn.member, session)
    await offer_invoice(callback, checkout)


async def offer_invoice(callback: CallbackQuery, checkout: Checkout) -> None:
    """The invoice as a message of the chat, where it is paid by one."""
    message, bot = callback.message, callback.bot
    if message is not None and bot is not None and checkout.invoice is not None:
        await bot.send_invoice(message.chat.id, **checkout.invoice)


async def pay_by_credit(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """As much of the price as one's credit can pay."""
    turn = turn_of(manager)
    session = SessionId(dialog_value(manager, "session"))
    await turn.use_cases.pay_less.by_credit(turn.member, session, command=turn.command("credit"))
    await open_payment(manager)


async def ask_code(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_code(manager)


async def open_code(manager: DialogManager) -> None:
    """A promo code is typed in a window of its own."""
    await manager.start(PayCode.ask, data={"session": dialog_value(manager, "session")})


async def pay_getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """The window for whatever became of the hold meanwhile."""
    turn = turn_of(dialog_manager)
    session_id = SessionId(dialog_value(dialog_manager, "session"))
    meeting = await turn.use_cases.queries.meeting(session_id)
    session = meeting.session
    held_until = session.held_until
    held = session.state is SessionState.HELD and held_until is not None and held_until > turn.now
    key = "pay-expired"
    if held:
        key = "pay-held"
    elif session.state is not SessionState.HELD:
        key = f"pay-{session.state}"
    url = dialog_value(dialog_manager, "url")
    invoice = bool(dialog_value(dialog_manager, "invoice"))
    due = await turn.use_cases.money.due(session_id, turn.member.id)
    left_of_package = await turn.use_cases.packages.left_of(turn.member.id, session.offer_id)
    values = meeting_values(turn.translate, meeting)
    if due.by_package:
        values["price"] = turn.translate.plain("price-by-package")
    return {
        "texts": {"left": left_of_package},
        "has_package": held and bool(left_of_package),
        "has_series": not left_of_package and not due.by_package and can_repeat(meeting),
        "has_weekly": bool(left_of_package) and due.by_package and session.state in _BOOKED,
        "has_credit": held and due.can_use_credit,
        "status": less_text(turn.translate, due.discount, due.credit, due.amount) * held + turn.translate(
            key, **values, left=minutes_left(session, turn.now)
        ) + (_deposit(turn.translate, meeting) + _on_hold(turn.translate, due)) * held,
        "url": url or "",
        "has_url": held and bool(url),
        "has_invoice": held and invoice,
        "no_page": held and not url and not invoice,
        "held": held,
        "gone": key == "pay-expired",
    }  # fmt: skip


def minutes_left(session: Session, now: datetime) -> int:
    """How long a time is held still, as it is told: never none."""
    left = timedelta() if session.held_until is None else session.held_until - now
    return max(1, round(left / timedelta(minutes=1)))


def _deposit(translate: Translator, meeting: Meeting) -> str:
    """Of a session by the minute: what is paid now is settled later."""
    if not meeting.session.by_minute:
        return ""
    a_minute = meeting.offer.price_a_minute
    told = translate("pay-by-minute", minutes=meeting.session.minutes, price=a_minute)
    return f"\n\n{told}"


def _on_hold(translate: Translator, due: Due) -> str:
    return f"\n\n{translate('pay-on-hold')}" if due.on_hold else ""


def less_text(translate: Translator, discount: Money, credit: Money, left: Money) -> str:
    """What a code and one's credit take off a price, and what is left to pay."""
    lines = []
    if discount:
        lines.append(translate("pay-discount", amount=discount))
    if credit:
        lines.append(translate("pay-credit", amount=credit))
    if lines:
        lines.append(translate("pay-due", amount=left))
    return "\n".join([*lines, "", ""]) if lines else ""
