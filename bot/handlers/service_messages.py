"""What Telegram itself writes into a chat, such as that Stars were given back: nobody asked."""

from aiogram import Router
from aiogram.types import Message

from bot.filters import ByTelegram

router = Router(name="service_messages")


@router.message(ByTelegram())
async def no_answer(_: Message) -> None:
    """The person sees what Telegram says."""
