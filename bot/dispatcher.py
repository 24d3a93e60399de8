"""The dispatchers: one for everything in its turn, one for what cannot wait."""

import logging

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, Update
from aiogram_dialog import setup_dialogs

from bot.dialog_ids import use_random_ids
from bot.dialogs.admin import admin
from bot.dialogs.admin_money import admin_money
from bot.dialogs.answer_poll import answer_poll
from bot.dialogs.book import book
from bot.dialogs.broadcast import broadcast
from bot.dialogs.calendars import calendars
from bot.dialogs.clients import clients
from bot.dialogs.expert_home import expert_home
from bot.dialogs.expert_money import expert_money
from bot.dialogs.experts import experts
from bot.dialogs.faq import faq
from bot.dialogs.hours import hours
from bot.dialogs.letters import to_person, to_team
from bot.dialogs.library import library
from bot.dialogs.menu import menu
from bot.dialogs.money import money
from bot.dialogs.pay_code import pay_code
from bot.dialogs.polls import polls
from bot.dialogs.questionnaire import questionnaire
from bot.dialogs.questions import answer, ask
from bot.dialogs.review_items import review_items
from bot.dialogs.sequences import sequences
from bot.dialogs.sessions import sessions
from bot.dialogs.settings import settings
from bot.dialogs.subscriptions import subscriptions
from bot.dialogs.survey import note, survey
from bot.dialogs.unanswered import unanswered
from bot.dialogs.wish import half_wish
from bot.dialogs.write_items import write_items
from bot.dialogs.zone import zone
from bot.handlers import (
    blocked,
    broadcasts,
    by_minute,
    campaigns,
    commands,
    consent,
    danger,
    errors,
    free_text,
    item_notices,
    letters,
    money_notices,
    notices,
    payments,
    question_notices,
    relay,
    service_messages,
    split_texts,
    unknown,
)
from bot.handlers.commands import MENU_COMMANDS
from bot.middlewares.admins import AdminWindows
from bot.middlewares.genuine import GenuineTap
from bot.middlewares.turn import TurnMiddleware
from bot.state import DraftStorage
from kernel.languages import LANGUAGES, nearest_language
from texts.translator import Translator

_log = logging.getLogger(__name__)

_DIALOGS = (
    menu, questionnaire, zone, half_wish, experts, book, sessions, settings, survey, note, expert_home, clients,
    admin, broadcast, sequences, polls, answer_poll, faq, unanswered, hours,
    calendars, money, pay_code, expert_money, admin_money, ask, answer, subscriptions,
    library, write_items, review_items, to_person, to_team,
)  # fmt: skip


def make_dispatcher(turns: TurnMiddleware) -> Dispatcher:
    """Handles a person's updates in their order. A process makes one; routers have one parent."""
    dispatcher = Dispatcher(storage=DraftStorage())
    dispatcher.update.outer_middleware(turns)
    dispatcher.include_routers(
        errors.router, blocked.router, payments.router, service_messages.router,
        danger.router, consent.router, campaigns.router, commands.router, split_texts.router,
        relay.router, by_minute.router, notices.router, money_notices.router, broadcasts.router,
        question_notices.router, item_notices.router, letters.router, free_text.router,
        *_DIALOGS, unknown.router,
    )  # fmt: skip
    use_random_ids()
    setup_dialogs(dispatcher)
    # after the dialogs', which find out which window is open, and whether a button is of it
    dispatcher.callback_query.outer_middleware(GenuineTap())
    dispatcher.callback_query.middleware(AdminWindows())
    dispatcher.message.middleware(AdminWindows())
    return dispatcher


def make_urgent_dispatcher(turns: TurnMiddleware) -> Dispatcher:
    """Answers pre-checkout queries at once."""
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(turns)
    dispatcher.include_router(payments.pre_checkout)
    return dispatcher


async def introduce(bot: Bot) -> None:
    """Tell Telegram the commands; the bot works as well where that is refused."""
    for language in LANGUAGES:
        translate = Translator(language)
        menu_commands = [
            BotCommand(command=name, description=translate.plain(f"command-{name}"))
            for name in MENU_COMMANDS
        ]
        code = None if language == nearest_language(None) else language
        try:
            await bot.set_my_commands(menu_commands, language_code=code)
            await bot.set_my_description(translate.plain("bot-description"), language_code=code)
        except TelegramAPIError as error:
            _log.warning("Telegram did not take the bot's commands: %s", error)


async def apologise(bot: Bot, update: Update, error_id: str) -> None:
    """An update failed for good: the person learns the id that the log has."""
    event = update.message or update.callback_query
    if event is None or event.from_user is None:
        return
    translate = Translator(nearest_language(event.from_user.language_code))
    await bot.send_message(event.from_user.id, translate("error-ours", id=error_id))
