"""The sandbox's clock, and the processes that follow it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kernel.clock import real_now
from sandbox.signal import Pulse, Signal
from sandbox.values import JsonObject

FOLLOWER_SILENCE = timedelta(seconds=60)
STEP_LIMIT_S = 30.0


@dataclass
class Follower:
    """A process that does what falls due by this clock."""

    done: int
    next_due: datetime | None
    heard_at: datetime


class SandboxClock:
    """Real time plus an offset that only grows.

    `n` counts the jumps. `own_next_due` and `on_step` let the sandbox itself do what falls due
    in it (expiring Checkout Sessions) in the same order as its followers.
    """

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._offset = timedelta()
        self.n = 0
        self._followers: dict[str, Follower] = {}
        self._moved = Signal()
        self._reported = Signal()
        self._moving = asyncio.Lock()
        self.own_next_due: Callable[[], datetime | None] = lambda: None
        self.on_step: Callable[[], Awaitable[None]] = _nothing

    def __call__(self) -> datetime:
        """The sandbox's present instant, UTC."""
        return real_now() + self._offset

    def timestamp(self) -> int:
        """The present instant in whole Unix seconds."""
        return int(self().timestamp())

    @property
    def offset_s(self) -> float:
        """How far ahead of real time it is, in seconds."""
        return self._offset.total_seconds()

    @property
    def moving(self) -> bool:
        """Whether an advance is under way."""
        return self._moving.locked()

    def next_due(self) -> datetime | None:
        """The earliest instant at which a follower or the sandbox has something to do."""
        return min(self._dues(), default=None)

    async def follow(self, follower: str | None, *, after: int, wait: float) -> None:
        """Hold a follower until the clock jumped beyond `after`, at most `wait` real seconds."""
        self._heard(follower)
        await self._moved.until(lambda: self.n > after, wait)
        self._heard(follower)

    def forget(self, follower: str) -> None:
        """A follower hung up: nobody waits for it any more."""
        self._followers.pop(follower, None)
        self._reported.notify()

    def report(self, follower: str, *, done: int, next_due: datetime | None) -> None:
        """A follower has done everything due at jump `done`."""
        self._followers[follower] = Follower(done=done, next_due=next_due, heard_at=real_now())
        self._reported.notify()
        self._pulse.beat()

    async def advance(self, target: datetime) -> None:
        """Go to `target`, stopping at each due instant on the way until all have done it."""
        async with self._moving:
            await self._hear_what_is_due()
            await self._visit_all_until(target)
        self._pulse.beat()

    async def advance_to_next(self) -> bool:
        """Go to the earliest due instant. False: nothing is due."""
        async with self._moving:
            await self._hear_what_is_due()
            due = self.next_due()
            if due is not None:
                await self._visit_all_until(max(due, self()))
        self._pulse.beat()
        return due is not None

    async def _hear_what_is_due(self) -> None:
        # what the followers last told may be older than what has just been booked
        self._pulse.beat()
        await self._go_to(self())

    async def _visit_all_until(self, target: datetime) -> None:
        visited: datetime | None = None
        while (due := self._next_stop(after=visited, until=target)) is not None:
            await self._go_to(due)
            visited = due
        await self._go_to(target)

    async def _go_to(self, instant: datetime) -> None:
        whole = instant.replace(microsecond=0)
        if whole < instant:  # it is told in whole seconds, and must not seem to lie before it
            whole += timedelta(seconds=1)
        self._offset = max(self._offset, whole - real_now())
        self.n += 1
        self._moved.notify()
        self._pulse.beat()
        await self.on_step()
        jump = self.n
        ready = await self._reported.until(
            lambda: all(follower.done >= jump for follower in self._live()), STEP_LIMIT_S
        )
        if not ready:
            self._forget_those_behind(jump)

    def _forget_those_behind(self, jump: int) -> None:
        self._followers = {
            name: follower for name, follower in self._followers.items() if follower.done >= jump
        }

    def _next_stop(self, *, after: datetime | None, until: datetime) -> datetime | None:
        return min(
            (due for due in self._dues() if due <= until and (after is None or due > after)),
            default=None,
        )

    def _dues(self) -> list[datetime]:
        dues = [follower.next_due for follower in self._live()] + [self.own_next_due()]
        return [due for due in dues if due is not None]

    def _live(self) -> list[Follower]:
        oldest = real_now() - FOLLOWER_SILENCE
        return [follower for follower in self._followers.values() if follower.heard_at >= oldest]

    def _heard(self, follower: str | None) -> None:
        if follower is None:
            return
        known = self._followers.get(follower)
        if known is None:
            self._followers[follower] = Follower(done=-1, next_due=None, heard_at=real_now())
        else:
            known.heard_at = real_now()

    def close(self) -> None:
        """Let all who wait go."""
        self._moved.close()
        self._reported.close()

    def dump(self) -> JsonObject:
        """As JSON for the state file: followers report anew."""
        return {"offset_s": self._offset.total_seconds(), "n": self.n}

    def load(self, saved: JsonObject) -> None:
        """Back from the state file."""
        self._offset = timedelta(seconds=saved["offset_s"])
        self.n = saved["n"]


async def _nothing() -> None:
    return


def utc(instant: datetime) -> str:
    """An instant as the contracts write it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
