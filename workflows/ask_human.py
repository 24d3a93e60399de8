"""A human is wanted."""

from dataclasses import dataclass

from kernel.clock import Clock
from knowledge.model import Priority
from knowledge.understanding import Understanding
from people.model import Person
from storage.engine import SessionMaker
from workflows.needs import latest_need, need_values, together
from workflows.tell_admins import TellAdmins, answer_button


@dataclass(frozen=True)
class AskHuman:
    """Somebody wants to talk to a human: the admins are told, with what they wrote and what kind
    of need it is. An urgent one is told before every other news."""

    sessions: SessionMaker
    clock: Clock
    tell_admins: TellAdmins
    understanding: Understanding

    async def __call__(self, person: Person, text: str, *, command: str) -> bool:
        """True when there is an admin who was told."""
        async with self.sessions.begin() as db:
            before = await latest_need(db, person.id, now=self.clock())
            need = together(self.understanding.classify(text), before)
            told = await self.tell_admins(
                db, "notice-human-wanted", once=command, client=person.first_name,
                telegram_id=str(person.telegram_id), text=text or "—",
                buttons=[answer_button(person.id)],
                at_once=need.priority is Priority.URGENT, made=await need_values(db, need),
            )  # fmt: skip
        return bool(told)
