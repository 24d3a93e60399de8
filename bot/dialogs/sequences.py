"""Drip sequences, for admins: after what, when, the texts; how far they are; stop."""

from collections.abc import Mapping
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, SwitchTo

from bot.dialogs.states import Sequences
from bot.dialogs.stopping import stop_window
from bot.markup import LONGEST_TEXT
from bot.shown import headline
from bot.turn import turn_of
from bot.widgets import BackTo, Label, Shown, Tr, choice
from bot.written import markup_of
from kernel.errors import DomainError
from people.model import Trigger
from storage.outbox import PLANNED, SENDING, SENT, VOID, NoticeButton
from storage.outbox import Message as Said

_DAYS = (1, 3, 7, 14, 30)
_MOST_STEPS = 8
_TITLE = 40


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    translate, found = turn.translate, await turn.use_cases.sequences.going()
    lines = [
        (
            one.sequence.id,
            f"{translate.plain(f'sequence-{one.sequence.trigger}')}"
            f" · {headline(translate, one.sequence.steps[0].message.text, _TITLE)}",
        )
        for one in found
    ]
    return {"found": lines, "texts": {"count": len(lines)}}


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, sequence: str) -> None:
    manager.dialog_data["sequence"] = sequence
    await manager.switch_to(Sequences.one)


async def _triggers(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translate = turn_of(dialog_manager).translate
    return {"triggers": [(one.value, translate.plain(f"sequence-{one}")) for one in Trigger]}


async def _trigger(_: CallbackQuery, __: Any, manager: DialogManager, trigger: str) -> None:
    manager.dialog_data["trigger"] = trigger
    manager.dialog_data["steps"] = []
    await manager.switch_to(Sequences.days)


async def _days(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    translate = turn_of(dialog_manager).translate
    return {"days": [(str(one), translate.plain("sequence-days", days=one)) for one in _DAYS]}


def _before_days(told: Mapping[str, Any]) -> State:
    return Sequences.check if told.get("steps") else Sequences.trigger


async def _day(_: CallbackQuery, __: Any, manager: DialogManager, days: str) -> None:
    manager.dialog_data["step"] = {"days": int(days), "text": {}}
    await manager.switch_to(Sequences.english)


async def _english(message: Message, _: MessageInput, manager: DialogManager) -> None:
    _take(message, manager, "en")
    await manager.switch_to(Sequences.chinese)


async def _chinese(message: Message, _: MessageInput, manager: DialogManager) -> None:
    _take(message, manager, "zh")
    await _written(manager)


def _take(message: Message, manager: DialogManager, language: str) -> None:
    text = markup_of(message, longest=LONGEST_TEXT)
    step: Any = manager.dialog_data["step"]
    manager.dialog_data["step"] = {**step, "text": {**step["text"], language: text}}


async def _no_chinese(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _written(manager)


async def _written(manager: DialogManager) -> None:
    told: Any = manager.dialog_data
    told["steps"] = sorted([*told["steps"], told["step"]], key=lambda one: int(one["days"]))
    await manager.switch_to(Sequences.check)


async def _check(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, told = turn_of(dialog_manager), dialog_manager.dialog_data
    steps: Any = told["steps"]
    lines = [
        turn.translate(
            "sequence-draft", title=headline(turn.translate, one["text"], _TITLE),
            when=turn.translate.plain("sequence-days", days=one["days"]),
        )
        for one in steps
    ]  # fmt: skip
    head = turn.translate(
        "sequence-check", trigger=turn.translate.plain(f"sequence-{told['trigger']}")
    )
    return {"text": "\n\n".join([head, *lines]), "more": len(steps) < _MOST_STEPS}


async def _start(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    turn, told = turn_of(manager), manager.dialog_data
    button = NoticeButton("button-find-expert", "menu:experts")
    given: Any = told["steps"]
    steps = [(int(one["days"]), Said(one["text"], buttons=[button])) for one in given]
    try:
        told["sequence"] = await turn.use_cases.sequences.start(
            Trigger(str(told["trigger"])), steps, command=turn.command("sequence")
        )
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key), show_alert=True)
        return
    await manager.switch_to(Sequences.one)


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    translate, wanted = turn.translate, dialog_manager.dialog_data["sequence"]
    for one in await turn.use_cases.sequences.going():
        if one.sequence.id == wanted:
            lines = [
                translate(
                    "sequence-step", days=step.days, title=headline(translate, step.message.text, _TITLE),
                    sent=counts[SENT], waiting=counts[PLANNED] + counts[SENDING],
                    void=counts[VOID],
                )
                for step, counts in zip(one.sequence.steps, one.counts, strict=True)
            ]  # fmt: skip
            head = translate(
                "sequence-head", trigger=translate.plain(f"sequence-{one.sequence.trigger}")
            )
            first = headline(translate, one.sequence.steps[0].message.text, _TITLE)
            return {
                "text": "\n\n".join([head, *lines]),
                "going": True,
                "texts": {"title": first},
            }
    return {"text": translate("sequence-over"), "going": False, "texts": {"title": "—"}}


async def _stop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await turn_of(manager).use_cases.sequences.stop(str(manager.dialog_data["sequence"]))
    await manager.switch_to(Sequences.one)


_TEXT = [ContentType.TEXT]

sequences = Dialog(
    Window(
        Tr("sequences-list"),
        Column(choice("found", "found", _open)),
        SwitchTo(Label("sequences-new"), id="new", state=Sequences.trigger),
        Cancel(Label("button-back"), id="back"),
        state=Sequences.list,
        getter=_list,
    ),
    Window(
        Tr("sequence-after-what"),
        Column(choice("triggers", "triggers", _trigger)),
        SwitchTo(Label("button-back"), id="back", state=Sequences.list),
        state=Sequences.trigger,
        getter=_triggers,
    ),
    Window(
        Tr("sequence-when"),
        Column(choice("days", "days", _day)),
        BackTo(_before_days),
        state=Sequences.days,
        getter=_days,
    ),
    Window(
        Tr("sequence-english"),
        MessageInput(_english, content_types=_TEXT),
        SwitchTo(Label("button-back"), id="back", state=Sequences.days),
        state=Sequences.english,
    ),
    Window(
        Tr("broadcast-chinese"),
        MessageInput(_chinese, content_types=_TEXT),
        Row(
            SwitchTo(Label("button-back"), id="back", state=Sequences.english),
            Button(Label("button-skip"), id="skip", on_click=_no_chinese),
        ),
        state=Sequences.chinese,
    ),
    Window(
        Shown("text"),
        SwitchTo(Label("sequence-add-step"), id="more", state=Sequences.days, when="more"),
        Button(Label("sequence-start"), id="start", on_click=_start),
        Cancel(Label("button-cancel"), id="cancel"),
        state=Sequences.check,
        getter=_check,
    ),
    Window(
        Shown("text"),
        Row(
            SwitchTo(Label("button-refresh"), id="refresh", state=Sequences.one),
            SwitchTo(Label("polls-stop"), id="stop", state=Sequences.stop, when="going"),
        ),
        SwitchTo(Label("button-back"), id="back", state=Sequences.list),
        state=Sequences.one,
        getter=_one,
    ),
    stop_window(
        "sequence-stop-ask", state=Sequences.stop, back=Sequences.one, on_stop=_stop, getter=_one
    ),
)
