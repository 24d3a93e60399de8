"""Widgets that show texts of the catalogues."""

from collections.abc import Callable, Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, StartMode
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Button, Select, Start, SwitchTo
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Text

from bot.dialogs.states import Menu
from bot.turn import turn_of
from texts.values import Value


class Tr(Text):
    """A text of the catalogues as HTML; its variables are `data["texts"]`."""

    def __init__(self, key: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self.key = key

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return turn_of(manager).translate.text(self.key, values(data))


class Label(Text):
    """A text of the catalogues for a button, where HTML has no meaning."""

    def __init__(self, key: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self.key = key

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return turn_of(manager).translate.plain(self.key, **values(data))


class Shown(Text):
    """Text that the getter made of catalogue texts, by its name in the data."""

    def __init__(self, name: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self.name = name

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return str(data[self.name])


class ItemLabel(Text):
    """The label of an item of a list: the second of its pair (id, label)."""

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return str(data["item"][1])


class BackTo(SwitchTo):
    """A step back to a window of the same dialog that depends on what its data says."""

    def __init__(self, to: Callable[[Mapping[str, Any]], State], key: str = "button-back") -> None:
        super().__init__(Label(key), id="back", state=State())
        self.to = to

    async def _on_click(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await manager.switch_to(self.to(manager.dialog_data))


def values(data: dict[str, Any]) -> dict[str, Value]:
    """The variables that a getter gave to the texts."""
    # inside a list widget the window's data is one level deeper
    inner = data.get("data", data)
    found: dict[str, Value] = inner.get("texts", {})
    return found


def item_id(item: tuple[str, str]) -> str:
    """The id of an item of a list."""
    return item[0]


def choice(name: str, items: str, on_click: OnItemClick[Select[str], str]) -> Select[str]:
    """A button for each item of a list, (id, label), that the getter gives as `items`."""
    return Select(ItemLabel(), id=name, item_id_getter=item_id, items=items, on_click=on_click)


def menu_button() -> Start:
    """Leaves whatever is open for the menu."""
    return Start(Label("button-menu"), id="menu", state=Menu.main, mode=StartMode.RESET_STACK)
