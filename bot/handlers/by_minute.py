"""The button that ends a session by the minute: asked once more, since it is settled at once."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.filters import Data, PlainData
from bot.replies import ask_once_more, settled
from bot.turn import Turn
from kernel.ids import SessionId

router = Router(name="by_minute")
router.callback_query.filter(PlainData())


@router.callback_query(Data("session:end:"))
async def ask_end(callback: CallbackQuery, turn: Turn) -> None:
    """A session by the minute is over: asked once more, since it is settled at once."""
    choices = {
        "session-end-yes": f"session:end-yes:{_session(callback)}",
        "session-end-no": "session:end-no",
    }
    await ask_once_more(callback, turn, "session-end-ask", choices)


@router.callback_query(Data("session:end-no"))
async def go_on(callback: CallbackQuery, turn: Turn) -> None:
    """The session goes on."""
    await settled(callback, turn, "session-goes-on")


@router.callback_query(Data("session:end-yes:"))
async def end(callback: CallbackQuery, turn: Turn) -> None:
    """A session by the minute ends now."""
    session_id = _session(callback)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    meeting = await turn.use_cases.queries.meeting(session_id)
    theirs = expert is not None and expert.id == meeting.expert.id
    await turn.use_cases.end_session(
        session_id, by=turn.member.id, expert=expert.id if expert and theirs else None,
        command=turn.command("end"),
    )  # fmt: skip
    await settled(callback, turn, "session-end-done")


def _session(callback: CallbackQuery) -> SessionId:
    return SessionId((callback.data or "").rpartition(":")[2])
