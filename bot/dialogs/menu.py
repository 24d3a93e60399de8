"""The main menu."""

from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.widgets.kbd import Row, Start

from bot.dialogs.states import (
    Admin,
    ExpertHome,
    Library,
    Menu,
    Money,
    Questionnaire,
    Sessions,
    Settings,
)
from bot.turn import turn_of
from bot.widgets import Label, Tr

_DEEPEST = 6


async def _menu(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    return {
        "texts": {"name": turn.member.first_name},
        "expert": expert is not None,
        "admin": turn.admin,
    }


menu = Dialog(
    Window(
        Tr("menu-main"),
        Start(Label("menu-find"), id="find", state=Questionnaire.field),
        Row(
            Start(Label("menu-sessions"), id="sessions", state=Sessions.list),
            Start(Label("menu-settings"), id="settings", state=Settings.main),
        ),
        Row(
            Start(Label("menu-library"), id="library", state=Library.home),
            Start(Label("menu-money"), id="money", state=Money.list),
        ),
        Start(Label("menu-expert"), id="expert", state=ExpertHome.agenda, when="expert"),
        Start(Label("menu-admin"), id="admin", state=Admin.home, when="admin"),
        state=Menu.main,
        getter=_menu,
    )
)


async def open_menu(manager: DialogManager) -> None:
    """Show the menu afresh; whatever was open is left."""
    await manager.start(Menu.main, mode=StartMode.RESET_STACK)


async def lay_menu(manager: DialogManager) -> None:
    """The menu as the only window, not shown yet: what is opened next returns to it."""
    await manager.start(Menu.main, mode=StartMode.RESET_STACK, show_mode=ShowMode.NO_UPDATE)


async def open_above(
    manager: DialogManager, state: State, data: dict[str, Any] | None = None
) -> None:
    """Open a window, in a new message, above what is open, to which "Back" returns.

    A pile that nobody will go back through gives way to the menu first. What is open already is
    shown again instead, so that "Back" does not lead to the same.
    """
    if is_open(manager, state) and manager.current_context().start_data == data:
        await manager.show(ShowMode.SEND)
        return
    if not 0 < len(manager.current_stack().intents) < _DEEPEST:
        await lay_menu(manager)
    await manager.start(state, data=data, show_mode=ShowMode.SEND)


def is_open(manager: DialogManager, state: State) -> bool:
    """Whether a window is the one that is open."""
    return manager.has_context() and bool(manager.current_context().state == state)
