"""Packages on the way to a booking: buy one, pay with one, and the same time each week."""

from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo, Url

from bot.dialogs.pay import offer_invoice
from bot.dialogs.states import Book
from bot.turn import Turn, anew, dialog_value, once, turn_of
from bot.widgets import Label, Shown, Tr, menu_button
from kernel.ids import ExpertId, SessionId
from kernel.money import Money
from texts.translator import Translator
from texts.values import Localized, Value
from workflows.packages import Owned, Sold


async def package_lines(turn: Turn, expert: ExpertId) -> list[tuple[str, str]]:
    """An expert's packages as items of a list: id, label."""
    return [
        (one.package.id, turn.translate.plain("package-line", **_values(one)))
        for one in await turn.use_cases.packages.sold(expert)
    ]


async def choose_package(_: CallbackQuery, __: Any, manager: DialogManager, package: str) -> None:
    """Look at a package before buying it."""
    manager.dialog_data.update({"package": package, "url": None})
    anew(manager)
    await manager.switch_to(Book.package)


async def pay_by_package(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """One session of the person's package pays for what is held."""
    turn = turn_of(manager)
    session = SessionId(dialog_value(manager, "session"))
    await turn.use_cases.packages.use(turn.member, session, command=turn.command("package"))


async def book_weekly(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """The same time in the weeks after the session that was just booked."""
    turn = turn_of(manager)
    weeks = await turn.use_cases.book_weekly(
        turn.member, SessionId(dialog_value(manager, "session")), command=turn.command("weekly")
    )
    manager.dialog_data["weeks"] = [
        [
            int(week.start.timestamp()),
            turn.translate.plain(week.refusal.key, **week.refusal.values) if week.refusal else "",
        ]
        for week in weeks
    ]
    await manager.switch_to(Book.weekly)


def owned_line(translate: Translator, owned: Owned) -> str:
    """A bought package with what is left of it."""
    return translate(
        "package-owned", left=owned.left, sessions=owned.package.sessions,
        title=Localized(owned.offer.title), expert=owned.expert.name,
        until=translate.instant(owned.package.expires_at, "yMMMd")
        if owned.package.expires_at else "",
    )  # fmt: skip


async def _package(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    sold = await turn.use_cases.packages.one(dialog_value(dialog_manager, "package"))
    url = dialog_value(dialog_manager, "url")
    return {"texts": _values(sold), "url": url or "", "has_url": bool(url), "no_url": not url}


def _values(sold: Sold) -> dict[str, Value]:
    package, offer = sold.package, sold.offer
    whole = offer.price * package.sessions
    saved = whole - package.price if package.price < whole else Money(0, whole.currency)
    return {
        "title": Localized(offer.title), "minutes": offer.minutes, "sessions": package.sessions,
        "price": package.price, "each": package.each, "saved": saved,
        "saves": "yes" if saved else "no", "days": package.valid_days,
    }  # fmt: skip


async def _buy(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn, told = turn_of(manager), manager.dialog_data
    # one look at it is one order, however often it is tapped
    checkout = await turn.use_cases.packages.buy(
        turn.member, dialog_value(manager, "package"), command=once(manager, "buy")
    )
    told["url"] = checkout.payment.url
    await offer_invoice(callback, checkout)


async def _weekly(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    lines = [
        turn.translate(
            "weekly-missed" if refusal else "weekly-booked",
            when=datetime.fromtimestamp(start, tz=turn.now.tzinfo), why=refusal,
        )
        for start, refusal in dialog_manager.dialog_data["weeks"]
    ]  # fmt: skip
    booked = sum(not refusal for _, refusal in dialog_manager.dialog_data["weeks"])
    return {"weeks": "\n".join(lines), "texts": {"booked": booked}}


package_windows = (
    Window(
        Tr("package-page"),
        Button(Label("package-buy"), id="buy", on_click=_buy, when="no_url"),
        Url(Label("pay-by-card"), Shown("url"), id="card", when="has_url"),
        Row(SwitchTo(Label("button-back"), id="back", state=Book.offer), menu_button()),
        state=Book.package,
        getter=_package,
    ),
    Window(
        Tr("weekly-done"),
        Shown("weeks"),
        menu_button(),
        state=Book.weekly,
        getter=_weekly,
    ),
)
