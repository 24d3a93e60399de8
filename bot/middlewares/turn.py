"""Puts the turn into every handler's data."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update, User

from bot.turn import TURN, Turn, reader
from kernel.clock import Clock
from kernel.languages import nearest_language
from people.model import Person
from workflows.use_cases import UseCases


@dataclass(frozen=True)
class TurnMiddleware(BaseMiddleware):
    """Looks up who wrote, and in which language to answer."""

    use_cases: UseCases
    clock: Clock
    admin_ids: frozenset[int]

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        user = data.get("event_from_user")
        if isinstance(event, Update) and isinstance(user, User):
            data[TURN] = await self._turn(event, user)
        return await handler(event, data)

    async def _turn(self, update: Update, user: User) -> Turn:
        person = await self.use_cases.queries.person(user.id)
        return Turn(
            use_cases=self.use_cases,
            user=user,
            person=person,
            translate=reader(person, user, nearest_language(user.language_code)),
            update_id=update.update_id,
            now=self.clock(),
            admin=user.id in self.admin_ids,
        )


def now_known_as(data: dict[str, Any], person: Person) -> Turn:
    """The same turn after the person joined or changed their language or zone."""
    turn: Turn = data[TURN]
    changed = replace(turn, person=person, translate=reader(person, None, person.language))
    data[TURN] = changed
    return changed
