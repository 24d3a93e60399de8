"""Whose item is being written, which, in what language, and what it lacks."""

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Row, SwitchTo

from bot.dialogs.states import WriteItem
from bot.turn import dialog_value, turn_of
from bot.widgets import Label, menu_button
from catalogue.errors import UnknownItem
from catalogue.model import Item, Kind
from workflows.write_items import Author


async def author_of(manager: DialogManager) -> Author:
    """The expert who writes, or an admin for the operator. Raises UnknownItem for others."""
    turn = turn_of(manager)
    if turn.admin and dialog_value(manager, "operator"):
        return Author(None, turn.user.id)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None:
        raise UnknownItem
    return Author(expert.id, turn.user.id)


def enter(manager: DialogManager, item_id: str) -> None:
    """From now on it is about this item, in the reader's language."""
    manager.dialog_data.update({"item": item_id, "written": None, "language": None})


def item_id(manager: DialogManager) -> str:
    """The item that it is about."""
    return str(dialog_value(manager, "item"))


def language_of(manager: DialogManager) -> str:
    """The language that is added, else the writer's."""
    return str(manager.dialog_data.get("language") or turn_of(manager).translate.language)


def has_content(of: Item, language: str) -> bool:
    """Whether there is more than a title in this language."""
    words = of.words.get(language)
    return words is not None and bool(words.text or words.lessons)


def text_window(of: Item) -> State:
    """Where its kind of content is given."""
    match of.kind:
        case Kind.COURSE:
            return WriteItem.lessons
        case Kind.FILE if of.file is None:
            return WriteItem.file
        case _:
            return WriteItem.text


def next_window(of: Item) -> State:
    """The window of the first thing that is missing, else the whole."""
    match of.missing():
        case "title":
            return WriteItem.title
        case "text":
            return text_window(of)
        case "price":
            return WriteItem.price
        case "rights":
            return WriteItem.rights
        case _:
            return WriteItem.one


def to_one() -> Row:
    """Back to the item's page, or to the menu."""
    return Row(SwitchTo(Label("button-back"), id="one", state=WriteItem.one), menu_button())
