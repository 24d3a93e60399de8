"""Buttons under notices and answers: plain callback data, valid whatever dialog is open."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode

from booking.errors import UnknownSession
from booking.model import SessionState
from bot.dialogs.answer_poll import open_poll
from bot.dialogs.menu import open_above, open_menu
from bot.dialogs.pay import checkout_of
from bot.dialogs.states import (
    Book,
    Calendars,
    ExpertHome,
    Note,
    Questionnaire,
    Sessions,
    Survey,
)
from bot.filters import Data, PlainData
from bot.replies import ask_once_more, not_understood, say_answer, settled
from bot.spoken import ask_human
from bot.turn import Turn, dialog_value, turn_of
from kernel.ids import OfferId, SessionId
from people.model import Expert
from workflows.hold_window import SHOW_HOLD

router = Router(name="notices")
router.callback_query.filter(PlainData())


@router.callback_query(Data("menu:open"))
async def menu(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Open the menu."""
    await callback.answer()
    await open_menu(dialog_manager)


@router.callback_query(Data("menu:experts"))
async def find(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Look for an expert."""
    await callback.answer()
    await dialog_manager.start(
        Questionnaire.field, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND
    )


@router.callback_query(Data("menu:sessions"))
async def my_sessions(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The person's sessions."""
    await callback.answer()
    await open_above(dialog_manager, Sessions.list)


@router.callback_query(Data("menu:human"))
async def human(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Talk to a human."""
    await callback.answer()
    if isinstance(callback.message, Message):
        await ask_human(callback.message, dialog_manager, "")


@router.callback_query(Data(SHOW_HOLD))
async def show_hold(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The window of a hold anew, in place, where it is what the person looks at."""
    session = (callback.data or "").split(":")[2]
    if not dialog_manager.has_context():
        return
    open_now = dialog_manager.current_context().state == Book.pay
    if open_now and dialog_value(dialog_manager, "session") == session:
        await dialog_manager.show(ShowMode.EDIT)


@router.callback_query(Data("session:open:"))
async def open_session(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """One of the person's sessions."""
    await _start(callback, dialog_manager, Sessions.one)


@router.callback_query(Data("session:cancel:"))
async def cancel_session(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The question whether to cancel, with what comes back."""
    await _start(callback, dialog_manager, Sessions.cancel)


@router.callback_query(Data("session:move:"))
async def move_session(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Other times of the same offer."""
    turn = turn_of(dialog_manager)
    session_id = _session(callback)
    meeting = await turn.use_cases.queries.own_meeting(session_id, turn.member.id)
    await callback.answer()
    await open_above(
        dialog_manager,
        Book.day,
        {"session": session_id, "offer": meeting.offer.id, "expert": meeting.expert.id},
    )


@router.callback_query(Data("session:coming:"))
async def coming(callback: CallbackQuery, turn: Turn) -> None:
    """ "I'm coming" under a reminder."""
    await turn.use_cases.say_coming(
        _session(callback), turn.member.id, command=turn.command("coming")
    )
    await callback.answer(turn.translate.plain("coming-noted"), show_alert=True)


@router.callback_query(Data("session:approve:"))
async def approve(callback: CallbackQuery, turn: Turn) -> None:
    """The expert accepts a request."""
    expert = await _expert(callback, turn)
    if expert is None:
        return
    await turn.use_cases.approve_session(
        _session(callback), expert=expert.id, command=turn.command("approve")
    )
    await settled(callback, turn, "request-approved")


@router.callback_query(Data("session:decline:"))
async def ask_decline(callback: CallbackQuery, turn: Turn, dialog_manager: DialogManager) -> None:
    """The expert wants to decline a request: asked once more, since the client is told at once."""
    if await _expert(callback, turn) is None:
        return
    meeting = await turn.use_cases.queries.meeting(_session(callback))
    open_ = meeting.session.state is SessionState.REQUESTED
    await callback.answer()
    await open_above(
        dialog_manager, ExpertHome.decline if open_ else ExpertHome.one,
        {"session": meeting.session.id},
    )  # fmt: skip


@router.callback_query(Data("session:refuse:"))
async def ask_refuse(callback: CallbackQuery, turn: Turn) -> None:
    """The expert wants to cancel: asked once more, since the client is refunded in full."""
    choices = {
        "cancel-confirm": f"session:refuse-yes:{_session(callback)}",
        "cancel-keep": "session:refuse-no",
    }
    await ask_once_more(callback, turn, "expert-cancel-ask", choices)


@router.callback_query(Data("session:refuse-no"))
async def keep(callback: CallbackQuery, turn: Turn) -> None:
    """The expert keeps the session."""
    await settled(callback, turn, "expert-cancel-kept")


@router.callback_query(Data("session:refuse-yes:"))
async def refuse(callback: CallbackQuery, turn: Turn) -> None:
    """The expert cancels a confirmed session."""
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    await turn.use_cases.cancel_session(
        _session(callback), by="expert", person=turn.member.id,
        expert=None if expert is None else expert.id, command=turn.command("refuse"),
    )  # fmt: skip
    await settled(callback, turn, "expert-cancel-done")


@router.callback_query(Data("times:"))
async def nearest_times(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The nearest free times of an offer, after a hold ran out."""
    offer_id = OfferId((callback.data or "").removeprefix("times:"))
    offer = await turn_of(dialog_manager).use_cases.queries.offer(offer_id)
    await callback.answer()
    await open_above(dialog_manager, Book.day, {"offer": offer.id, "expert": offer.expert_id})


@router.callback_query(Data("waitlist:take:"))
async def take_offered(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The time that was held for somebody on the waitlist: pay for it."""
    turn = turn_of(dialog_manager)
    held = await turn.use_cases.take_offered(
        turn.member.id, _session(callback), command=turn.command("take")
    )
    checkout = await checkout_of(turn, held.id)
    await callback.answer()
    data = {"session": held.id, "holding": True, "offer": held.offer_id, "expert": held.expert_id}
    await open_above(dialog_manager, Book.pay, {**data, **checkout})


@router.callback_query(Data("waitlist:pass:"))
async def pass_offered(callback: CallbackQuery, turn: Turn) -> None:
    """Not this time: it goes to the next who waits."""
    await turn.use_cases.let_go(turn.member, _session(callback), command=turn.command("pass"))
    await settled(callback, turn, "waitlist-passed")


@router.callback_query(Data("calendars:open"))
async def imported_calendars(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The calendars that an expert imports."""
    await callback.answer()
    await open_above(dialog_manager, Calendars.imported)


@router.callback_query(Data("survey:"))
async def survey(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """How was it?"""
    await _start(callback, dialog_manager, Survey.expected)


@router.callback_query(Data("review:"))
async def review(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """A few words for others, by who rated without any."""
    await _start(callback, dialog_manager, Survey.words)


@router.callback_query(Data("note:"))
async def note(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The expert's note."""
    turn = turn_of(dialog_manager)
    session_id = _session(callback)
    meeting = await turn.use_cases.queries.meeting(session_id)
    if meeting.expert.person_id != turn.member.id:
        raise UnknownSession
    await callback.answer()
    await dialog_manager.start(
        Note.text, data={"session": session_id}, mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )  # fmt: skip


@router.callback_query(Data("poll:"))
async def answer_survey(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """A survey of the operator."""
    _, poll, number = (callback.data or "").split(":")
    await open_poll(dialog_manager, poll, int(number))
    await callback.answer()


@router.callback_query(Data("news:stop"))
async def no_news(callback: CallbackQuery, turn: Turn) -> None:
    """ "No more news" under a broadcast."""
    await turn.use_cases.change_preferences.marketing(turn.member.id, wanted=False)
    await settled(callback, turn, "marketing-off")


@router.callback_query(Data("faq:show:"))
async def show_answer(callback: CallbackQuery, turn: Turn) -> None:
    """The answer to one of the near questions."""
    entry_id = (callback.data or "").removeprefix("faq:show:")
    answered = await turn.use_cases.answer_question.chosen(turn.member, entry_id)
    await callback.answer()
    if isinstance(callback.message, Message):
        question = callback.message.reply_to_message
        await say_answer(answered, callback.message, turn, question=question)


@router.callback_query(Data("faq:none"))
async def none_of_these(callback: CallbackQuery, turn: Turn) -> None:
    """None of the near questions was it."""
    await callback.answer()
    if isinstance(callback.message, Message):
        await not_understood(callback.message, turn)


@router.callback_query(Data("faq:right:", "faq:wrong:"))
async def judge(callback: CallbackQuery, turn: Turn) -> None:
    """Was this right?"""
    _, verdict, entry_id = (callback.data or "").split(":", 2)
    answer = callback.message if isinstance(callback.message, Message) else None
    question = answer.reply_to_message if answer else None
    await turn.use_cases.judge_answer(
        turn.member, entry_id, question=question.text if question else None,
        right=verdict == "right", command=turn.command("judge"),
    )  # fmt: skip
    await callback.answer(turn.translate.plain(f"faq-judged-{verdict}"))
    if isinstance(callback.message, Message):
        await callback.message.edit_reply_markup(reply_markup=None)
        if verdict == "wrong":
            await not_understood(callback.message, turn)


async def _expert(callback: CallbackQuery, turn: Turn) -> Expert | None:
    """Who taps as an expert; anybody else is told that it is not for them."""
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None:
        await callback.answer(turn.translate.plain("error-not-an-expert"), show_alert=True)
    return expert


async def _start(callback: CallbackQuery, manager: DialogManager, state: object) -> None:
    turn = turn_of(manager)
    session_id = _session(callback)
    await turn.use_cases.queries.own_meeting(session_id, turn.member.id)
    # a tap is answered once, so not before it is known that nothing is refused
    await callback.answer()
    await manager.start(
        state,  # type: ignore[arg-type]
        data={"session": session_id},
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )


def _session(callback: CallbackQuery) -> SessionId:
    return SessionId((callback.data or "").rpartition(":")[2])
