"""A client's sessions: list, one, cancel."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, StartMode, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, Start, SwitchTo, Url

from booking.model import ABSENT_AFTER, SessionState
from bot.dialogs.pay import checkout_of
from bot.dialogs.states import Book, Calendars, Questionnaire, Sessions
from bot.shown import meeting_values, session_line
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from kernel.ids import SessionId
from kernel.money import Money
from workflows.series import can_repeat

_PAST = 5
_OPEN = {SessionState.CONFIRMED, SessionState.REQUESTED}


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    upcoming = await turn.use_cases.queries.upcoming(turn.member.id)
    past = await turn.use_cases.queries.past(turn.member.id, limit=_PAST)
    held = await turn.use_cases.queries.held(turn.member.id)
    shown = [*([held] if held else []), *upcoming, *past]
    lines = [(one.session.id, session_line(turn.translate, one)) for one in shown]
    return {
        "sessions": lines,
        "any": bool(lines),
        "none": not lines,
        "texts": {"ahead": len(upcoming)},
    }


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, session: str) -> None:
    manager.dialog_data["session"] = session
    await manager.switch_to(Sessions.one)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    session_id = SessionId(dialog_value(dialog_manager, "session"))
    found = await turn.use_cases.queries.cancellation(session_id, turn.member.id)
    session = found.meeting.session
    ahead = session.state in _OPEN and session.starts_at > turn.now
    # who has a package books the weeks with it
    in_package = await turn.use_cases.packages.left_of(turn.member.id, session.offer_id)
    joinable = session.state in {SessionState.CONFIRMED, SessionState.UNDER_WAY}
    return {
        "text": turn.translate("session-page", **meeting_values(turn.translate, found.meeting)),
        "texts": {**meeting_values(turn.translate, found.meeting), "refund": found.refund},
        "link": turn.use_cases.join_session.address(found.meeting, turn.member.id),
        "has_link": joinable and bool(session.link) and session.delivery == "video",
        "movable": ahead,
        "repeatable": ahead and not in_package and can_repeat(found.meeting),
        "cancellable": ahead,
        "payable": session.state is SessionState.HELD,
        "absent": session.state is SessionState.UNDER_WAY
        and turn.now >= session.starts_at + ABSENT_AFTER,
    }


async def _cancelled(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    refund = Money(*dialog_manager.dialog_data["refund"])
    way = await turn.use_cases.money.way_back(
        SessionId(dialog_value(dialog_manager, "session")), turn.member.id
    )
    return {"texts": {"refund": refund, "way": str(way) if refund and way else "none"}}


async def _move(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    session_id = SessionId(dialog_value(manager, "session"))
    session = (await turn.use_cases.queries.meeting(session_id)).session
    await manager.start(
        Book.day,
        data={"session": session.id, "offer": session.offer_id, "expert": session.expert_id},
    )


async def _repeat(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.start(Book.series, data={"session": dialog_value(manager, "session")})


async def _pay(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    session_id = SessionId(dialog_value(manager, "session"))
    meeting = await turn.use_cases.queries.meeting(session_id)
    await manager.start(
        Book.pay,
        data={"session": session_id, "holding": True, "offer": meeting.offer.id,
              "expert": meeting.expert.id, **await checkout_of(turn, session_id)},
    )  # fmt: skip


async def _cancel(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    refund = await turn.use_cases.cancel_session(
        SessionId(dialog_value(manager, "session")), by="client", person=turn.member.id,
        command=turn.command("cancel"),
    )  # fmt: skip
    manager.dialog_data["refund"] = [refund.minor, refund.currency]
    await manager.switch_to(Sessions.cancelled)


async def _absent(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.report_absence(
        SessionId(dialog_value(manager, "session")), absent="expert", by=turn.member.id,
        command=turn.command("absent"),
    )  # fmt: skip
    await callback.answer(turn.translate.plain("absent-noted"))
    await manager.switch_to(Sessions.one)


sessions = Dialog(
    Window(
        Tr("sessions-list", when="any"),
        Tr("sessions-empty", when="none"),
        Column(choice("session", "sessions", _choose)),
        Start(Label("menu-find"), id="find", state=Questionnaire.field, when="none"),
        Start(Label("calendars-subscribe"), id="calendar", state=Calendars.mine),
        Cancel(Label("button-back"), id="back"),
        state=Sessions.list,
        getter=_list,
    ),
    Window(
        Shown("text"),
        Url(Label("button-join"), Shown("link"), id="join", when="has_link"),
        Button(Label("button-pay-now"), id="pay", on_click=_pay, when="payable"),
        Row(
            Button(Label("button-reschedule"), id="move", on_click=_move, when="movable"),
            SwitchTo(
                Label("button-cancel-session"), id="cancel", state=Sessions.cancel,
                when="cancellable",
            ),
        ),
        Button(Label("book-series"), id="series", on_click=_repeat, when="repeatable"),
        SwitchTo(Label("button-expert-absent"), id="absent", state=Sessions.absent, when="absent"),
        Row(SwitchTo(Label("button-back"), id="back", state=Sessions.list), menu_button()),
        state=Sessions.one,
        getter=_one,
    ),
    Window(
        Tr("absent-ask-client"),
        Button(Label("absent-yes"), id="yes", on_click=_absent),
        SwitchTo(Label("absent-wait"), id="no", state=Sessions.one),
        state=Sessions.absent,
        getter=_one,
    ),
    Window(
        Tr("cancel-ask"),
        Button(Label("cancel-confirm"), id="yes", on_click=_cancel),
        SwitchTo(Label("cancel-keep"), id="no", state=Sessions.one),
        state=Sessions.cancel,
        getter=_one,
    ),
    Window(
        Tr("cancel-done"),
        Row(
            Start(Label("menu-find"), id="find", state=Questionnaire.field,
                  mode=StartMode.RESET_STACK),
            menu_button(),
        ),
        state=Sessions.cancelled,
        getter=_cancelled,
    ),
)  # fmt: skip
