"""Before anything about a person is stored they agree to the privacy notice.

Nothing of this is a dialog, so no conversation is stored before the yes: language and campaign
travel in the buttons.
"""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, TelegramObject, User
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.menu import lay_menu, open_menu
from bot.dialogs.states import Zone
from bot.filters import Data
from bot.middlewares.turn import now_known_as
from bot.replies import keyboard
from bot.turn import Turn, turn_of
from kernel.languages import LANGUAGES, nearest_language
from texts.translator import Translator
from workflows.onboard import Newcomer

router = Router(name="consent")

_LONGEST_CAMPAIGN = 24


async def _is_stranger(_: TelegramObject, turn: Turn) -> bool:
    return turn.person is None


@router.message(_is_stranger, Command("privacy", "terms", "help", "paysupport"))
async def read_first(message: Message, command: CommandObject, turn: Turn) -> None:
    """The operator's pages can be read before agreeing."""
    keys = {
        "privacy": "privacy-notice", "terms": "terms-text", "help": "help-text",
        "paysupport": "pay-support",
    }  # fmt: skip
    await message.answer(turn.translate(keys[command.command], **turn.use_cases.operator))


@router.message(_is_stranger, CommandStart())
async def start(message: Message, command: CommandObject, turn: Turn) -> None:
    """The first message, perhaps with the code of the link they came by."""
    await _ask(message, turn, campaign=command.args or "")


@router.message(_is_stranger)
async def anything_else(message: Message, turn: Turn) -> None:
    """Whatever a stranger writes: they are asked first."""
    await _ask(message, turn, campaign="")


async def _ask(message: Message, turn: Turn, *, campaign: str) -> None:
    language, code = turn.translate.language, _campaign(campaign)
    await message.answer(
        turn.translate("consent-ask", **turn.use_cases.operator),
        reply_markup=_buttons(turn.translate, language, code),
    )


def _campaign(code: str) -> str:
    return code if code.isalnum() and len(code) <= _LONGEST_CAMPAIGN else ""


def _choice(callback: CallbackQuery) -> tuple[str, str]:
    """Language and campaign of a button, which may be forged."""
    parts = [*(callback.data or "").split(":"), "", ""]
    language, campaign = parts[2], parts[3]
    return language, _campaign(campaign)


def _buttons(translate: Translator, language: str, campaign: str) -> InlineKeyboardMarkup:
    others = [one for one in LANGUAGES if one != language]
    return keyboard(
        [
            (translate.plain("consent-agree"), f"consent:agree:{language}:{campaign}"),
            *(
                (translate.language_name(one, of=one), f"consent:language:{one}:{campaign}")
                for one in others
            ),
            (translate.plain("consent-read"), f"consent:read:{language}:{campaign}"),
        ]
    )


@router.callback_query(_is_stranger, Data("consent:agree:"))
async def agree(callback: CallbackQuery, dialog_manager: DialogManager, turn: Turn) -> None:
    """They agreed: from now on they are stored."""
    language, campaign = _choice(callback)
    user: User = callback.from_user
    person = await turn.use_cases.join(
        Newcomer(
            telegram_id=user.id, first_name=user.first_name, username=user.username,
            language=nearest_language(language), campaign=campaign or None,
        ),
        command=turn.command("join"),
    )  # fmt: skip
    turn = now_known_as(dialog_manager.middleware_data, person)
    if isinstance(callback.message, Message):
        await callback.message.edit_text(turn.translate("consent-thanks", name=person.first_name))
    await callback.answer()
    await _begin(dialog_manager, turn)


@router.callback_query(_is_stranger, Data("consent:language:"))
async def other_language(callback: CallbackQuery, turn: Turn) -> None:
    """The same notice in another language."""
    language, campaign = _choice(callback)
    translate = Translator(nearest_language(language))
    if isinstance(callback.message, Message):
        await callback.message.edit_text(
            translate("consent-ask", **turn.use_cases.operator),
            reply_markup=_buttons(translate, translate.language, campaign),
        )
    await callback.answer()


@router.callback_query(Data("consent:read:"))
async def read_notice(callback: CallbackQuery, turn: Turn) -> None:
    """The whole privacy notice."""
    language, _ = _choice(callback)
    translate = Translator(nearest_language(language))
    if isinstance(callback.message, Message):
        await callback.message.answer(translate("privacy-notice", **turn.use_cases.operator))
    await callback.answer()


@router.callback_query(_is_stranger)
async def old_button(callback: CallbackQuery, turn: Turn) -> None:
    """A button of somebody who is not stored (any more): they are asked again."""
    await callback.answer()
    if isinstance(callback.message, Message):
        await _ask(callback.message, turn, campaign="")


@router.callback_query(Data("consent:"))
async def agreed_before(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """A second tap on "agree" changes nothing; one that is handled again after a crash, before a
    window was open, begins as the first."""
    turn = turn_of(dialog_manager)
    if dialog_manager.has_context():
        await callback.answer(turn.translate.plain("button-gone"))
    else:
        await callback.answer()
        await _begin(dialog_manager, turn)


async def _begin(manager: DialogManager, turn: Turn) -> None:
    """The menu; the question for the zone first, as long as it is open."""
    if turn.member.time_zone is not None:
        return await open_menu(manager)
    await lay_menu(manager)
    return await manager.start(Zone.ask, show_mode=ShowMode.AUTO)
