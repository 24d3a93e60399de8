"""The score's night: weights learnt from bookings, in use while they are better than the fixed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from insights import choices
from kernel.clock import Clock
from matching import shown
from matching.learning import FEWEST, learn
from matching.recommend import versions
from matching.recommend.versions import Night
from storage.engine import Database
from workflows.recommend import is_due


@dataclass(frozen=True)
class LearnWeights:
    """Once a night, at the first look after 03:00 UTC: learn from what was booked of what was shown
    within a year, and use it if it beats the fixed weights on the newest fifth; else, or with too few bookings,
    the fixed ones are in use. Who turned profiling off or was erased is not in it from then on."""

    database: Database
    clock: Clock

    async def due(self) -> bool:
        """Whether tonight's training is still to be done."""
        async with self.database.read() as db:
            last = await versions.newest(db, versions.WEIGHTS)
        return is_due(last, now=self.clock())

    async def __call__(self) -> Night:
        now = self.clock()
        async with self.database.read() as db:
            found = await choices.read(db, now=now)
        learnt = await asyncio.to_thread(learn, found) if len(found) >= FEWEST else None
        card: Mapping[str, Any] = {"bookings": len(found)}
        verdict = versions.TOO_LITTLE
        if learnt is not None:
            card, verdict = learnt.card, versions.IN_USE if learnt.better else versions.WORSE
        async with self.database.write.begin() as db:
            await shown.forget_before(db, now - choices.LEARNT_FROM)
            return await versions.save_weights(db, card, verdict=verdict, now=now)
