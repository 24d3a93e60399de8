"""An expert's own pages: what is ahead, what was earned."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Cancel, Column, Select, Start

from booking.model import SessionState
from bot.dialogs.states import ExpertHome, ExpertMoney
from bot.turn import turn_of
from bot.widgets import ItemLabel, Label, Shown, item_id
from kernel.ids import SessionId
from texts.values import Localized

_DAYS = 14


async def _agenda(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    translate = turn.translate
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None:
        return {"text": translate("expert-home-not-expert"), "requests": []}
    meetings = await turn.use_cases.queries.agenda(expert.id, days=_DAYS)
    lines = [
        translate(
            "expert-home-line",
            when=one.session.starts_at,
            client=one.client.first_name,
            title=Localized(one.offer.title),
            state=translate.plain(f"session-state-{one.session.state}"),
        )
        for one in meetings
    ]
    earned = await turn.use_cases.queries.earnings(expert.id)
    amounts = ", ".join(translate.money(one) for one in earned) or "—"
    head = translate("expert-home-head", name=expert.name, earned=amounts)
    return {
        "text": "\n".join([head, "", *(lines or [translate("expert-home-empty")])]),
        "requests": [
            (
                one.session.id,
                translate.plain("expert-home-approve", when=one.session.starts_at),
            )
            for one in meetings
            if one.session.state is SessionState.REQUESTED
        ],
    }


async def _approve(_: CallbackQuery, __: Any, manager: DialogManager, session: str) -> None:
    turn = turn_of(manager)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is not None:
        await turn.use_cases.approve_session(
            SessionId(session), expert=expert.id, command=turn.command("approve")
        )


expert_home = Dialog(
    Window(
        Shown("text"),
        Column(
            Select(
                ItemLabel(), id="approve", item_id_getter=item_id, items="requests",
                on_click=_approve,
            )
        ),
        Start(Label("expert-home-money"), id="money", state=ExpertMoney.home),
        Cancel(Label("button-back"), id="back"),
        state=ExpertHome.agenda,
        getter=_agenda,
    )
)  # fmt: skip
