"""An expert's own pages: what is ahead, what was earned."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Start, SwitchTo

from booking.model import ABSENT_AFTER, SessionState
from bot.dialogs.states import Answer, Clients, ExpertHome, ExpertMoney, Hours, WriteItem
from bot.turn import turn_of
from bot.widgets import Label, Shown, Tr, choice
from kernel.ids import SessionId
from texts.values import Localized

_DAYS = 14


async def _agenda(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    translate = turn.translate
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None:
        return {
            "text": translate("expert-home-not-expert"),
            "requests": [],
            "waiting": [],
            "expert": False,
            "questions": False,
        }
    questions = await turn.use_cases.written_questions.waiting(expert.id)
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
    amounts = translate.listed(translate.money(one) for one in earned) or "—"
    head = translate("expert-home-head", name=expert.name, earned=amounts)
    return {
        "text": "\n".join([head, "", *(lines or [translate("expert-home-empty")])]),
        "expert": True,
        "questions": bool(questions),
        "texts": {"count": len(questions)},
        "requests": [
            (
                one.session.id,
                translate.plain("expert-home-approve", when=one.session.starts_at),
            )
            for one in meetings
            if one.session.state is SessionState.REQUESTED
        ],
        "waiting": [
            (
                one.session.id,
                translate.plain("expert-home-absent", client=one.client.first_name),
            )
            for one in meetings
            if one.session.state is SessionState.UNDER_WAY
            and turn.now >= one.session.starts_at + ABSENT_AFTER
        ],
    }


async def _approve(_: CallbackQuery, __: Any, manager: DialogManager, session: str) -> None:
    turn = turn_of(manager)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is not None:
        await turn.use_cases.approve_session(
            SessionId(session), expert=expert.id, command=turn.command("approve")
        )


async def _ask_absent(_: CallbackQuery, __: Any, manager: DialogManager, session: str) -> None:
    manager.dialog_data["session"] = session
    await manager.switch_to(ExpertHome.absent)


async def _waited_for(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    session = SessionId(dialog_manager.dialog_data["session"])
    return {"texts": (await turn.use_cases.queries.meeting(session)).values}


async def _absent(callback: CallbackQuery, __: Any, manager: DialogManager) -> None:
    turn = turn_of(manager)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    await turn.use_cases.report_absence(
        SessionId(manager.dialog_data["session"]), absent="client", by=turn.member.id,
        expert=None if expert is None else expert.id, command=turn.command("absent"),
    )  # fmt: skip
    await callback.answer(turn.translate.plain("absent-noted"))
    await manager.switch_to(ExpertHome.agenda)


expert_home = Dialog(
    Window(
        Shown("text"),
        Column(choice("approve", "requests", _approve)),
        Column(choice("absent", "waiting", _ask_absent)),
        Start(Label("button-hours"), id="hours", state=Hours.week, when="expert"),
        Start(Label("clients-home"), id="clients", state=Clients.list, when="expert"),
        Start(Label("answer-home"), id="questions", state=Answer.list, when="questions"),
        Start(Label("expert-home-items"), id="items", state=WriteItem.list, when="expert"),
        Start(Label("expert-home-money"), id="money", state=ExpertMoney.home),
        Cancel(Label("button-back"), id="back"),
        state=ExpertHome.agenda,
        getter=_agenda,
    ),
    Window(
        Tr("absent-ask-expert"),
        Button(Label("absent-yes"), id="yes", on_click=_absent),
        SwitchTo(Label("absent-wait"), id="no", state=ExpertHome.agenda),
        state=ExpertHome.absent,
        getter=_waited_for,
    ),
)  # fmt: skip
