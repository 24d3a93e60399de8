"""Telegram tells when somebody blocks the bot or comes back."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated

from bot.turn import Turn

router = Router(name="blocked")


@router.my_chat_member()
async def reachable(event: ChatMemberUpdated, turn: Turn) -> None:
    """Who blocked the bot gets nothing until they come back."""
    if turn.person is None:
        return
    gone = event.new_chat_member.status in {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}
    await turn.use_cases.change_preferences.reachable(turn.person.id, reachable=not gone)
