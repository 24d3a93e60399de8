"""Next free times kept ready for searches."""

from dataclasses import dataclass

from booking import service as booking
from kernel.clock import Clock
from storage.engine import Database

_AT_ONCE = 20
"""Experts a transaction: on SQLite nobody else writes meanwhile."""
_MOST_A_RUN = 100


@dataclass(frozen=True)
class KeepNextTimes:
    """Computes the next free times of experts of whom something has changed, or whose kept time
    has passed, a few in a transaction."""

    database: Database
    clock: Clock

    async def due(self) -> bool:
        """Whether there is anything to compute."""
        async with self.database.read() as db:
            return await booking.next_times_outdated(db, now=self.clock())

    async def __call__(self) -> None:
        for _ in range(_MOST_A_RUN):
            async with self.database.write.begin() as db:
                if not await booking.refresh_next_times(db, self.clock(), experts=_AT_ONCE):
                    return
