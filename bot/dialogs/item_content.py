"""What an item says: its title, its text or lessons, its file."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.item_being_written import (
    author_of,
    has_content,
    item_id,
    language_of,
    next_window,
    text_window,
    to_one,
)
from bot.dialogs.states import WriteItem
from bot.turn import turn_of
from bot.widgets import Label, Tr
from catalogue.errors import UnknownItem
from catalogue.model import LONGEST_TITLE, File, Item, Kind

_FILES = (
    ContentType.DOCUMENT, ContentType.AUDIO, ContentType.VIDEO, ContentType.VOICE,
    ContentType.PHOTO,
)  # fmt: skip


async def _title(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    item = await turn.use_cases.write_items.title(
        await author_of(manager), item_id(manager), language_of(manager), message.text or "",
        command=turn.command("title"),
    )  # fmt: skip
    lacks = not has_content(item, language_of(manager))
    await manager.switch_to(text_window(item) if lacks else next_window(item))


async def _text(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn, told = turn_of(manager), manager.dialog_data
    written = int(told.get("written") or 0)
    item = await turn.use_cases.write_items.add_text(
        await author_of(manager), item_id(manager), language_of(manager), message.text or "",
        anew=written == 0, command=turn.command("text"),
    )  # fmt: skip
    told["written"] = written + 1
    if item.kind is Kind.FILE:
        await _go_on(manager, item)


async def _done(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    found = await turn.use_cases.write_items.one(await author_of(manager), item_id(manager))
    await _go_on(manager, found.item)


async def _go_on(manager: DialogManager, of: Item) -> None:
    manager.dialog_data.update({"written": None, "language": None})
    await manager.switch_to(next_window(of))


async def _file(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn, file = turn_of(manager), _sent_file(message)
    if file is None:
        raise UnknownItem
    author = await author_of(manager)
    item = await turn.use_cases.write_items.put_file(
        author, item_id(manager), file, command=turn.command("file")
    )
    await manager.switch_to(
        WriteItem.text if not has_content(item, language_of(manager)) else next_window(item)
    )


def _sent_file(message: Message) -> File | None:
    if message.photo:
        return File("photo", message.photo[-1].file_id)
    for kind in ("document", "audio", "video", "voice"):
        found = getattr(message, kind)
        if found is not None:
            return File(kind, found.file_id)
    return None


async def _writing(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translate = turn_of(dialog_manager).translate
    written = int(dialog_manager.dialog_data.get("written") or 0)
    language = translate.language_name(language_of(dialog_manager))
    return {
        "texts": {"count": written, "language": language, "longest": LONGEST_TITLE},
        "some": written > 0,
    }


def _content_window(key: str, state: State) -> Window:
    """Takes one message after another until they are done."""
    return Window(
        Tr(key),
        MessageInput(_text, content_types=[ContentType.TEXT]),
        Button(Label("write-item-done"), id="done", on_click=_done, when="some"),
        to_one(),
        state=state,
        getter=_writing,
    )


title = Window(
    Tr("write-item-title"),
    MessageInput(_title, content_types=[ContentType.TEXT]),
    to_one(),
    state=WriteItem.title,
    getter=_writing,
)

text = _content_window("write-item-text", WriteItem.text)

lessons = _content_window("write-item-lessons", WriteItem.lessons)

file = Window(
    Tr("write-item-file"),
    MessageInput(_file, content_types=list(_FILES)),
    to_one(),
    state=WriteItem.file,
)
