"""The same time each week, paid together: how many more weeks, then their payment."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, Url

from bot.dialogs.pay import offer_invoice
from bot.dialogs.states import Book
from bot.turn import anew, dialog_value, once, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from kernel.errors import DomainError
from kernel.ids import SessionId
from texts.translator import Translator
from texts.values import Localized


async def to_series(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """From the session that was just booked to its weeks."""
    manager.dialog_data["series_url"] = None
    anew(manager)
    await manager.switch_to(Book.series)


async def _weeks(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    session_id = SessionId(dialog_value(dialog_manager, "session"))
    meeting = await turn.use_cases.queries.own_meeting(session_id, turn.member.id)
    choices = await turn.use_cases.series.choices(turn.member, session_id)
    url = dialog_value(dialog_manager, "series_url")
    return {
        "texts": {
            "title": Localized(meeting.offer.title), "expert": meeting.expert.name,
            "when": meeting.session.starts_at, "chosen": "yes" if url else "no",
            "days": turn.translate.listed(turn.translate.instant(one.until, "MMMd") for one in choices),
        },
        "clock": clock_changes(
            turn.translate, [meeting.session.starts_at, *(one.until for one in choices)]
        ),
        "any": bool(choices), "none": not choices,
        "weeks": [
            (
                str(one.sold.package.sessions),
                turn.translate.plain(
                    "series-line", sessions=one.sold.package.sessions, price=one.sold.package.price,
                    until=turn.translate.instant(one.until, "MMMd"),
                ),
            )
            for one in choices
            if not url
        ],
        "url": url or "", "has_url": bool(url),
    }  # fmt: skip


def clock_changes(translate: Translator, starts: Sequence[datetime]) -> str:
    """Said where the same time at the expert's place is another one on the reader's clock."""
    changes = [
        translate.plain("series-clock-from", time=translate.time(one), day=translate.instant(one, "MMMd"))
        for before, one in pairwise(starts)
        if translate.time(before) != translate.time(one)
    ]  # fmt: skip
    if not changes:
        return ""
    return translate("series-clock", changes=translate.listed(changes))


async def _choose(callback: CallbackQuery, __: Any, manager: DialogManager, sessions: str) -> None:
    turn = turn_of(manager)
    # so many weeks are one order, however often they are tapped
    try:
        checkout = await turn.use_cases.series.order(
            turn.member, SessionId(dialog_value(manager, "session")), int(sessions),
            command=once(manager, f"series-{sessions}"),
        )  # fmt: skip
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key, **refusal.values), show_alert=True)
        return
    manager.dialog_data["series_url"] = checkout.payment.url
    await offer_invoice(callback, checkout)


series_window = Window(
    Tr("series-ask", when="any"),
    Shown("clock", when="clock"),
    Tr("series-none", when="none"),
    Column(choice("weeks", "weeks", _choose)),
    Url(Label("pay-by-card"), Shown("url"), id="card", when="has_url"),
    Row(Cancel(Label("button-back"), id="back"), menu_button()),
    state=Book.series,
    getter=_weeks,
)
