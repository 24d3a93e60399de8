"""Admin windows ask at each use who uses them."""

from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from aiogram.fsm.state import State
from aiogram.types import TelegramObject, User
from aiogram_dialog.api.entities import Context
from aiogram_dialog.api.internal import CONTEXT_KEY

from bot.dialogs.states import Broadcast, Menu
from bot.middlewares.admins import AdminWindows
from bot.turn import TURN, Turn
from tests.booking.builders import NOW
from texts.translator import Translator


@dataclass
class Windows:
    """What is opened instead."""

    opened: list[State] = field(default_factory=list)

    async def start(self, state: State, **_: Any) -> None:
        self.opened.append(state)


@pytest.mark.parametrize(
    ("admin", "window", "used"),
    [
        (True, Broadcast.preview, True),
        (False, Broadcast.preview, False),
        (False, Menu.main, True),
    ],
)
async def test_a_window_of_the_admins_is_shut_to_others(admin: bool, window: State, used: bool):
    turn = Turn(
        use_cases=cast(Any, None), user=User(id=1, is_bot=False, first_name="Mia"), person=None,
        translate=Translator(), update_id=1, now=NOW, admin=admin,
    )  # fmt: skip
    windows, context = Windows(), Context("i", "s", window, {}, {}, {})
    handled = []

    async def handler(*_: Any) -> None:
        handled.append(True)

    data = {TURN: turn, CONTEXT_KEY: context, "dialog_manager": windows}
    await AdminWindows()(handler, TelegramObject(), data)
    assert bool(handled) == used
    assert windows.opened == ([] if used else [Menu.main])
