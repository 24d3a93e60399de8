"""An expert's clients: from whom they take no bookings any more."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row

from bot.dialogs.states import Clients
from bot.turn import Turn, dialog_value, turn_of
from bot.widgets import Label, Shown, Tr, choice, menu_button
from kernel.ids import PersonId
from people.model import ExpertNote
from texts.values import shortened

# three notes and what is said beside them are one message
_LONGEST_SHOWN = 1000


async def _list(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.turn_client_away.clients(turn.member.id)
    return {
        "clients": [
            (one.client.id, f"{'🚫 ' if one.turned_away else ''}{one.client.first_name}")
            for one in found
        ],
        "texts": {"count": len(found)},
    }


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, client: str) -> None:
    await manager.start(Clients.one, data={"client": client})


async def _one(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    turn = turn_of(dialog_manager)
    found = await turn.use_cases.turn_client_away.one(turn.member.id, _client(dialog_manager))
    away = found.turned_away
    notes = "\n\n".join(_note(turn, one) for one in found.notes)
    return {
        "notes": f"\n{notes}", "noted": bool(notes),
        "texts": {"client": found.client.first_name, "away": "yes" if away else "no"},
        "away": away, "welcome": not away,
    }  # fmt: skip


def _note(turn: Turn, note: ExpertNote) -> str:
    return turn.translate(
        "clients-note", date=turn.translate.instant(note.at, "yMMMd"),
        note=shortened(note.note or "—", _LONGEST_SHOWN), rating=note.client_rating or 0,
    )  # fmt: skip


async def _turn_away(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.turn_client_away(
        turn.member.id, _client(manager), command=turn.command("turn-away")
    )


async def _take_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn = turn_of(manager)
    await turn.use_cases.turn_client_away.take_back(
        turn.member.id, _client(manager), command=turn.command("take-back")
    )


def _client(manager: DialogManager) -> PersonId:
    return PersonId(dialog_value(manager, "client"))


clients = Dialog(
    Window(
        Tr("clients-list"),
        Column(choice("client", "clients", _choose)),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Clients.list,
        getter=_list,
    ),
    Window(
        Tr("clients-one"),
        Shown("notes", when="noted"),
        Button(Label("clients-turn-away"), id="away", on_click=_turn_away, when="welcome"),
        Button(Label("clients-take-back"), id="again", on_click=_take_back, when="away"),
        Row(Cancel(Label("button-back"), id="back"), menu_button()),
        state=Clients.one,
        getter=_one,
    ),
)  # fmt: skip
