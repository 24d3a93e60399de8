"""Commands said in words: "my sessions", "取消预约", "talk to a human"."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

from aiogram.fsm.state import State
from aiogram.types import BufferedInputFile, Message
from aiogram_dialog import DialogManager

from bot.dialogs.menu import is_open, open_above
from bot.dialogs.pay import give_up_time, is_held, look_further
from bot.dialogs.states import Book, ExpertHome, Menu, Money, Sessions, Settings, Survey, Zone
from bot.middlewares.turn import now_known_as
from bot.step_back import step_back
from bot.turn import Turn, turn_of
from bot.wish_data import MOMENT, range_data
from knowledge.model import Wish
from knowledge.wishes.moving import parts_of_move, shift
from workflows.notices import Meeting

_LONGEST_COMMAND = 500
_MOST_PIECES = 4

Spoken = Callable[[Message, DialogManager], Awaitable[bool]]


async def carry_out(name: str, message: Message, manager: DialogManager) -> bool:
    """Do what a command asks; True when a window was opened, False when only words were said."""
    return await _COMMANDS[name](message, manager)


def _says(key: str) -> Spoken:
    async def say(message: Message, manager: DialogManager) -> bool:
        await message.answer(turn_of(manager).translate(key))
        return False

    return say


def _opens(state: State) -> Spoken:
    async def open_window(_: Message, manager: DialogManager) -> bool:
        await open_above(manager, state)
        return True

    return open_window


async def say_legal(key: str, message: Message, manager: DialogManager) -> None:
    """One of the operator's pages: privacy, terms, payment support."""
    turn = turn_of(manager)
    await message.answer(turn.translate(key, **turn.use_cases.operator))


def _legal(key: str) -> Spoken:
    async def say(message: Message, manager: DialogManager) -> bool:
        await say_legal(key, message, manager)
        return False

    return say


async def _cancel_session(message: Message, manager: DialogManager) -> bool:
    # who looks at a time that is held for them means that one
    if await is_held(manager):
        await give_up_time(manager)
        return False
    turn = turn_of(manager)
    meant = await turn.use_cases.read_wish(_said(message), turn.member)
    return await _with_session(message, manager, await _ahead(turn), meant, _open_cancel)


async def _reschedule(message: Message, manager: DialogManager) -> bool:
    """Other times, from the one that was named on."""
    if await is_held(manager):
        await look_further(manager)
        return False
    turn = turn_of(manager)
    pieces = parts_of_move(_said(message))[-_MOST_PIECES:]
    wishes = [await turn.use_cases.read_wish(one, turn.member) for one in pieces]
    named = [one for one in wishes if one.after is not None]
    ahead, by = await _ahead(turn), shift(_said(message))
    old = named[0] if len(named) > 1 else Wish()
    new = named[-1] if named else Wish()
    if by is not None or (len(pieces) == 1 and any(_is_at(one, new) for one in ahead)):
        old, new = new, Wish()
    then = partial(_open_move, to=new, by=by)
    return await _with_session(message, manager, ahead, old, then)


async def _my_sessions(_: Message, manager: DialogManager) -> bool:
    turn = turn_of(manager)
    upcoming = await turn.use_cases.queries.upcoming(turn.member.id)
    if upcoming or not await _of_clients(manager):
        await open_above(manager, Sessions.list)
    return True


async def _of_clients(manager: DialogManager) -> bool:
    """An expert who has booked nothing means the sessions with their clients."""
    turn = turn_of(manager)
    if await turn.use_cases.queries.expert_of(turn.user.id) is None:
        return False
    await open_above(manager, ExpertHome.agenda)
    return True


async def _session_link(message: Message, manager: DialogManager) -> bool:
    turn = turn_of(manager)
    upcoming = await turn.use_cases.queries.upcoming(turn.member.id)
    return await _with_session(message, manager, upcoming, Wish(), _open_one)


def _said(message: Message) -> str:
    return (message.text or "")[:_LONGEST_COMMAND]


async def _ahead(turn: Turn) -> list[Meeting]:
    """What has not begun; the rest can only be joined."""
    upcoming = await turn.use_cases.queries.upcoming(turn.member.id)
    return [one for one in upcoming if one.session.starts_at > turn.now]


def _is_at(meeting: Meeting, wish: Wish) -> bool:
    if wish.after is None or wish.before is None:
        return False
    return wish.after <= meeting.session.starts_at < wish.before


async def _with_session(
    message: Message,
    manager: DialogManager,
    meetings: Sequence[Meeting],
    meant: Wish,
    then: Callable[[DialogManager, Meeting], Awaitable[None]],
) -> bool:
    """Of several sessions the one at the time that was named is meant; else the list is shown."""
    if not meetings:
        return await _of_clients(manager) or await _says("sessions-none-ahead")(message, manager)
    fitting = [one for one in meetings if _is_at(one, meant)] or meetings
    if len(fitting) == 1:
        await then(manager, fitting[0])
    else:
        await open_above(manager, Sessions.list)
    return True


async def _open_cancel(manager: DialogManager, meeting: Meeting) -> None:
    await open_above(manager, Sessions.cancel, {"session": meeting.session.id})


async def _open_move(
    manager: DialogManager, meeting: Meeting, *, to: Wish, by: timedelta | None
) -> None:
    session = meeting.session
    if by is not None:
        start = session.starts_at + by
        to = Wish(after=start, before=start + MOMENT)
    await open_above(
        manager,
        Book.day,
        {"session": session.id, "offer": session.offer_id, "expert": session.expert_id,
         **range_data(to)},
    )  # fmt: skip


async def _open_one(manager: DialogManager, meeting: Meeting) -> None:
    await open_above(manager, Sessions.one, {"session": meeting.session.id})


async def _receipt(message: Message, manager: DialogManager) -> bool:
    """The payments; before one is made, when and where its receipt comes."""
    if await is_held(manager):
        await message.answer(turn_of(manager).translate("receipt-when-paid"))
        return False
    await open_above(manager, Money.list)
    return True


async def _yes_or_no(message: Message, manager: DialogManager) -> bool:
    """In the middle of something a tap says which button is meant."""
    if not manager.has_context() or is_open(manager, Menu.main):
        return await _menu(message, manager)
    await message.answer(turn_of(manager).translate("tap-a-button"))
    return False


async def _back(message: Message, manager: DialogManager) -> bool:
    """A step back; from a held time to the others."""
    if await is_held(manager):
        await look_further(manager)
        return False
    return not await step_back(message, manager) and await _menu(message, manager)


async def _menu(_: Message, manager: DialogManager) -> bool:
    """One that is open already comes below what was written."""
    if not is_open(manager, Menu.main):
        await open_above(manager, Menu.main)
        return True
    return False


async def _human(message: Message, manager: DialogManager) -> bool:
    await ask_human(message, manager, message.text or "")
    return False


async def ask_human(message: Message, manager: DialogManager, text: str) -> None:
    """The admins are told, and the person that they were."""
    turn = turn_of(manager)
    told = await turn.use_cases.ask_human(turn.member, text, command=turn.command("human"))
    said = [turn.translate("human-told" if told else "human-nobody")]
    if contact := turn.use_cases.operator["contact"]:
        said.append(turn.translate("human-contact", contact=contact))
    await message.answer("\n".join(said))


async def _stop(message: Message, manager: DialogManager) -> bool:
    return await _marketing(message, manager, wanted=False)


async def _start_again(message: Message, manager: DialogManager) -> bool:
    return await _marketing(message, manager, wanted=True)


async def _marketing(message: Message, manager: DialogManager, *, wanted: bool) -> bool:
    turn = turn_of(manager)
    person = await turn.use_cases.change_preferences.marketing(turn.member.id, wanted=wanted)
    turn = now_known_as(manager.middleware_data, person)
    await message.answer(turn.translate("marketing-on" if wanted else "marketing-off"))
    return False


async def send_my_data(message: Message, manager: DialogManager) -> None:
    """The person's data as a file."""
    turn = turn_of(manager)
    export = await turn.use_cases.export_my_data(turn.member)
    await message.answer_document(
        BufferedInputFile(export.encode(), "my-data.json"),
        caption=turn.translate("my-data-caption"),
    )


async def _my_data(message: Message, manager: DialogManager) -> bool:
    await send_my_data(message, manager)
    return False


async def _review(message: Message, manager: DialogManager) -> bool:
    turn = turn_of(manager)
    unrated = await turn.use_cases.queries.to_rate(turn.member.id)
    if unrated is None:
        await message.answer(turn.translate("survey-nothing-to-rate"))
        return False
    await open_above(manager, Survey.expected, {"session": unrated.session.id})
    return True


_COMMANDS: dict[str, Spoken] = {
    "my_sessions": _my_sessions,
    "cancel_session": _cancel_session,
    "reschedule_session": _reschedule,
    "session_link": _session_link,
    "refund": _legal("pay-support"),
    "payment_problem": _legal("pay-support"),
    "receipt": _receipt,
    "human": _human,
    "complaint": _human,
    "stop_messages": _stop,
    "start_messages": _start_again,
    "change_language": _opens(Settings.language),
    "change_time_zone": _opens(Zone.ask),
    "privacy": _legal("privacy-notice"),
    "delete_my_data": _opens(Settings.erase),
    "my_data": _my_data,
    "help": _says("help-text"),
    "greet": _menu,
    "thanks": _says("you-are-welcome"),
    "goodbye": _says("see-you"),
    "leave_review": _review,
    "become_expert": _legal("become-expert"),
    "session_trouble": _human,
    "urgent_help": _human,
    "change_profile": _opens(Settings.main),
    "affirm": _yes_or_no,
    "deny": _yes_or_no,
    "chitchat": _says("small-talk"),
    "back": _back,
}
SPOKEN = frozenset(_COMMANDS)
