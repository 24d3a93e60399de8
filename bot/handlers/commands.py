"""Slash commands, each at any moment."""

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.menu import open_above, open_menu
from bot.dialogs.states import Admin, Hours, Library, Money, Questionnaire, Sessions, Settings, Zone
from bot.replies import keyboard
from bot.spoken import ask_human, carry_out, say_legal, send_my_data
from bot.turn import Turn, turn_of

router = Router(name="commands")

# Shown in Telegram's menu, in this order; the texts are `command-…`.
MENU_COMMANDS = (
    "menu", "find", "sessions", "library", "settings", "language", "timezone", "human", "mydata",
    "privacy", "terms", "payments", "paysupport", "help", "cancel",
)  # fmt: skip


@router.message(CommandStart())
@router.message(Command("menu"))
async def menu(_: Message, dialog_manager: DialogManager) -> None:
    """The main menu."""
    await open_menu(dialog_manager)


@router.message(Command("cancel"))
async def cancel(message: Message, dialog_manager: DialogManager) -> None:
    """Leave whatever is open."""
    await message.answer(turn_of(dialog_manager).translate("left-dialog"))
    await open_menu(dialog_manager)


@router.message(Command("find"))
async def find(_: Message, dialog_manager: DialogManager) -> None:
    """The questionnaire."""
    await open_menu(dialog_manager)
    await dialog_manager.start(Questionnaire.field, show_mode=ShowMode.EDIT)


@router.message(Command("sessions"))
async def sessions(_: Message, dialog_manager: DialogManager) -> None:
    """The person's sessions."""
    await open_above(dialog_manager, Sessions.list)


@router.message(Command("library"))
async def library(_: Message, dialog_manager: DialogManager) -> None:
    """Articles, courses, recorded answers, and what the person has of them."""
    await open_above(dialog_manager, Library.home)


@router.message(Command("hours"))
async def hours(_: Message, dialog_manager: DialogManager, turn: Turn) -> None:
    """An expert's hours."""
    await turn.expert()
    await open_above(dialog_manager, Hours.week)


@router.message(Command("settings"))
async def settings(_: Message, dialog_manager: DialogManager) -> None:
    """Language, zone, messages, own data."""
    await open_above(dialog_manager, Settings.main)


@router.message(Command("language"))
async def language(_: Message, dialog_manager: DialogManager) -> None:
    """Another language."""
    await open_above(dialog_manager, Settings.language)


@router.message(Command("timezone"))
async def time_zone(_: Message, dialog_manager: DialogManager) -> None:
    """Another time zone."""
    await open_above(dialog_manager, Zone.ask)


@router.message(Command("privacy"))
async def privacy(message: Message, dialog_manager: DialogManager) -> None:
    """The privacy notice."""
    await say_legal("privacy-notice", message, dialog_manager)


@router.message(Command("terms"))
async def terms(message: Message, dialog_manager: DialogManager) -> None:
    """The terms."""
    await say_legal("terms-text", message, dialog_manager)


@router.message(Command("paysupport"))
async def pay_support(message: Message, dialog_manager: DialogManager) -> None:
    """Help with payments; Telegram asks every bot that takes money to have it."""
    turn = turn_of(dialog_manager)
    await message.answer(
        turn.translate("pay-support", **turn.use_cases.operator),
        reply_markup=keyboard([(turn.translate.plain("menu-money"), "money:open")]),
    )


@router.message(Command("payments"))
async def payments(_: Message, dialog_manager: DialogManager) -> None:
    """What the person paid, what came back, their credit."""
    await open_above(dialog_manager, Money.list)


@router.message(Command("help"))
async def help_(message: Message, dialog_manager: DialogManager) -> None:
    """What the bot can do."""
    await say_legal("help-text", message, dialog_manager)


@router.message(Command("human"))
async def human(message: Message, dialog_manager: DialogManager) -> None:
    """Talk to a human."""
    await ask_human(message, dialog_manager, "")


@router.message(Command("mydata"))
async def my_data(message: Message, dialog_manager: DialogManager) -> None:
    """The person's own data as a file."""
    await send_my_data(message, dialog_manager)


@router.message(Command("stop"))
async def stop(message: Message, dialog_manager: DialogManager) -> None:
    """No marketing any more."""
    await carry_out("stop_messages", message, dialog_manager)


@router.message(Command("admin"))
async def admin(message: Message, dialog_manager: DialogManager, turn: Turn) -> None:
    """The admins' pages; nobody else learns that they exist."""
    if turn.admin:
        await open_above(dialog_manager, Admin.home)
    else:
        await message.answer(turn.translate("unknown-command"))
