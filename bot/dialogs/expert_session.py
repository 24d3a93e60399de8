"""One of an expert's sessions: join, answer the request, call it off, say that nobody came."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo, Url

from booking.errors import UnknownSession
from booking.model import ABSENT_AFTER, Session, SessionState
from bot.dialogs.states import Clients, ExpertHome
from bot.shown import meeting_values
from bot.turn import Turn, dialog_value, turn_of
from bot.widgets import Label, Shown, Tr, menu_button
from kernel.ids import SessionId
from workflows.notices import Meeting

_JOINABLE = {SessionState.CONFIRMED, SessionState.UNDER_WAY}


def is_waited_for(turn: Turn, session: Session) -> bool:
    """Whether the expert may say that the client did not come."""
    began = turn.now >= session.starts_at + ABSENT_AFTER
    return began and session.state is SessionState.UNDER_WAY


def expert_state(turn: Turn, session: Session) -> str:
    """How a session stands, as its expert reads it."""
    asked = session.state is SessionState.REQUESTED
    key = "session-state-asked-you" if asked else f"session-state-{session.state}"
    return turn.translate.plain(key)


async def open_session(_: CallbackQuery, __: Any, manager: DialogManager, session: str) -> None:
    """Show one of the agenda."""
    manager.dialog_data["session"] = session
    await manager.switch_to(ExpertHome.one)


def _id(manager: DialogManager) -> SessionId:
    return SessionId(str(dialog_value(manager, "session")))


async def _meeting(manager: DialogManager) -> Meeting:
    turn = turn_of(manager)
    meeting = await turn.use_cases.queries.meeting(_id(manager))
    if meeting.session.expert_id != (await turn.expert()).id:
        raise UnknownSession
    return meeting


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, meeting = turn_of(dialog_manager), await _meeting(dialog_manager)
    session = meeting.session
    return {
        "texts": {
            **meeting_values(turn.translate, meeting),
            "state": expert_state(turn, session),
        },
        "link": turn.use_cases.join_session.address(meeting, turn.member.id),
        "has_link": session.state in _JOINABLE
        and bool(session.link)
        and session.delivery == "video",
        "requested": session.state is SessionState.REQUESTED,
        "cancellable": session.state is SessionState.CONFIRMED and session.starts_at > turn.now,
        "waiting": is_waited_for(turn, session),
    }


async def _approve(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.approve_session(
        _id(manager), expert=(await turn.expert()).id, command=turn.command("approve")
    )
    await callback.answer(turn.translate.plain("request-approved"), show_alert=True)


async def _decline(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.decline_session(
        _id(manager), expert=(await turn.expert()).id, command=turn.command("decline")
    )
    await callback.answer(turn.translate.plain("request-declined"), show_alert=True)
    await manager.switch_to(ExpertHome.agenda)


async def _cancel(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.cancel_session(
        _id(manager), by="expert", person=turn.member.id, expert=(await turn.expert()).id,
        command=turn.command("refuse"),
    )  # fmt: skip
    await callback.answer(turn.translate.plain("expert-cancel-done"), show_alert=True)
    await manager.switch_to(ExpertHome.agenda)


async def _client(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    meeting = await _meeting(manager)
    await manager.start(Clients.one, data={"client": meeting.client.id})


async def _absent(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.report_absence(
        _id(manager), absent="client", by=turn.member.id, expert=(await turn.expert()).id,
        command=turn.command("absent"),
    )  # fmt: skip
    await callback.answer(turn.translate.plain("absent-noted"))
    await manager.switch_to(ExpertHome.agenda)


one = Window(
    Tr("expert-session"),
    Url(Label("button-join"), Shown("link"), id="join", when="has_link"),
    Row(
        Button(Label("button-approve"), id="approve", on_click=_approve),
        SwitchTo(Label("button-decline"), id="decline", state=ExpertHome.decline),
        when="requested",
    ),
    SwitchTo(
        Label("button-expert-cancel"), id="cancel", state=ExpertHome.cancel, when="cancellable"
    ),
    SwitchTo(Label("expert-home-absent"), id="absent", state=ExpertHome.absent, when="waiting"),
    Button(Label("clients-about"), id="client", on_click=_client),
    Row(SwitchTo(Label("button-back"), id="back", state=ExpertHome.agenda), menu_button()),
    state=ExpertHome.one,
    getter=_one,
)

decline = Window(
    Tr("expert-decline-ask"),
    Button(Label("expert-decline-yes"), id="yes", on_click=_decline),
    SwitchTo(Label("button-back"), id="back", state=ExpertHome.one),
    state=ExpertHome.decline,
    getter=_one,
)

cancel = Window(
    Tr("expert-cancel-ask"),
    Button(Label("cancel-confirm"), id="yes", on_click=_cancel),
    SwitchTo(Label("cancel-keep"), id="no", state=ExpertHome.one),
    state=ExpertHome.cancel,
    getter=_one,
)

absent = Window(
    Tr("absent-ask-expert"),
    Button(Label("absent-yes"), id="yes", on_click=_absent),
    SwitchTo(Label("absent-wait"), id="no", state=ExpertHome.agenda),
    state=ExpertHome.absent,
    getter=_one,
)
