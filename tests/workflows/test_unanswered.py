"""Admins settle what was not answered."""

import asyncio
from typing import cast

from kernel.clock import real_now
from knowledge import service as knowledge
from knowledge.errors import AlreadySettled
from knowledge.model import Entry
from knowledge.unanswered import UnansweredGroup
from storage.engine import Database
from workflows.faq import Learn
from workflows.unanswered import SettleUnanswered


async def learns_nothing() -> None:
    """What is learnt is not looked at here."""


async def test_of_two_admins_who_answer_at_once_one_is_told_to_be_late(database: Database):
    async with database.write.begin() as db:
        await knowledge.note_unanswered(db, "Is there a lift?", language="en", now=real_now())
    async with database.read() as db:
        group = UnansweredGroup(tuple(await knowledge.unanswered(db, limit=5)))
    settle = SettleUnanswered(database, real_now, cast(Learn, learns_nothing))
    done = await asyncio.gather(
        *(settle.answer(group, "Yes.", by=admin, command=f"c{admin}") for admin in (1, 2)),
        return_exceptions=True,
    )
    assert {type(one) for one in done} == {Entry, AlreadySettled}
    async with database.read() as db:
        assert len(await knowledge.entries(db)) == 1
