"""The library: what can be had by topic and for this person, an item's page, reading."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo, Url

from bot.dialogs.pay import less_text, offer_invoice
from bot.dialogs.states import Library, PayCode
from bot.paging import page_buttons, paged
from bot.shown_items import item_label, item_text
from bot.turn import Turn, dialog_value, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from catalogue.model import Item, Kind
from workflows.topics import Taxonomy

_SHOWN = 8

Getter = Callable[..., Awaitable[dict[str, Any]]]


async def _home(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    topics = await turn.use_cases.read_topics()
    counts = await turn.use_cases.library.topics()
    mine = await turn.use_cases.library.mine(turn.member.id)
    suggested = await turn.use_cases.recommend_items(turn.member)
    lines = [
        turn.translate(
            "library-for-you-line", title=one.item.in_language(turn.translate.language)[1].title,
            reason=turn.translate.plain(one.reason.key, **one.shown(topics, turn.translate.language)),
        )
        for one in suggested
    ]  # fmt: skip
    fields = [
        (field.id, f"{topics.name(field.id, turn.translate.language)} ({count})")
        for field in topics.within(None)
        if (count := sum(counts.get(one, 0) for one in _within(topics, field.id)))
    ]
    return {
        "texts": {"count": len(mine)},
        "fields": fields,
        "empty": not fields,
        "filled": bool(fields),
        "for_you": "\n".join([turn.translate("library-for-you"), *lines]),
        "suggested": [(one.item.id, item_label(turn.translate, one.item)) for one in suggested],
        "mine": bool(mine),
    }


def _within(topics: Taxonomy, field: str) -> list[str]:
    return [field, *(one.id for one in topics.within(field))]


async def _open_field(_: CallbackQuery, __: Any, manager: DialogManager, field: str) -> None:
    manager.dialog_data.update({"field": field, "page": 0})
    await manager.switch_to(Library.topic)


async def _of_field(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, field = turn_of(dialog_manager), str(dialog_manager.dialog_data["field"])
    topics = await turn.use_cases.read_topics()
    found = await turn.use_cases.library.of_topics(_within(topics, field))
    mine = {one.item.id for one in await turn.use_cases.library.mine(turn.member.id)}
    return {
        "texts": {"topic": topics.name(field, turn.translate.language)},
        **_items(turn, dialog_manager, found, mine),
    }


async def _mine(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = [one.item for one in await turn.use_cases.library.mine(turn.member.id)]
    ids = {one.id for one in found}
    return {"texts": {"count": len(found)}, **_items(turn, dialog_manager, found, ids)}


def _items(
    turn: Turn, manager: DialogManager, found: Sequence[Item], mine: set[str]
) -> dict[str, Any]:
    shown, pages = paged(found, manager, size=_SHOWN)
    labels = [(one.id, item_label(turn.translate, one, owned=one.id in mine)) for one in shown]
    return {"items": labels, **pages}


async def _open_mine(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.update({"field": None, "page": 0})
    await manager.switch_to(Library.mine)


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    turn = turn_of(manager)
    manager.dialog_data["item"] = item_id
    await turn.use_cases.library.note_view(turn.member, item_id, command=turn.command("view"))
    await manager.switch_to(Library.item)


async def _item(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    page = await turn.use_cases.library.page(turn.member.id, _id(dialog_manager))
    owned, of = page.owned is not None, page.item
    course, paid = of.kind is Kind.COURSE, not owned and not of.is_free
    due = await turn.use_cases.library.due(turn.member.id, of) if paid else None
    payment = due.payment if due else None
    less = ""
    if payment is not None:
        less = less_text(turn.translate, payment.discount, payment.credit, payment.amount)
    url = payment.url if payment else None
    return {
        "text": less + await item_text(turn, page),
        "texts": {"price": (payment.amount if payment else of.price) or 0},
        "free": not owned and of.is_free,
        "paid": paid,
        "payable": paid and not url,
        "has_credit": due is not None and due.can_use_credit,
        "url": url or "", "has_url": bool(url),
        "readable": owned and course,
        "sendable": owned and not course,
    }  # fmt: skip


async def _take(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.library.take(turn.member, _id(manager), command=turn.command("take"))


async def _pay(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    checkout = await turn.use_cases.library.buy(turn.member, _id(manager))
    await offer_invoice(callback, checkout)


async def _by_credit(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.pay_less.item_by_credit(
        turn.member, _id(manager), command=turn.command("credit")
    )


async def _ask_code(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.start(PayCode.ask, data={"item": _id(manager)})


async def _send(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.library.send_again(turn.member, _id(manager), command=turn.command("send"))
    await callback.answer(turn.translate.plain("item-on-its-way"))


async def _read(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    reading = await turn.use_cases.library.read(turn.member, _id(manager))
    manager.dialog_data["lesson"] = reading.place
    await manager.switch_to(Library.lesson)


async def _lesson(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    reading = await turn.use_cases.library.read(
        turn.member, _id(dialog_manager), place=dialog_manager.dialog_data.get("lesson")
    )
    return {
        "texts": {
            "number": reading.place + 1, "count": reading.count,
            "title": reading.lesson.title, "text": reading.lesson.text,
        },
        "earlier": reading.place > 0, "later": reading.place + 1 < reading.count,
        "over": reading.place + 1 == reading.count,
    }  # fmt: skip


async def _lesson_before(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _turn_to(manager, manager.dialog_data["lesson"] - 1)


async def _lesson_after(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _turn_to(manager, manager.dialog_data["lesson"] + 1)


async def _turn_to(manager: DialogManager, place: int) -> None:
    # from the window's own place, so that a replayed tap turns no further
    turn = turn_of(manager)
    reading = await turn.use_cases.library.turn_to(turn.member, _id(manager), place)
    manager.dialog_data["lesson"] = reading.place


async def _back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    told = manager.dialog_data
    if told.get("field"):
        await manager.switch_to(Library.topic)
    elif "page" in told:
        await manager.switch_to(Library.mine)
    else:
        await manager.switch_to(Library.home)


async def _home_again(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop("page", None)
    manager.dialog_data.pop("field", None)
    await manager.switch_to(Library.home)


def _id(manager: DialogManager) -> str:
    return str(dialog_value(manager, "item"))


def _shelf(key: str, state: State, items: Getter) -> Window:
    return Window(
        Tr(key),
        Column(choice("item", "items", _open)),
        page_buttons(),
        Row(Button(Label("button-back"), id="back", on_click=_home_again), menu_button()),
        state=state,
        getter=items,
    )


library = Dialog(
    Window(
        Tr("library-home", when="filled"),
        Tr("library-empty", when="empty"),
        Shown("for_you", when="suggested"),
        Column(choice("suggested", "suggested", _open)),
        Column(choice("field", "fields", _open_field)),
        Button(Label("library-mine"), id="mine", on_click=_open_mine, when="mine"),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Library.home,
        getter=_home,
    ),
    _shelf("library-topic", Library.topic, _of_field),
    _shelf("library-mine-head", Library.mine, _mine),
    Window(
        Shown("text"),
        Button(Label("item-take"), id="take", on_click=_take, when="free"),
        Button(Label("item-pay"), id="pay", on_click=_pay, when="payable"),
        Url(Label("pay-by-card"), Shown("url"), id="card", when="has_url"),
        Button(Label("pay-by-credit"), id="credit", on_click=_by_credit, when="has_credit"),
        Button(Label("pay-by-code"), id="code", on_click=_ask_code, when="paid"),
        Button(Label("item-read"), id="read", on_click=_read, when="readable"),
        Button(Label("item-send-again"), id="send", on_click=_send, when="sendable"),
        Row(Button(Label("button-back"), id="back", on_click=_back), menu_button()),
        state=Library.item,
        getter=_item,
    ),
    Window(
        Tr("lesson-text"),
        Tr("lesson-over", when="over"),
        Row(
            Button(Label("lesson-earlier"), id="before", on_click=_lesson_before, when="earlier"),
            Button(Label("lesson-later"), id="after", on_click=_lesson_after, when="later"),
        ),
        Row(SwitchTo(Label("button-back"), id="back", state=Library.item), menu_button()),
        state=Library.lesson,
        getter=_lesson,
    ),
)  # fmt: skip
