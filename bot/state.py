"""aiogram's storage over the conversation draft of the update being handled.

Nothing is written here: the lane saves the draft together with "this update is done".
"""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from storage.conversation import Draft, Entry

current_draft: ContextVar[Draft] = ContextVar("current_draft")


def forget_conversation() -> None:
    """Nothing of this conversation is kept when the update is done."""
    current_draft.get().forgotten = True


_keys = DefaultKeyBuilder(with_bot_id=True, with_destiny=True)


class DraftStorage(BaseStorage):
    """Reads and changes the draft in `current_draft`."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        draft, place = current_draft.get(), _keys.build(key)
        draft.set(place, Entry(name, draft.get(place).data))

    async def get_state(self, key: StorageKey) -> str | None:
        return current_draft.get().get(_keys.build(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        draft, place = current_draft.get(), _keys.build(key)
        draft.set(place, Entry(draft.get(place).state, json.dumps(data, ensure_ascii=False)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(current_draft.get().get(_keys.build(key)).data)
        return data

    async def close(self) -> None:
        """Nothing is held open."""
