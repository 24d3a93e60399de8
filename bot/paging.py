"""Long lists in a window, a page at a time."""

from collections.abc import Sequence
from typing import Any, TypeVar

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button, Row

from bot.widgets import Label

_PAGE = "page"
Item = TypeVar("Item")


def page_of(manager: DialogManager) -> int:
    """Which page is shown, from 0."""
    return int(manager.dialog_data.get(_PAGE) or 0)


def first_page(manager: DialogManager) -> None:
    """Begin anew."""
    manager.dialog_data[_PAGE] = 0


def paged(
    items: Sequence[Item], manager: DialogManager, *, size: int
) -> tuple[Sequence[Item], dict[str, Any]]:
    """The items of the page that is shown, and what `page_buttons` needs of the getter. A page
    that is not there any more gives way to the last one."""
    page = min(page_of(manager), max(0, len(items) - 1) // size)
    manager.dialog_data[_PAGE] = page
    shown = items[page * size : (page + 1) * size]
    return shown, {"has_earlier": page > 0, "has_later": len(items) > (page + 1) * size}


def page_buttons() -> Row:
    """To the page before and to the next one, where there are such."""
    return Row(
        Button(Label("book-earlier"), id="earlier", on_click=_earlier, when="has_earlier"),
        Button(Label("book-later"), id="later", on_click=_later, when="has_later"),
    )


async def _earlier(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[_PAGE] = max(0, page_of(manager) - 1)


async def _later(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[_PAGE] = page_of(manager) + 1
