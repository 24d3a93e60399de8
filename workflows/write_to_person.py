"""An admin answers somebody who wanted a human."""

from dataclasses import dataclass

from kernel.clock import Clock
from kernel.ids import PersonId
from people import service as people
from people.errors import UnknownPerson
from people.model import Person
from storage import commands, outbox
from storage.admin import audit
from storage.engine import SessionMaker
from storage.outbox import NoticeButton
from workflows.news import news


@dataclass(frozen=True)
class WriteToPerson:
    """What an admin writes comes to the person in the bot's chat, as from the team, and they can
    answer. The audit log has that it was written, not the words.

    Raises UnknownPerson for somebody who was erased.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, admin: int, to: PersonId, text: str, *, command: str) -> None:
        """`admin` is the Telegram id of who writes."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            _reachable(await people.get(db, to))
            button = NoticeButton("button-answer-team", "team:answer")
            await outbox.add(
                db, news("notice-from-team", to, command, at=now, buttons=[button], text=text)
            )
            await audit(db, admin, "wrote", about=f"persons:{to}", changes={}, at=now)
            await commands.record(db, command, now=now)

    async def reader(self, person: PersonId) -> Person:
        """Whom an admin writes to. Raises UnknownPerson."""
        async with self.sessions() as db:
            return _reachable(await people.get(db, person))


def _reachable(person: Person) -> Person:
    if person.erased_at is not None:
        raise UnknownPerson
    return person
