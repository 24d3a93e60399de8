"""Free text at any moment, also in the middle of a dialog."""

from aiogram import Router
from aiogram.types import Message
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import Context
from aiogram_dialog.api.internal import CONTEXT_KEY

from bot.dialogs import FILE_STATES, RECORDING_STATES, TEXT_STATES
from bot.filters import SlashCommand, Wordless, Words
from bot.replies import LONGEST_TEXT, not_understood, reply_to, show_window_again
from bot.turn import Turn, turn_of
from bot.written import words_of

router = Router(name="free_text")


async def _window_takes_no_text(_: Message, **data: object) -> bool:
    """Windows that ask for a text handle it themselves."""
    context = data.get(CONTEXT_KEY)
    return not (isinstance(context, Context) and context.state.state in TEXT_STATES)


async def _window_takes_no_such_file(message: Message, **data: object) -> bool:
    """Windows that take a photo, a document or a recording handle it themselves."""
    context = data.get(CONTEXT_KEY)
    state = context.state.state if isinstance(context, Context) else None
    file = message.photo or message.document
    recording = message.audio or message.video or message.voice
    return not (
        (state in FILE_STATES and file) or (state in RECORDING_STATES and (file or recording))
    )


@router.message(Words(), _window_takes_no_text)
async def understand(message: Message, dialog_manager: DialogManager) -> None:
    """A question, a wish, a command, or honestly none of them."""
    turn = turn_of(dialog_manager)
    words_of(message, longest=LONGEST_TEXT)
    if await reply_to(message, dialog_manager):
        return
    await not_understood(message, turn)
    await show_window_again(dialog_manager)


@router.message(SlashCommand())
async def unknown_command(message: Message, turn: Turn) -> None:
    """A command that does not exist."""
    await message.answer(turn.translate("unknown-command"))


@router.message(Wordless(), _window_takes_no_such_file)
async def not_a_text(message: Message, dialog_manager: DialogManager) -> None:
    """Stickers, photos, voice: said to be unreadable, and nothing is lost."""
    await message.answer(turn_of(dialog_manager).translate("error-only-text"))
    await show_window_again(dialog_manager)
