"""During a session in the chat, what somebody writes goes to the other side, whatever is open."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.filters import Words
from bot.turn import Turn
from bot.written import words_of

router = Router(name="relay")

# Telegram's 4096, less the name that is put before it
_LONGEST = 3800


class InSession(Filter):
    """Somebody who is in a session that is held in the chat."""

    async def __call__(self, _: Message, turn: Turn) -> bool | dict[str, Any]:
        return turn.person is not None and await turn.use_cases.relay_message.talks(turn.person.id)


@router.message(Words(), InSession())
async def hand_over(message: Message, turn: Turn) -> None:
    """To the other side, in the order in which it was written."""
    text = words_of(message, longest=_LONGEST)
    await turn.use_cases.relay_message(turn.member.id, text, command=turn.command("relay"))
