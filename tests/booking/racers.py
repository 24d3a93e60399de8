"""Bookers in processes of their own who want overlapping times in the same moment."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from multiprocessing.synchronize import Barrier
from time import monotonic
from typing import Any

from booking import service as booking
from booking.errors import TimeTaken
from booking.slots_json import weekly_from_json
from kernel.ids import ExpertId, OfferId, PersonId
from storage.engine import Database, open_database
from tests.booking.builders import EXPERT, an_offer

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
_LENGTHS = {30: (0,), 60: (0, -30), 90: (0, -30, -60)}
"""Minutes, and the starts around noon: all of them take the half hour after noon."""
_WANTED = [(minutes, ahead) for minutes, starts in _LENGTHS.items() for ahead in starts]
_AT_ONCE = 8
"""Connections a process; PostgreSQL has a hundred for everybody."""
_PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Try:
    """One booker's try: `won` is (start, end) with buffers where it was successful."""

    round: int
    won: tuple[datetime, datetime] | None
    seconds: float


async def open_for_racers(database: Database, rounds: int) -> None:
    """An expert who is open every day, and offers of three lengths with a break."""
    weekly = weekly_from_json(
        [{"weekday": day, "start": "00:00", "end": "24:00"} for day in range(7)]
    )
    async with database.write.begin() as db:
        for minutes in _LENGTHS:
            await booking.save_offer(
                db,
                an_offer(
                    id=_offer(minutes), minutes=minutes, buffer_after=5, window_days=rounds + 2
                ),
            )
        await booking.set_weekly(db, ExpertId(EXPERT), "UTC", weekly)


def race(url: str, *, processes: int, bookers: int, rounds: int) -> list[Try]:
    """Every round `bookers` are spread over the processes and all want another day's noon."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes)
    results: Any = context.Queue()
    workers = [
        context.Process(
            target=_work, args=(url, number, bookers // processes, rounds, barrier, results)
        )
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    found = [each for _ in workers for each in results.get(timeout=_PATIENCE_SECONDS)]
    for worker in workers:
        worker.join(timeout=_PATIENCE_SECONDS)
    return found


def winners(tries: Sequence[Try]) -> list[int]:
    """How many won, a number a round."""
    rounds = max(each.round for each in tries) + 1
    won = [each.round for each in tries if each.won]
    return [won.count(number) for number in range(rounds)]


def overlaps(tries: Sequence[Try]) -> int:
    """How many neighbours among the winners share time."""
    times = sorted(each.won for each in tries if each.won)
    return sum(before[1] > after[0] for before, after in pairwise(times))


def _work(url: str, number: int, bookers: int, rounds: int, barrier: Barrier, results: Any) -> None:
    results.put(asyncio.run(_all_rounds(url, number, bookers, rounds, barrier)))


async def _all_rounds(
    url: str, number: int, bookers: int, rounds: int, barrier: Barrier
) -> list[Try]:
    database = open_database(url)
    at_once = asyncio.Semaphore(_AT_ONCE)
    found: list[Try] = []
    for place in range(rounds):
        await asyncio.to_thread(barrier.wait, _PATIENCE_SECONDS)
        tries = (
            _try(database, at_once, place, number * bookers + booker) for booker in range(bookers)
        )
        found += await asyncio.gather(*tries)
    await database.close()
    return found


async def _try(database: Database, at_once: asyncio.Semaphore, place: int, booker: int) -> Try:
    minutes, ahead = _WANTED[booker % len(_WANTED)]
    start = NOON + timedelta(days=place, minutes=ahead)
    begun = monotonic()
    won = None
    async with at_once:
        try:
            async with database.write.begin() as db:
                held = await booking.hold(
                    db, offer_id=_offer(minutes), client=PersonId(f"c{place}-{booker}"),
                    start=start, now=NOW,
                )  # fmt: skip
            won = (held.busy.start, held.busy.end)
        except TimeTaken:
            pass
    return Try(place, won, monotonic() - begun)


def _offer(minutes: int) -> OfferId:
    return OfferId(f"ana-{minutes}")
