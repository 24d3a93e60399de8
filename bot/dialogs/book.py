"""From an offer to a paid time: offer, day, time, payment; also for another time."""

from datetime import datetime
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.api.entities import Data
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import (
    Back,
    Button,
    Cancel,
    Column,
    Group,
    Row,
    Start,
    SwitchTo,
    Url,
)

from booking.errors import ClientBusy
from bot.dialogs.book_packages import (
    book_weekly,
    choose_package,
    package_lines,
    package_windows,
    pay_by_package,
)
from bot.dialogs.book_series import series_window, to_series
from bot.dialogs.book_times import days_of, noted_time, times_of
from bot.dialogs.book_wait import jump, wait, wait_no_more
from bot.dialogs.pay import (
    ask_code,
    back_to_kept,
    give_up_time,
    open_payment,
    open_payment_again,
    pay_by_credit,
    pay_getter,
    send_invoice,
)
from bot.dialogs.states import Book, Zone
from bot.shown import offer_price, session_line
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from kernel.errors import DomainError
from kernel.ids import ExpertId, OfferId, SessionId
from texts.values import Localized


async def _offers(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    expert = ExpertId(dialog_value(dialog_manager, "expert"))
    page = await turn.use_cases.read_expert(expert)
    return {
        "texts": {"expert": page.expert.name},
        "noted": noted_time(dialog_manager),
        "packages": await package_lines(turn, expert),
        "offers": [
            (
                offer.id,
                turn.translate.plain(
                    "offer-line-group" if offer.seats > 1 else "offer-line",
                    seats=offer.seats,
                    title=Localized(offer.title),
                    minutes=offer.minutes,
                    price=offer_price(turn.translate, offer),
                ),
            )
            for offer in page.offers
        ],
    }


async def _choose_offer(_: CallbackQuery, __: Any, manager: DialogManager, offer: str) -> None:
    manager.dialog_data["offer"] = offer
    await manager.switch_to(Book.day)


async def _choose_day(_: CallbackQuery, __: Any, manager: DialogManager, day: str) -> None:
    manager.dialog_data["day"] = day
    await manager.switch_to(Book.time)


async def _choose_part(_: CallbackQuery, __: Any, manager: DialogManager, part: str) -> None:
    manager.dialog_data.update({"part": part, "page": 0, "tapped": True})


async def _later(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["page"] = int(manager.dialog_data.get("page") or 0) + 1


async def _earlier(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["page"] = max(0, int(manager.dialog_data.get("page") or 0) - 1)


async def _choose_time(
    callback: CallbackQuery, __: Any, manager: DialogManager, start: str
) -> None:
    turn = turn_of(manager)
    when = datetime.fromtimestamp(int(start), tz=turn.now.tzinfo)
    try:
        await _take(manager, when)
    except ClientBusy:
        manager.dialog_data["wanted"] = int(start)
        await manager.switch_to(Book.insist)
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key, **refusal.values), show_alert=True)


async def _insist(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    when = datetime.fromtimestamp(manager.dialog_data["wanted"], tz=turn.now.tzinfo)
    try:
        await _take(manager, when, insist=True)
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key, **refusal.values), show_alert=True)
        await manager.switch_to(Book.day)


async def _clash(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """The session that the wanted time meets, as far as it still does."""
    turn = turn_of(dialog_manager)
    offer = await turn.use_cases.queries.offer(OfferId(dialog_value(dialog_manager, "offer")))
    start = datetime.fromtimestamp(dialog_manager.dialog_data["wanted"], tz=turn.now.tzinfo)
    upcoming = await turn.use_cases.queries.upcoming(turn.member.id)
    others = [
        session_line(turn.translate, one)
        for one in upcoming
        if one.session.starts_at < start + offer.duration and one.session.ends_at > start
    ]
    return {"texts": {"when": start, "others": turn.translate.listed(others)}}


async def _take(manager: DialogManager, when: datetime, *, insist: bool = False) -> None:
    turn = turn_of(manager)
    moving = dialog_value(manager, "session")
    if moving and not dialog_value(manager, "holding"):
        await turn.use_cases.move_session(
            SessionId(moving), client=turn.member.id, start=when, command=turn.command("move"),
            insist=insist,
        )  # fmt: skip
        await manager.switch_to(Book.moved)
        return
    held = await turn.use_cases.hold_time(
        turn.member, OfferId(dialog_value(manager, "offer")), when, command=turn.command("hold"),
        insist=insist,
    )  # fmt: skip
    manager.dialog_data.update({"session": held.id, "holding": True, "kept": None})
    await manager.switch_to(Book.pay)
    await open_payment(manager)


async def _give_up(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await give_up_time(manager)


async def _other_times(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.update({"session": None, "holding": None, "url": None})
    await manager.switch_to(Book.day)


async def _moved(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    session = SessionId(dialog_value(dialog_manager, "session"))
    meeting = await turn.use_cases.queries.meeting(session)
    return {"texts": meeting.values}


async def _come_back(_: Data, __: Any, manager: DialogManager) -> None:
    # another zone has other days; what does not show days stays as it is
    if manager.current_context().state == Book.time:
        manager.dialog_data["day"] = None
        await manager.switch_to(Book.day)
    # a code may have changed what is to be paid
    if manager.current_context().state == Book.pay:
        await open_payment(manager)


book = Dialog(
    Window(
        Tr("book-offer"),
        Shown("noted", when="noted"),
        Column(choice("offer", "offers", _choose_offer)),
        Column(choice("package", "packages", choose_package)),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Book.offer,
        getter=_offers,
    ),
    Window(
        Tr("book-day", when="any"),
        Tr("book-no-day", when="none"),
        Shown("not_then", when="not_then"),
        Tr("book-kept", when="kept"),
        Shown("zone_note", when="zone_note"),
        Column(choice("soon", "soonest", _choose_time)),
        Group(
            choice("day", "days", _choose_day),
            width=3,
        ),
        Row(choice("part", "parts", _choose_part)),
        Row(
            Button(Label("book-earlier"), id="earlier", on_click=_earlier, when="has_earlier"),
            Button(Label("book-later"), id="later", on_click=_later, when="has_later"),
        ),
        Button(Label("waitlist-join"), id="wait", on_click=wait, when="can_wait"),
        Button(Label("waitlist-leave"), id="leave", on_click=wait_no_more, when="waiting"),
        Button(Label("book-back-to-kept"), id="kept", on_click=back_to_kept, when="kept"),
        Row(
            SwitchTo(Label("book-jump"), id="jump", state=Book.jump),
            Start(Label("book-zone"), id="zone", state=Zone.ask),
        ),
        Row(
            SwitchTo(Label("button-back"), id="back", state=Book.offer, when="new"),
            Cancel(Label("button-back"), id="close", when="moving"),
            menu_button(),
        ),
        state=Book.day,
        getter=days_of,
    ),
    Window(
        Tr("book-time", when="any"),
        Tr("book-no-time", when="none"),
        Shown("theirs", when="theirs"),
        Group(
            choice("time", "times", _choose_time),
            width=4,
        ),
        Button(Label("waitlist-join-day"), id="wait", on_click=wait, when="can_wait"),
        Button(Label("waitlist-leave"), id="leave", on_click=wait_no_more, when="waiting"),
        Row(Back(Label("button-back"), id="back"), menu_button()),
        state=Book.time,
        getter=times_of,
    ),
    Window(
        Tr("book-jump-ask"),
        MessageInput(jump, content_types=[ContentType.TEXT]),
        Row(SwitchTo(Label("button-back"), id="back", state=Book.day), menu_button()),
        state=Book.jump,
    ),
    Window(
        Shown("status"),
        Button(Label("pay-by-package"), id="package", on_click=pay_by_package, when="has_package"),
        Url(Label("pay-by-card"), Shown("url"), id="card", when="has_url"),
        Button(Label("pay-in-chat"), id="invoice", on_click=send_invoice, when="has_invoice"),
        Button(Label("pay-try-again"), id="retry", on_click=open_payment_again, when="no_page"),
        Button(Label("pay-by-credit"), id="credit", on_click=pay_by_credit, when="has_credit"),
        Button(Label("pay-by-code"), id="code", on_click=ask_code, when="held"),
        Button(Label("pay-give-up"), id="give_up", on_click=_give_up, when="held"),
        Button(Label("pay-other-times"), id="other", on_click=_other_times, when="gone"),
        Button(Label("book-series"), id="series", on_click=to_series, when="has_series"),
        Button(Label("book-weekly"), id="weekly", on_click=book_weekly, when="has_weekly"),
        menu_button(),
        state=Book.pay,
        getter=pay_getter,
    ),
    Window(
        Tr("book-insist"),
        Button(Label("book-insist-yes"), id="insist", on_click=_insist),
        Row(SwitchTo(Label("button-back"), id="back", state=Book.day), menu_button()),
        state=Book.insist,
        getter=_clash,
    ),
    Window(
        Tr("book-moved"),
        menu_button(),
        state=Book.moved,
        getter=_moved,
    ),
    *package_windows,
    series_window,
    on_process_result=_come_back,
)  # fmt: skip
