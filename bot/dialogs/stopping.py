"""A question back before something that cannot be started again is stopped."""

from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Window
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.widgets import Label, Tr


def stop_window(key: str, *, state: State, back: State, on_stop: Any, getter: Any) -> Window:
    """Asks with the text `key`; `on_stop` is done after a yes only."""
    return Window(
        Tr(key),
        Button(Label("button-stop-yes"), id="stop", on_click=on_stop),
        SwitchTo(Label("button-back"), id="back", state=back),
        state=state,
        getter=getter,
    )
