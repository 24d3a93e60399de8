"""A broadcast: to whom, in both languages, preview, send, progress."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Back, Button, Cancel, Column, Row, Select, SwitchTo

from bot.dialogs.states import Broadcast
from bot.markup import is_sendable
from bot.turn import turn_of
from bot.widgets import ItemLabel, Label, Tr, item_id
from kernel.errors import DomainError
from storage.outbox import BLOCKED, FAILED, SENT, VOID
from texts.values import Markup

_LONGEST = 3500


async def _audiences(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    translate = turn.translate
    fields = (await turn.use_cases.read_topics()).within(None)
    named = [("all", translate.plain("audience-all")),
             ("experts", translate.plain("audience-experts")),
             *((f"lang:{one}", translate.language_name(one)) for one in ("en", "zh")),
             *((f"topic:{one.id}", one.names[translate.language]) for one in fields)]  # fmt: skip
    counted = []
    for audience, label in named:
        count = await turn.use_cases.send_broadcast.count(audience)
        counted.append((audience, f"{label} ({count})"))
    return {"audiences": counted}


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, audience: str) -> None:
    manager.dialog_data["audience"] = audience
    await manager.switch_to(Broadcast.english)


async def _english(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if await _take(message, manager, "en"):
        await manager.switch_to(Broadcast.chinese)


async def _chinese(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if await _take(message, manager, "zh"):
        await manager.switch_to(Broadcast.preview)


async def _take(message: Message, manager: DialogManager, language: str) -> bool:
    translate = turn_of(manager).translate
    text = message.html_text
    if len(text) > _LONGEST:
        await message.answer(translate("error-too-long", longest=_LONGEST))
        return False
    if not is_sendable(text):
        await message.answer(translate("broadcast-broken-markup"))
        return False
    manager.dialog_data[language] = text
    return True


async def _preview(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn, told = turn_of(dialog_manager), dialog_manager.dialog_data
    count = await turn.use_cases.send_broadcast.count(str(told["audience"]))
    return {
        "texts": {
            "english": Markup(str(told.get("en") or "—")),
            "chinese": Markup(str(told.get("zh") or "—")),
            "count": count,
        }
    }


async def _send(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn, told = turn_of(manager), manager.dialog_data
    texts = {one: str(told[one]) for one in ("en", "zh") if told.get(one)}
    try:
        sent = await turn.use_cases.send_broadcast(
            audience=str(told["audience"]), text=texts, author=str(turn.user.id),
            command=turn.command("broadcast"),
        )  # fmt: skip
    except DomainError as refusal:
        await callback.answer(turn.translate.plain(refusal.key), show_alert=True)
        return
    manager.dialog_data["broadcast"] = sent.id
    await manager.switch_to(Broadcast.progress)


async def _progress(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    progress = await turn.use_cases.send_broadcast.progress(
        str(dialog_manager.dialog_data["broadcast"])
    )
    counts = progress.counts
    return {
        "texts": {
            "state": turn.translate.plain(f"broadcast-state-{progress.state}"),
            "recipients": progress.broadcast.recipients,
            "sent": counts[SENT],
            "blocked": counts[BLOCKED],
            "failed": counts[FAILED],
            "void": counts[VOID],
            "waiting": progress.waiting,
        },
        "running": progress.state == "sending",
    }


async def _refresh(_: CallbackQuery, __: Button, ___: DialogManager) -> None:
    """Showing the window again is all there is to it."""


async def _stop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.send_broadcast.cancel(str(manager.dialog_data["broadcast"]))


def _skip(state: Any) -> Row:
    return Row(
        Back(Label("button-back"), id="back"),
        SwitchTo(Label("button-skip"), id="skip", state=state),
    )


broadcast = Dialog(
    Window(
        Tr("broadcast-audience"),
        Column(
            Select(
                ItemLabel(), id="audience", item_id_getter=item_id, items="audiences",
                on_click=_choose,
            )
        ),
        Cancel(Label("button-back"), id="back"),
        state=Broadcast.audience,
        getter=_audiences,
    ),
    Window(
        Tr("broadcast-english"),
        MessageInput(_english, content_types=[ContentType.TEXT]),
        _skip(Broadcast.chinese),
        state=Broadcast.english,
    ),
    Window(
        Tr("broadcast-chinese"),
        MessageInput(_chinese, content_types=[ContentType.TEXT]),
        _skip(Broadcast.preview),
        state=Broadcast.chinese,
    ),
    Window(
        Tr("broadcast-preview"),
        Button(Label("broadcast-send"), id="send", on_click=_send),
        Row(Back(Label("button-back"), id="back"), Cancel(Label("button-cancel"), id="cancel")),
        state=Broadcast.preview,
        getter=_preview,
    ),
    Window(
        Tr("broadcast-progress"),
        Row(
            Button(Label("button-refresh"), id="refresh", on_click=_refresh),
            Button(Label("broadcast-stop"), id="stop", on_click=_stop, when="running"),
        ),
        Cancel(Label("button-back"), id="back"),
        state=Broadcast.progress,
        getter=_progress,
    ),
)  # fmt: skip
