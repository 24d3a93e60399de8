"""Language, time zone, messages, own data."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Group, Row, Start, SwitchTo

from bot.dialogs.states import Settings, Zone
from bot.middlewares.turn import now_known_as
from bot.spoken import send_my_data
from bot.state import forget_conversation
from bot.turn import turn_of
from bot.widgets import Label, Tr, choice, menu_button
from kernel.errors import DomainError
from kernel.ids import ExpertId
from kernel.languages import LANGUAGES
from people.model import Person
from texts.translator import Translator

_BEFORE = (2880, 1440, 180, 60, 15)
_USUAL = (1440, 60, 15)
_QUIET = ("22:00-08:00", "21:00-09:00", "23:00-07:00", "00:00-00:00")


async def _settings(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    person, translate = turn.member, turn.translate
    return {
        "texts": {
            "language": translate.language_name(person.language),
            "zone": turn.use_cases.places.zone_name(person.time_zone or "UTC", translate.language),
            "now": translate.time(turn.now),
            "marketing": translate.plain("on" if person.marketing else "off"),
            "profiling": translate.plain("on" if person.profiling else "off"),
        },
        "languages": [(one, translate.language_name(one, of=one)) for one in LANGUAGES],
    }


async def _set_language(_: CallbackQuery, __: Any, manager: DialogManager, language: str) -> None:
    turn = turn_of(manager)
    person = await turn.use_cases.change_preferences.language(turn.member.id, language)
    now_known_as(manager.middleware_data, person)
    await manager.switch_to(Settings.main)


async def _toggle_marketing(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    person = await turn.use_cases.change_preferences.marketing(
        turn.member.id, wanted=not turn.member.marketing
    )
    now_known_as(manager.middleware_data, person)


async def _reminders(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    person, translate = turn.member, turn.translate
    quiet = person.quiet or _QUIET[0]
    return {
        "plan": [
            (str(one), f"{'✅' if one in _plan(person) else '▫️'} "
                       f"{translate.plain('settings-remind-before', minutes=one)}")
            for one in _BEFORE
        ],
        "quiet": [
            (str(place), f"{'✅' if hours == quiet else '▫️'} {_hours(translate, hours)}")
            for place, hours in enumerate(_QUIET)
        ],
    }  # fmt: skip


def _plan(person: Person) -> tuple[int, ...]:
    return _USUAL if person.reminders is None else person.reminders


def _hours(translate: Translator, hours: str) -> str:
    begins, _, ends = hours.partition("-")
    return translate.plain("settings-never-quiet") if begins == ends else f"{begins}–{ends}"


async def _set_reminder(_: CallbackQuery, __: Any, manager: DialogManager, minutes: str) -> None:
    turn = turn_of(manager)
    plan = set(_plan(turn.member)) ^ {int(minutes)}
    person = await turn.use_cases.change_reminders.plan(turn.member.id, plan)
    now_known_as(manager.middleware_data, person)


async def _set_quiet(_: CallbackQuery, __: Any, manager: DialogManager, place: str) -> None:
    turn = turn_of(manager)
    person = await turn.use_cases.change_reminders.quiet(turn.member.id, _QUIET[int(place)])
    now_known_as(manager.middleware_data, person)


async def _toggle_profiling(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    person = await turn.use_cases.change_preferences.profiling(
        turn.member.id, wanted=not turn.member.profiling
    )
    now_known_as(manager.middleware_data, person)


async def _hidden(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    hidden = await turn.use_cases.hide_expert.hidden(turn.member.id)
    return {
        "hidden": [(one.id, turn.translate.plain("settings-show-again", expert=one.name))
                   for one in hidden],
        "texts": {"count": len(hidden)},
    }  # fmt: skip


async def _show_again(_: CallbackQuery, __: Any, manager: DialogManager, expert: str) -> None:
    turn = turn_of(manager)
    await turn.use_cases.hide_expert.take_back(
        turn.member, ExpertId(expert), command=turn.command("show-again")
    )


async def _export(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    if isinstance(callback.message, Message):
        await send_my_data(callback.message, manager)


async def _to_erase(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    credit = await turn.use_cases.money.credit(turn.member.id)
    packages = await turn.use_cases.packages.owned(turn.member.id)
    amounts = turn.translate.amounts(credit)
    return {
        "texts": {"credit": amounts}, "has_credit": bool(credit), "has_package": bool(packages),
    }  # fmt: skip


async def _erase(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    try:
        await turn.use_cases.erase_me(turn.member)
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key), show_alert=True)
        return
    if isinstance(callback.message, Message):
        await callback.message.edit_text(turn.translate("settings-erased"))
    await manager.reset_stack(remove_keyboard=False)
    forget_conversation()


settings = Dialog(
    Window(
        Tr("settings-main"),
        Row(
            SwitchTo(Label("settings-language"), id="language", state=Settings.language),
            Start(Label("settings-zone"), id="zone", state=Zone.ask),
        ),
        Button(Label("settings-marketing"), id="marketing", on_click=_toggle_marketing),
        SwitchTo(Label("settings-reminders"), id="reminders", state=Settings.reminders),
        SwitchTo(Label("settings-hidden"), id="hidden", state=Settings.hidden),
        SwitchTo(Label("settings-privacy"), id="privacy", state=Settings.privacy),
        Cancel(Label("button-back"), id="back"),
        state=Settings.main,
        getter=_settings,
    ),
    Window(
        Tr("settings-language-ask"),
        Row(choice("language", "languages", _set_language)),
        SwitchTo(Label("button-back"), id="back", state=Settings.main),
        state=Settings.language,
        getter=_settings,
    ),
    Window(
        Tr("settings-reminders-text"),
        Column(choice("plan", "plan", _set_reminder)),
        Group(
            choice("quiet", "quiet", _set_quiet),
            width=2,
        ),
        SwitchTo(Label("button-back"), id="back", state=Settings.main),
        state=Settings.reminders,
        getter=_reminders,
    ),
    Window(
        Tr("settings-hidden-text"),
        Column(choice("expert", "hidden", _show_again)),
        SwitchTo(Label("button-back"), id="back", state=Settings.main),
        state=Settings.hidden,
        getter=_hidden,
    ),
    Window(
        Tr("settings-privacy-text"),
        Button(Label("settings-profiling"), id="profiling", on_click=_toggle_profiling),
        Button(Label("settings-export"), id="export", on_click=_export),
        SwitchTo(Label("settings-erase"), id="erase", state=Settings.erase),
        SwitchTo(Label("button-back"), id="back", state=Settings.main),
        state=Settings.privacy,
        getter=_settings,
    ),
    Window(
        Tr("settings-erase-ask"),
        Tr("settings-erase-package", when="has_package"),
        Tr("settings-erase-credit", when="has_credit"),
        Button(Label("settings-erase-confirm"), id="yes", on_click=_erase),
        SwitchTo(Label("button-back"), id="back", state=Settings.privacy),
        menu_button(),
        state=Settings.erase,
        getter=_to_erase,
    ),
)  # fmt: skip
