"""Profiles' night: who may book, which segment everybody is in."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from insights import events, profiles
from kernel.clock import Clock
from people import service as people
from storage.engine import Database
from workflows.recommend import is_due


@dataclass(frozen=True)
class MakeProfiles:
    """Once a night, at the first look after 03:00 UTC: everybody who agrees gets a profile, and the
    segment that broadcasts go by. `fields` maps topics to their fields."""

    database: Database
    clock: Clock
    fields: Mapping[str, str]

    async def due(self) -> bool:
        """Whether tonight's profiles are still to be made."""
        async with self.database.read() as db:
            last = await profiles.last_made(db)
        return is_due(last, now=self.clock())

    async def __call__(self) -> None:
        now = self.clock()
        async with self.database.read() as db:
            found = await events.read(db, fields=self.fields, now=now)
            earlier = await profiles.last_groups(db)
            before = await profiles.segments(db)
        making = partial(profiles.make, found, now=now, earlier=earlier, before=before)
        night = await asyncio.to_thread(making)
        async with self.database.write.begin() as db:
            await profiles.store(db, night, now=now)
            changed = {
                one.person: one.segment
                for one in night.profiles
                if one.segment != before.get(one.person)
            }
            await people.set_segments(db, changed)
            await profiles.drop_unwanted(db)
