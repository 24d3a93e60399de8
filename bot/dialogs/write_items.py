"""An author's items: written and priced in the chat, with the rights declared, then listed.

An expert writes their own; an admin who is no expert here writes the operator's.
"""

from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo

from bot.amounts import read_amount, read_money
from bot.dialogs.states import WriteItem
from bot.shown_items import item_label, price_text, rights_text, title_of
from bot.turn import Turn, anew, dialog_value, once, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from catalogue.errors import UnknownItem
from catalogue.model import LONGEST_TITLE, File, Item, ItemState, Kind, Rights
from kernel.errors import DomainError
from kernel.languages import LANGUAGES
from kernel.money import Money
from workflows.write_items import Author, Written

_STARS = "XTR"
_LABEL = 40
_KINDS = (Kind.ARTICLE, Kind.COURSE, Kind.FILE)
_FILES = (
    ContentType.DOCUMENT, ContentType.AUDIO, ContentType.VIDEO, ContentType.VOICE,
    ContentType.PHOTO,
)  # fmt: skip


class NoPrice(DomainError):
    """Words that are no price."""

    key = "error-no-price"


async def _author(manager: DialogManager) -> Author:
    turn = turn_of(manager)
    if turn.admin and dialog_value(manager, "operator"):
        return Author(None, turn.user.id)
    expert = await turn.use_cases.queries.expert_of(turn.user.id)
    if expert is None:
        raise UnknownItem
    return Author(expert.id, turn.user.id)


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, author = turn_of(dialog_manager), await _author(dialog_manager)
    found = await turn.use_cases.write_items.mine(author)
    answers = []
    if author.expert is not None:
        answers = list(await turn.use_cases.publish_answers.answered(author.expert))
    return {
        "texts": {"count": len(found)},
        "items": [(one.item.id, _line(turn, one)) for one in found],
        "kinds": [(kind, turn.translate.plain(f"write-item-new-{kind}")) for kind in _KINDS],
        "answers": bool(answers),
        "questions": [(one.id, one.text[:_LABEL]) for one in answers],
    }


def _line(turn: Turn, one: Written) -> str:
    state = turn.translate.plain(f"item-state-{one.item.state}")
    title = title_of(one.item, turn.translate.language) or "…"
    return f"{title} · {state} · {one.owners}"


async def _new(_: CallbackQuery, __: Any, manager: DialogManager, kind: str) -> None:
    manager.dialog_data.update({"kind": kind, "question": None})
    anew(manager)
    await manager.switch_to(WriteItem.topic)


async def _of_answer(_: CallbackQuery, __: Any, manager: DialogManager, question: str) -> None:
    manager.dialog_data.update({"kind": Kind.ANSWER, "question": question})
    anew(manager)
    await manager.switch_to(WriteItem.topic)


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    _enter(manager, item_id)
    await manager.switch_to(WriteItem.one)


def _enter(manager: DialogManager, item_id: str) -> None:
    manager.dialog_data.update({"item": item_id, "written": None, "language": None})


async def _topics(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, author = turn_of(dialog_manager), await _author(dialog_manager)
    topics = await turn.use_cases.read_topics()
    known = [one.id for one in topics.topics if one.parent is not None]
    if author.expert is not None:
        known = list((await turn.use_cases.queries.expert(author.expert)).topics)
    language = turn.translate.language
    return {"topics": [(one, topics.name(one, language)) for one in known]}


async def _topic(_: CallbackQuery, __: Any, manager: DialogManager, topic: str) -> None:
    turn, author, told = turn_of(manager), await _author(manager), manager.dialog_data
    if told.get("question"):
        language = turn.translate.language
        item = await turn.use_cases.publish_answers.begin(
            author, str(told["question"]), topic, language, turn.translate.plain("item-kind-answer"),
            command=once(manager, "begin"),
        )  # fmt: skip
    else:
        item = await turn.use_cases.write_items.begin(
            author, Kind(told["kind"]), topic, command=once(manager, "begin")
        )
    _enter(manager, item.id)
    await manager.switch_to(WriteItem.title)


async def _title(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    item = await turn.use_cases.write_items.title(
        await _author(manager), _id(manager), _language(manager), message.text or "",
        command=turn.command("title"),
    )  # fmt: skip
    lacks = not _content(item, _language(manager))
    await manager.switch_to(_text_state(item) if lacks else _next(item))


def _content(of: Item, language: str) -> bool:
    words = of.words.get(language)
    return words is not None and bool(words.text or words.lessons)


def _text_state(of: Item) -> State:
    match of.kind:
        case Kind.COURSE:
            return WriteItem.lessons
        case Kind.FILE if of.file is None:
            return WriteItem.file
        case _:
            return WriteItem.text


def _next(of: Item) -> State:
    """The window of the first thing that is missing, else the whole."""
    match of.missing():
        case "title":
            return WriteItem.title
        case "text":
            return _text_state(of)
        case "price":
            return WriteItem.price
        case "rights":
            return WriteItem.rights
        case _:
            return WriteItem.one


async def _text(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn, told = turn_of(manager), manager.dialog_data
    written = int(told.get("written") or 0)
    item = await turn.use_cases.write_items.add_text(
        await _author(manager), _id(manager), _language(manager), message.text or "",
        anew=written == 0, command=turn.command("text"),
    )  # fmt: skip
    told["written"] = written + 1
    if item.kind is Kind.FILE:
        await _go_on(manager, item)


async def _done(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    found = await turn.use_cases.write_items.one(await _author(manager), _id(manager))
    await _go_on(manager, found.item)


async def _go_on(manager: DialogManager, of: Item) -> None:
    manager.dialog_data.update({"written": None, "language": None})
    await manager.switch_to(_next(of))


async def _file(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn, file = turn_of(manager), _sent_file(message)
    if file is None:
        raise UnknownItem
    author = await _author(manager)
    item = await turn.use_cases.write_items.put_file(
        author, _id(manager), file, command=turn.command("file")
    )
    await manager.switch_to(
        WriteItem.text if not _content(item, _language(manager)) else _next(item)
    )


def _sent_file(message: Message) -> File | None:
    if message.photo:
        return File("photo", message.photo[-1].file_id)
    for kind in ("document", "audio", "video", "voice"):
        found = getattr(message, kind)
        if found is not None:
            return File(kind, found.file_id)
    return None


async def _price(message: Message, _: MessageInput, manager: DialogManager) -> None:
    text = (message.text or "").strip()
    free = text.casefold() in {"0", "free", "免费"}
    price = Money(0, _STARS) if free else read_money(text) or read_amount(text, _STARS)
    if price is None:
        raise NoPrice
    await _set_price(manager, price)


async def _free(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _set_price(manager, Money(0, _STARS))


async def _set_price(manager: DialogManager, price: Money) -> None:
    turn = turn_of(manager)
    item = await turn.use_cases.write_items.price(
        await _author(manager), _id(manager), price, command=turn.command("price")
    )
    await manager.switch_to(_next(item))


async def _rights(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translate = turn_of(dialog_manager).translate
    return {"rights": [(one, translate.plain(f"rights-choice-{one}")) for one in Rights]}


async def _declare(_: CallbackQuery, __: Any, manager: DialogManager, rights: str) -> None:
    if rights == Rights.LICENSED:
        await manager.switch_to(WriteItem.source)
        return
    turn = turn_of(manager)
    item = await turn.use_cases.write_items.declare(
        await _author(manager), _id(manager), Rights(rights), command=turn.command("rights")
    )
    await manager.switch_to(_next(item))


async def _source(message: Message, _: MessageInput, manager: DialogManager) -> None:
    turn = turn_of(manager)
    item = await turn.use_cases.write_items.declare(
        await _author(manager), _id(manager), Rights.LICENSED, message.text or "",
        command=turn.command("rights"),
    )  # fmt: skip
    await manager.switch_to(_next(item))


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, author = turn_of(dialog_manager), await _author(dialog_manager)
    found = await turn.use_cases.write_items.one(author, _id(dialog_manager))
    of, translate = found.item, turn.translate
    draft = of.state is ItemState.DRAFT
    waits = of.kind is Kind.ANSWER and of.agreed_at is None
    missing = [one for one in LANGUAGES if one not in of.words]
    words = of.in_language(translate.language)[1]
    lines = [
        translate(
            "write-item-one", title=words.title or "…", text=of.preview(translate.language),
            state=translate.plain(f"item-state-{of.state}"), price=price_text(translate, of),
            languages=translate.listed(translate.language_name(one) for one in of.words),
            owners=found.owners,
        ),
        rights_text(translate, of),
    ]  # fmt: skip
    if of.note and draft:
        lines.append(translate("write-item-note", note=of.note))
    if waits:
        lines.append(translate("write-item-needs-consent"))
    return {
        "text": "\n\n".join(lines),
        "label": item_label(translate, of),
        "draft": draft,
        "file": draft and of.kind is Kind.FILE,
        "asks_consent": draft and waits,
        "can_submit": draft and not waits and author.expert is not None,
        "can_list": draft and not waits and author.expert is None,
        "can_withdraw": of.state in {ItemState.LISTED, ItemState.REVIEW},
        "languages": [
            (one, translate.plain("write-item-language", language=translate.language_name(one)))
            for one in missing
        ] if draft and of.words else [],
    }  # fmt: skip


async def _add_language(_: CallbackQuery, __: Any, manager: DialogManager, language: str) -> None:
    manager.dialog_data.update({"language": language, "written": None})
    await manager.switch_to(WriteItem.title)


async def _write_text(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    found = await turn.use_cases.write_items.one(await _author(manager), _id(manager))
    manager.dialog_data["written"] = None
    course = found.item.kind is Kind.COURSE
    await manager.switch_to(WriteItem.lessons if course else WriteItem.text)


async def _submit(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.write_items.submit(
        await _author(manager), _id(manager), command=turn.command("submit")
    )


async def _consent(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.publish_answers.ask_consent(
        await _author(manager), _id(manager), command=turn.command("consent")
    )
    await callback.answer(turn.translate.plain("write-item-asked"), show_alert=True)


async def _withdraw(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.write_items.withdraw(
        await _author(manager), _id(manager), command=turn.command("withdraw")
    )


async def _remove(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.write_items.remove(await _author(manager), _id(manager))
    await manager.switch_to(WriteItem.list)


async def _writing(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translate = turn_of(dialog_manager).translate
    written = int(dialog_manager.dialog_data.get("written") or 0)
    language = translate.language_name(_language(dialog_manager))
    return {
        "texts": {"count": written, "language": language, "longest": LONGEST_TITLE},
        "some": written > 0,
    }


def _language(manager: DialogManager) -> str:
    return str(manager.dialog_data.get("language") or turn_of(manager).translate.language)


def _id(manager: DialogManager) -> str:
    return str(dialog_value(manager, "item"))


def _to_one() -> Row:
    return Row(SwitchTo(Label("button-back"), id="one", state=WriteItem.one), menu_button())


def _content_window(key: str, state: State) -> Window:
    """Takes one message after another until they are done."""
    return Window(
        Tr(key),
        MessageInput(_text, content_types=[ContentType.TEXT]),
        Button(Label("write-item-done"), id="done", on_click=_done, when="some"),
        _to_one(),
        state=state,
        getter=_writing,
    )


write_items = Dialog(
    Window(
        Tr("write-items"),
        Column(choice("item", "items", _open)),
        Column(choice("kind", "kinds", _new)),
        SwitchTo(
            Label("write-item-of-answer"), id="answers", state=WriteItem.answers, when="answers"
        ),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=WriteItem.list,
        getter=_list,
    ),
    Window(
        Tr("write-item-answers"),
        Column(choice("question", "questions", _of_answer)),
        Row(SwitchTo(Label("button-back"), id="back", state=WriteItem.list), menu_button()),
        state=WriteItem.answers,
        getter=_list,
    ),
    Window(
        Tr("write-item-topic"),
        Column(choice("topic", "topics", _topic)),
        Row(SwitchTo(Label("button-back"), id="back", state=WriteItem.list), menu_button()),
        state=WriteItem.topic,
        getter=_topics,
    ),
    Window(
        Tr("write-item-title"),
        MessageInput(_title, content_types=[ContentType.TEXT]),
        _to_one(),
        state=WriteItem.title,
        getter=_writing,
    ),
    _content_window("write-item-text", WriteItem.text),
    _content_window("write-item-lessons", WriteItem.lessons),
    Window(
        Tr("write-item-file"),
        MessageInput(_file, content_types=list(_FILES)),
        _to_one(),
        state=WriteItem.file,
    ),
    Window(
        Tr("write-item-price"),
        MessageInput(_price, content_types=[ContentType.TEXT]),
        Button(Label("write-item-free"), id="free", on_click=_free),
        _to_one(),
        state=WriteItem.price,
    ),
    Window(
        Tr("write-item-rights"),
        Column(choice("rights", "rights", _declare)),
        _to_one(),
        state=WriteItem.rights,
        getter=_rights,
    ),
    Window(
        Tr("write-item-source"),
        MessageInput(_source, content_types=[ContentType.TEXT]),
        _to_one(),
        state=WriteItem.source,
    ),
    Window(
        Shown("text"),
        Button(Label("write-item-consent"), id="consent", on_click=_consent, when="asks_consent"),
        Button(Label("write-item-submit"), id="submit", on_click=_submit, when="can_submit"),
        Button(Label("write-item-list"), id="list", on_click=_submit, when="can_list"),
        Row(
            SwitchTo(Label("write-item-retitle"), id="title", state=WriteItem.title),
            Button(Label("write-item-rewrite"), id="text", on_click=_write_text),
            when="draft",
        ),
        SwitchTo(Label("write-item-refile"), id="file", state=WriteItem.file, when="file"),
        Row(
            SwitchTo(Label("write-item-reprice"), id="price", state=WriteItem.price),
            SwitchTo(Label("write-item-redeclare"), id="rights", state=WriteItem.rights),
            when="draft",
        ),
        Column(choice("language", "languages", _add_language)),
        Button(Label("write-item-withdraw"), id="off", on_click=_withdraw, when="can_withdraw"),
        SwitchTo(
            Label("write-item-remove"), id="remove", state=WriteItem.remove, when="draft"
        ),
        Row(SwitchTo(Label("button-back"), id="back", state=WriteItem.list), menu_button()),
        state=WriteItem.one,
        getter=_one,
    ),
    Window(
        Tr("write-item-remove-ask"),
        Button(Label("write-item-remove"), id="yes", on_click=_remove),
        _to_one(),
        state=WriteItem.remove,
    ),
)  # fmt: skip
