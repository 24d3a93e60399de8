"""An expert's own pages: what is ahead, what was earned."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Cancel, Column, Start

from bot.dialogs.expert_session import (
    absent,
    cancel,
    decline,
    expert_state,
    is_waited_for,
    one,
    open_session,
)
from bot.dialogs.states import Answer, Clients, ExpertHome, ExpertMoney, Hours, WriteItem
from bot.paging import page_buttons, paged
from bot.shown import state_mark
from bot.turn import turn_of
from bot.widgets import Label, Shown, choice
from texts.values import Localized

_DAYS = 14
_SHOWN = 8


async def _agenda(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    translate = turn.translate
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None:
        return {"text": translate("expert-home-not-expert")}
    questions = await turn.use_cases.written_questions.waiting(expert.id)
    meetings = await turn.use_cases.queries.agenda(expert.id, days=_DAYS)
    shown, pages = paged(meetings, dialog_manager, size=_SHOWN)
    lines = [
        translate(
            "expert-home-line",
            when=each.session.starts_at,
            client=each.client.first_name,
            title=Localized(each.offer.title),
            state=expert_state(turn, each.session),
        )
        for each in shown
    ]
    earned = await turn.use_cases.queries.earnings(expert.id)
    amounts = translate.amounts(earned) or "—"
    head = translate("expert-home-head", name=expert.name, earned=amounts)
    return {
        "text": "\n".join([head, "", *(lines or [translate("expert-home-empty")])]),
        "expert": True,
        "questions": bool(questions),
        "texts": {"count": len(questions)},
        "sessions": [
            (
                each.session.id,
                f"{state_mark(each.session.state)} {translate.instant(each.session.starts_at)}"
                f" · {each.client.first_name}",
            )
            for each in shown
        ],
        "waiting": [
            (
                each.session.id,
                translate.plain("expert-home-absent", client=each.client.first_name),
            )
            for each in meetings
            if is_waited_for(turn, each.session)
        ],
        **pages,
    }


async def _ask_absent(_: CallbackQuery, __: Any, manager: DialogManager, session: str) -> None:
    manager.dialog_data["session"] = session
    await manager.switch_to(ExpertHome.absent)


expert_home = Dialog(
    Window(
        Shown("text"),
        Column(choice("absent", "waiting", _ask_absent), when="expert"),
        Column(choice("session", "sessions", open_session), when="expert"),
        page_buttons(),
        Start(Label("button-hours"), id="hours", state=Hours.week, when="expert"),
        Start(Label("clients-home"), id="clients", state=Clients.list, when="expert"),
        Start(Label("answer-home"), id="questions", state=Answer.list, when="questions"),
        Start(Label("expert-home-items"), id="items", state=WriteItem.list, when="expert"),
        Start(Label("expert-home-money"), id="money", state=ExpertMoney.home, when="expert"),
        Cancel(Label("button-back"), id="back"),
        state=ExpertHome.agenda,
        getter=_agenda,
    ),
    one,
    decline,
    cancel,
    absent,
)
