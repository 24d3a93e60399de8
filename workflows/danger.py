"""Signs of danger in what a person writes, whatever window is open."""

from dataclasses import dataclass

from kernel.clock import Clock
from knowledge.model import Danger
from knowledge.understanding import Understanding
from people import service as people
from people.model import Person
from storage import outbox
from storage.engine import SessionMaker
from workflows import notices


@dataclass(frozen=True)
class LookForDanger:
    """The sign of danger in a text, or None; nothing is stored."""

    understanding: Understanding

    def __call__(self, text: str) -> Danger | None:
        return self.understanding.danger(text)


@dataclass(frozen=True)
class RaiseAlarm:
    """The admins are told at once who may be in danger, with what they wrote."""

    sessions: SessionMaker
    clock: Clock
    admin_ids: frozenset[int]

    async def __call__(self, person: Person, text: str, *, command: str) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            admins = await people.by_telegram_ids(db, self.admin_ids)
            await outbox.add(
                db,
                *notices.to_admins(
                    admins, "notice-danger", once=command, now=now, client=person.first_name,
                    text=text, at_once=True,
                ),
            )  # fmt: skip
