"""A subscription to an expert's written answers: begin it, look at it, stop it."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, SwitchTo, Url

from bot.dialogs.states import Ask, Subscribe
from bot.turn import dialog_value, once, turn_of
from bot.widgets import Label, Shown, Tr, menu_button
from kernel.ids import ExpertId
from payments.errors import NoSubscription
from texts.translator import Translator
from workflows.subscriptions import Subscribed


def subscription_line(translate: Translator, owned: Subscribed) -> str:
    """A subscription with what is left of it, as a button."""
    return translate.plain("subscription-line", expert=owned.expert.name, left=owned.left)


async def _sold(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    expert_id = ExpertId(dialog_value(dialog_manager, "expert"))
    plan = await turn.use_cases.subscriptions.offered(expert_id)
    answers = await turn.use_cases.written_questions.offered(expert_id)
    if plan is None or answers is None:
        raise NoSubscription
    expert = await turn.use_cases.queries.expert(expert_id)
    url = dialog_manager.dialog_data.get("url") or ""
    return {
        "texts": {
            "expert": expert.name, "questions": plan.questions, "price": plan.price,
            "each": plan.each, "single": answers.price, "hours": answers.hours,
        },
        "url": url, "has_url": bool(url), "no_url": not url,
    }  # fmt: skip


async def _order(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    checkout = await turn.use_cases.subscriptions.order(
        turn.member, ExpertId(dialog_value(manager, "expert")), command=once(manager, "subscribe")
    )
    if callback.bot is not None and checkout.invoice is not None:
        manager.dialog_data["url"] = await callback.bot.create_invoice_link(**checkout.invoice)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    owned = await turn.use_cases.subscriptions.one(_id(dialog_manager), turn.member.id)
    one = owned.subscription
    return {
        "texts": {
            "expert": owned.expert.name, "left": owned.left, "questions": one.questions,
            "until": turn.translate.instant(one.until, "yMMMd") if one.until else "",
            "price": one.price, "stopped": "yes" if one.stopped else "no",
        },
        "renews": not one.stopped, "untouched": owned.untouched, "left": owned.left > 0,
    }  # fmt: skip


async def _ask(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    owned = await turn.use_cases.subscriptions.one(_id(manager), turn.member.id)
    await manager.start(Ask.text, data={"expert": owned.expert.id})


async def _stop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.subscriptions.stop(turn.member, _id(manager), command=turn.command("stop"))
    await manager.switch_to(Subscribe.one)


async def _give_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    back = await turn.use_cases.subscriptions.give_back(
        turn.member, _id(manager), command=turn.command("give-back")
    )
    manager.dialog_data["back"] = turn.translate.money(back)
    await manager.switch_to(Subscribe.over)


async def _over(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"texts": {"refund": str(dialog_manager.dialog_data["back"])}}


def _id(manager: DialogManager) -> str:
    return str(dialog_value(manager, "subscription"))


subscriptions = Dialog(
    Window(
        Tr("subscription-page"),
        Button(Label("subscription-begin"), id="begin", on_click=_order, when="no_url"),
        Url(Label("subscription-pay"), Shown("url"), id="pay", when="has_url"),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Subscribe.page,
        getter=_sold,
    ),
    Window(
        Tr("subscription-one"),
        Button(Label("button-ask-in-writing"), id="ask", on_click=_ask, when="left"),
        SwitchTo(Label("subscription-stop"), id="stop", state=Subscribe.stop, when="renews"),
        Button(
            Label("subscription-give-back"), id="give_back", on_click=_give_back, when="untouched"
        ),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Subscribe.one,
        getter=_one,
    ),
    Window(
        Tr("subscription-stop-ask"),
        Button(Label("subscription-stop-yes"), id="yes", on_click=_stop),
        SwitchTo(Label("button-back"), id="back", state=Subscribe.one),
        state=Subscribe.stop,
        getter=_one,
    ),
    Window(Tr("subscription-given-back"), menu_button(), state=Subscribe.over, getter=_over),
)  # fmt: skip
