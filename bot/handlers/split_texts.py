"""A text over Telegram's limit comes in parts: where the first is too long, so is the whole."""

import json

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.filters import Words
from bot.state import current_draft
from storage.conversation import Entry

router = Router(name="split_texts")

# Telegram's 4096, less the last word that its apps may move to the next part
_FULL = 3900
_SECONDS_APART = 1


def refused(message: Message, answer: Message) -> None:
    """Remember a text that was too long, and with what message it was refused."""
    if len(message.text or "") >= _FULL:
        told = {"answer": answer.message_id, "at": message.date.timestamp()}
        current_draft.get().set(_key(message), Entry(data=json.dumps(told)))


class RestOfRefused(Filter):
    """What came with a refused text, before its author could read the refusal."""

    async def __call__(self, message: Message) -> bool:
        told = json.loads(current_draft.get().get(_key(message)).data)
        return (
            bool(told)
            and message.message_id < told["answer"]
            and message.date.timestamp() - told["at"] <= _SECONDS_APART
        )


@router.message(Words(), RestOfRefused())
async def rest(_: Message) -> None:
    """The author was told of the whole text."""


def _key(message: Message) -> str:
    return f"refused text {message.chat.id}"
