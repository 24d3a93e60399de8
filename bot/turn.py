"""What a handler knows while it handles one update."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram.types import User
from aiogram_dialog import DialogManager

from people.errors import NotAnExpert
from people.model import Expert, Person
from texts.translator import Translator
from workflows.use_cases import UseCases

TURN = "turn"
_FIRST_TAPS = "first_taps"


@dataclass(frozen=True)
class Turn:
    """One update's person, their texts, and the use cases.

    `person` is None until they agreed to be stored. `update_id` makes command ids, so that a
    replayed update does nothing twice.
    """

    use_cases: UseCases
    user: User
    person: Person | None
    translate: Translator
    update_id: int
    now: datetime
    admin: bool

    def command(self, step: str) -> str:
        """The id of one changing step of this update."""
        return f"telegram:{self.update_id}:{step}"

    @property
    def member(self) -> Person:
        """The person; only people who agreed reach a dialog."""
        if self.person is None:
            raise LookupError("this handler needs a person who agreed")
        return self.person

    async def expert(self) -> Expert:
        """The expert that the person is. Raises NotAnExpert."""
        expert = await self.use_cases.queries.expert_of(self.user.id)
        if expert is None:
            raise NotAnExpert
        return expert


def turn_of(manager: DialogManager) -> Turn:
    """The turn of a dialog's handler."""
    turn: Turn = manager.middleware_data[TURN]
    return turn


def reader(person: Person | None, user: User | None, language: str) -> Translator:
    """The translator for a person, or for a newcomer by their chat's language."""
    if person is not None:
        return Translator(person.language, person.time_zone or "UTC")
    return Translator(language)


def dialog_value(manager: DialogManager, name: str) -> Any:
    """A value of the dialog, else of what it was started with, else None."""
    start = manager.start_data
    given = start.get(name) if isinstance(start, dict) else None
    return manager.dialog_data.get(name, given)


def once(manager: DialogManager, step: str) -> str:
    """The command of a step's first tap in this window: tapped again, it is the same command,
    until `anew`."""
    taps: dict[str, str] = manager.dialog_data.setdefault(_FIRST_TAPS, {})
    return taps.setdefault(step, turn_of(manager).command(step))


def anew(manager: DialogManager) -> None:
    """From now on a tap is another command than those before."""
    manager.dialog_data[_FIRST_TAPS] = {}
