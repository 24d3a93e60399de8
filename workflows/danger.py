"""Signs of danger in what a person writes, whatever window is open."""

from dataclasses import dataclass

from knowledge.model import Danger
from knowledge.understanding import Understanding
from people.model import Person
from storage.engine import SessionMaker
from workflows.tell_admins import TellAdmins, answer_button


@dataclass(frozen=True)
class LookForDanger:
    """The sign of danger in a text, or None; nothing is stored."""

    understanding: Understanding

    async def __call__(self, text: str) -> Danger | None:
        return await self.understanding.danger(text)


@dataclass(frozen=True)
class RaiseAlarm:
    """The admins are told at once who may be in danger, with what they wrote."""

    sessions: SessionMaker
    tell_admins: TellAdmins

    async def __call__(self, person: Person, text: str, *, command: str) -> None:
        async with self.sessions.begin() as db:
            await self.tell_admins(
                db, "notice-danger", once=command, client=person.first_name, text=text,
                at_once=True, buttons=[answer_button(person.id)],
            )  # fmt: skip
