"""The team and a person write to each other through the bot."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Cancel

from bot.dialogs.states import ToPerson, ToTeam
from bot.spoken import ask_human
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, Tr
from bot.written import words_of
from kernel.ids import PersonId

_LONGEST = 3500


async def _reader(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    reader = await turn_of(dialog_manager).use_cases.write_to_person.reader(_to(dialog_manager))
    return {"texts": {"client": reader.first_name}}


def _to(manager: DialogManager) -> PersonId:
    return PersonId(dialog_value(manager, "person"))


async def _to_person(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.write_to_person(
        turn.user.id, _to(manager), words_of(message, longest=_LONGEST),
        command=turn.command("letter"),
    )  # fmt: skip
    await message.answer(turn.translate("to-person-sent"))
    await manager.done()


async def _to_team(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await ask_human(message, manager, words_of(message, longest=_LONGEST))
    await manager.done()


to_person = Dialog(
    Window(
        Tr("to-person-ask"),
        MessageInput(_to_person, content_types=[ContentType.TEXT]),
        Cancel(Label("button-back"), id="back"),
        state=ToPerson.text,
        getter=_reader,
    )
)

to_team = Dialog(
    Window(
        Tr("to-team-ask"),
        MessageInput(_to_team, content_types=[ContentType.TEXT]),
        Cancel(Label("button-back"), id="back"),
        state=ToTeam.text,
    )
)
