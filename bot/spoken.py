"""Commands said in words: "my sessions", "取消预约", "talk to a human"."""

from collections.abc import Awaitable, Callable

from aiogram.fsm.state import State
from aiogram.types import BufferedInputFile, Message
from aiogram_dialog import DialogManager

from bot.dialogs.menu import open_above
from bot.dialogs.states import Book, Menu, Money, Sessions, Settings, Survey, Zone
from bot.middlewares.turn import now_known_as
from bot.turn import turn_of
from workflows.notices import Meeting

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
    return await _with_session(message, manager, _open_cancel)


async def _reschedule(message: Message, manager: DialogManager) -> bool:
    return await _with_session(message, manager, _open_move)


async def _session_link(message: Message, manager: DialogManager) -> bool:
    return await _with_session(message, manager, _open_one)


async def _with_session(
    message: Message,
    manager: DialogManager,
    then: Callable[[DialogManager, Meeting], Awaitable[None]],
) -> bool:
    """With one session ahead it is clear which is meant; with several the list is shown."""
    turn = turn_of(manager)
    upcoming = await turn.use_cases.queries.upcoming(turn.member.id)
    if not upcoming:
        await message.answer(turn.translate("sessions-none-ahead"))
        return False
    if len(upcoming) == 1:
        await then(manager, upcoming[0])
    else:
        await open_above(manager, Sessions.list)
    return True


async def _open_cancel(manager: DialogManager, meeting: Meeting) -> None:
    await open_above(manager, Sessions.cancel, {"session": meeting.session.id})


async def _open_move(manager: DialogManager, meeting: Meeting) -> None:
    session = meeting.session
    await open_above(
        manager,
        Book.day,
        {"session": session.id, "offer": session.offer_id, "expert": session.expert_id},
    )


async def _open_one(manager: DialogManager, meeting: Meeting) -> None:
    await open_above(manager, Sessions.one, {"session": meeting.session.id})


async def _human(message: Message, manager: DialogManager) -> bool:
    await ask_human(message, manager, message.text or "")
    return False


async def ask_human(message: Message, manager: DialogManager, text: str) -> None:
    """The admins are told, and the person that they were."""
    turn = turn_of(manager)
    told = await turn.use_cases.ask_human(turn.member, text, command=turn.command("human"))
    key = "human-told" if told else "human-nobody"
    await message.answer(turn.translate(key, **turn.use_cases.operator))


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
    "my_sessions": _opens(Sessions.list),
    "cancel_session": _cancel_session,
    "reschedule_session": _reschedule,
    "session_link": _session_link,
    "refund": _legal("pay-support"),
    "payment_problem": _legal("pay-support"),
    "receipt": _opens(Money.list),
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
    "greet": _opens(Menu.main),
    "thanks": _says("you-are-welcome"),
    "goodbye": _says("see-you"),
    "leave_review": _review,
    "become_expert": _legal("become-expert"),
    "session_trouble": _human,
    "urgent_help": _human,
    "change_profile": _opens(Settings.main),
    "affirm": _opens(Menu.main),
    "deny": _opens(Menu.main),
    "back": _opens(Menu.main),
}
SPOKEN = frozenset(_COMMANDS)
