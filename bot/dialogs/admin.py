"""The admins' pages in the chat: today's sessions, broadcasts, FAQ, the browser's link."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, Start, SwitchTo

from bot.dialogs.states import Admin, AdminMoney, Broadcast, Faq, Polls, ReviewItem
from bot.paging import page_buttons, paged
from bot.turn import turn_of
from bot.widgets import Label, Shown, Tr
from texts.values import Localized

_SHOWN = 20


async def _today(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    translate = turn.translate
    local = turn.now.astimezone(ZoneInfo(translate.zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    meetings = await turn.use_cases.queries.sessions_between(
        midnight.astimezone(turn.now.tzinfo),
        (midnight + timedelta(days=1)).astimezone(turn.now.tzinfo),
    )
    shown, pages = paged(meetings, dialog_manager, size=_SHOWN)
    lines = [
        translate(
            "admin-today-line",
            when=one.session.starts_at,
            client=one.client.first_name,
            expert=one.expert.name,
            title=Localized(one.offer.title),
            state=translate.plain(f"session-state-{one.session.state}"),
        )
        for one in shown
    ]
    return {
        **pages,
        "text": "\n".join(
            [translate("admin-today-head", count=len(meetings)), "", *lines]
            if lines
            else [translate("admin-today-empty")]
        ),
    }


async def _sign_in(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    if isinstance(callback.message, Message):
        link = await turn.use_cases.make_admin_link(turn.user.id)
        await callback.message.answer(turn.translate("admin-link", link=link))


admin = Dialog(
    Window(
        Tr("admin-home"),
        SwitchTo(Label("admin-today"), id="today", state=Admin.today),
        Row(
            Start(Label("admin-broadcast"), id="broadcast", state=Broadcast.audience),
            Start(Label("admin-polls"), id="polls", state=Polls.list),
        ),
        Row(
            Start(Label("admin-faq"), id="faq", state=Faq.list),
            Start(Label("admin-money"), id="money", state=AdminMoney.find),
        ),
        Start(Label("admin-items"), id="items", state=ReviewItem.list),
        Button(Label("admin-browser"), id="browser", on_click=_sign_in),
        Cancel(Label("button-back"), id="back"),
        state=Admin.home,
    ),
    Window(
        Shown("text"),
        page_buttons(),
        SwitchTo(Label("button-back"), id="back", state=Admin.home),
        state=Admin.today,
        getter=_today,
    ),
)
