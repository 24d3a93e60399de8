"""`/start` with a campaign code, by somebody who is with us already."""

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.dialogs.menu import open_menu
from bot.turn import turn_of

router = Router(name="campaigns")


@router.message(CommandStart(deep_link=True))
async def follow(_: Message, command: CommandObject, dialog_manager: DialogManager) -> None:
    """The link of a campaign: noted, and the main menu is shown."""
    turn = turn_of(dialog_manager)
    await turn.use_cases.note_campaign(
        turn.member, command.args or "", command=turn.command("campaign")
    )
    await open_menu(dialog_manager)
