"""A sign of danger is answered before anything else, whatever is open and whoever writes."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.filters import Words
from bot.replies import LONGEST_TEXT, show_window_again
from bot.turn import Turn
from knowledge.model import Danger
from texts.values import Markup

router = Router(name="danger")


class SignOfDanger(Filter):
    """A text with a sign of danger, which the handler gets as `danger`."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        danger = await turn.use_cases.look_for_danger(message.text or "")
        return danger is not None and {"danger": danger}


@router.message(Words(), SignOfDanger())
async def help_at_once(
    message: Message, dialog_manager: DialogManager, turn: Turn, danger: Danger
) -> None:
    """The numbers to call now; the admins are told, and the expert if they talk just now."""
    await message.answer(_emergency_card(turn, danger))
    if turn.person is None:
        return
    text = (message.text or "")[:LONGEST_TEXT]
    await turn.use_cases.raise_alarm(turn.person, text, command=turn.command("alarm"))
    relayed = await turn.use_cases.relay_message(
        turn.person.id, text, command=turn.command("relay")
    )
    if relayed is None:
        await show_window_again(dialog_manager)


def _emergency_card(turn: Turn, danger: Danger) -> str:
    zone = None if turn.person is None else turn.person.time_zone
    lines = "\n".join(
        f"• {turn.translate(f'emergency-{name}')}: <b>{number}</b>"
        for name, number in turn.use_cases.places.emergency_numbers(zone)
    )
    return turn.translate(f"danger-{danger.kind}", numbers=Markup(lines))
