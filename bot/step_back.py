""" "Back" in words does what the button of the open window does."""

from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.manager.manager import ManagerImpl
from aiogram_dialog.widgets.kbd import Back, Cancel, SwitchTo

_BACK = ("back", "back_to_field", "close")
"""The ids of buttons that lead a step back."""


async def step_back(message: Message, manager: DialogManager) -> bool:
    """Go a step back from the window that is open; False where it has no such button."""
    if not isinstance(manager, ManagerImpl) or not manager.has_context():
        return False
    dialog = manager.dialog()
    window = dialog.windows[manager.current_context().state] if isinstance(dialog, Dialog) else None
    if not isinstance(window, Window):
        return False
    data = await window.load_data(dialog, manager)
    for button in map(window.find, _BACK):
        if isinstance(button, Back | Cancel | SwitchTo) and button.is_(data, manager):
            await button.process_event(message, button, manager)
            return True
    return False
