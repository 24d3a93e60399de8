"""A person's own data: to take along, and to erase."""

import json
from dataclasses import dataclass
from typing import Any

from booking import service as booking
from kernel.clock import Clock
from kernel.errors import DomainError
from payments import service as payments
from people import service as people
from people.model import Person
from storage import conversation, outbox
from storage.engine import SessionMaker


class SessionsAhead(DomainError):
    """Somebody with sessions ahead cancels them first, so that money and experts are safe."""

    key = "error-sessions-ahead"


@dataclass(frozen=True)
class ExportMyData:
    """Everything that is stored about a person, as the text of a JSON file."""

    sessions: SessionMaker

    async def __call__(self, person: Person) -> str:
        async with self.sessions() as db:
            found: dict[str, Any] = {
                **await people.export(db, person.id),
                "sessions": await booking.export(db, person.id),
                "payments": [
                    {"amount": {"amount": one.amount.minor, "currency": one.amount.currency},
                     "state": str(one.state), "created_at": one.created_at.isoformat()}
                    for one in await payments.history(db, person.id)
                ],
            }  # fmt: skip
        return json.dumps(found, ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class EraseMe:
    """What a person told about themselves is erased; the ledger stays, without their name.

    Raises SessionsAhead.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, person: Person) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await booking.upcoming(db, person.id, after=now):
                raise SessionsAhead
            await booking.leave_waitlists(db, person.id)
            await booking.forget_feed(db, person.id)
            await people.erase(db, person.id, now=now)
            await conversation.forget(db, str(person.telegram_id))
            await outbox.void_for(db, person.id)
