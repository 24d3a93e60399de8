"""Dialogs that are opened in the same second are told apart."""

from aiogram.fsm.state import State, StatesGroup
from aiogram_dialog.api.entities import Stack

from bot.dialog_ids import use_random_ids


class _Window(StatesGroup):
    only = State()


def test_a_thousand_dialogs_opened_at_once_have_a_thousand_ids():
    use_random_ids()
    assert len({Stack().push(_Window.only, None).id for _ in range(1000)}) == 1000
