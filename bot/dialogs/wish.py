"""A wish of which only a part was understood: just what is missing is asked for."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Group, Row

from bot.dialogs.states import Experts, HalfWish
from bot.replies import FIRST_QUESTION, reply_to
from bot.turn import Turn, dialog_value, turn_of
from bot.widgets import Label, Tr, choice, menu_button
from bot.wish_data import from_data, to_data
from knowledge.model import Wish
from knowledge.wishes.completing import Missing, completed, leaves_open, missing, on_day

_LONGEST_ANSWER = 500


def _wish(manager: DialogManager) -> Wish:
    return from_data(dict(dialog_value(manager, "search") or {}))


def _zone(turn: Turn) -> str:
    return turn.member.time_zone or "UTC"


async def _topics(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    fields = (await turn.use_cases.read_topics()).within(None)
    return {"topics": [(one.id, one.names[turn.translate.language]) for one in fields]}


async def _days(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    wish, zone = _wish(dialog_manager), _zone(turn)
    today = turn.now.astimezone(ZoneInfo(zone)).date()
    days = {"wish-today": today, "wish-tomorrow": today + timedelta(days=1)}
    return {
        "days": [
            (day.isoformat(), turn.translate.plain(key))
            for key, day in days.items()
            if on_day(wish, day, zone=zone, now=turn.now)
        ]
    }


async def _choose_topic(_: CallbackQuery, __: Any, manager: DialogManager, topic: str) -> None:
    await _go_on(manager, completed(_wish(manager), Wish(topic=topic), **_here(manager)))


async def _any_topic(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _go_on(manager, _wish(manager), but=Missing.TOPIC)


async def _choose_day(_: CallbackQuery, __: Any, manager: DialogManager, day: str) -> None:
    wish = _wish(manager)
    await _go_on(manager, on_day(wish, date.fromisoformat(day), **_here(manager)) or wish)


async def _any_day(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _go_on(manager, _wish(manager), but=Missing.DAY)


async def _tell(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """What is written may say the missing part, or be something else altogether."""
    turn, text = turn_of(manager), (message.text or "")[:_LONGEST_ANSWER]
    before = _wish(manager)
    wish = completed(before, await turn.use_cases.read_wish(text, turn.member), **_here(manager))
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if missing(wish) != missing(before):
        await _go_on(manager, wish)
    elif leaves_open(text):
        asked = manager.current_context().state
        part = next(one for one, state in FIRST_QUESTION.items() if state == asked)
        await _go_on(manager, wish, but=part)
    elif not await reply_to(message, manager):
        await message.answer(turn.translate("wish-unclear"))


def _here(manager: DialogManager) -> dict[str, Any]:
    turn = turn_of(manager)
    return {"zone": _zone(turn), "now": turn.now}


async def _go_on(manager: DialogManager, wish: Wish, *, but: Missing | None = None) -> None:
    """Ask for the next missing part, or show who fits; what was left open once stays open."""
    left_open = {*(manager.dialog_data.get("open") or ()), *([str(but)] if but else [])}
    search = {**dict(dialog_value(manager, "search") or {}), **to_data(wish)}
    manager.dialog_data.update(search=search, open=sorted(left_open))
    still = [part for part in missing(wish) if part not in left_open]
    if still:
        await manager.switch_to(FIRST_QUESTION[still[0]])
    else:
        await manager.start(Experts.cards, data={"search": search})


half_wish = Dialog(
    Window(
        Tr("wish-topic"),
        Group(
            choice("topic", "topics", _choose_topic),
            width=2,
        ),
        Button(Label("wish-any-topic"), id="any", on_click=_any_topic),
        MessageInput(_tell, content_types=[ContentType.TEXT]),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=HalfWish.topic,
        getter=_topics,
    ),
    Window(
        Tr("wish-day"),
        Column(choice("day", "days", _choose_day)),
        Button(Label("wish-any-day"), id="any", on_click=_any_day),
        MessageInput(_tell, content_types=[ContentType.TEXT]),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=HalfWish.day,
        getter=_days,
    ),
)  # fmt: skip
