"""What keeps the product tidy and its indexes fresh."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from booking import service as booking
from kernel.clock import Clock, real_now
from matching import stored_vectors
from matching.shortlist import Matcher
from storage import commands, inbox
from storage.engine import Database, SessionMaker

_INBOX_KEPT = timedelta(hours=48)
_DRAFTS_KEPT = timedelta(days=7)
_VECTORS_AT_ONCE = 500


@dataclass(frozen=True)
class Purge:
    """Updates and commands too old to be replayed are dropped, and questions that nobody paid."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        before = real_now() - _INBOX_KEPT
        async with self.sessions.begin() as db:
            await inbox.purge(db, before=before)
            await commands.forget_before(db, before)
            await booking.drop_drafts(db, before=self.clock() - _DRAFTS_KEPT)


@dataclass(frozen=True)
class RefreshMatching:
    """Changed experts are found by what they are now; vectors of their new texts are stored, so
    that the next start need not make them."""

    database: Database
    matcher: Matcher

    async def __call__(self) -> None:
        async with self.database.read() as db:
            await self.matcher.refresh(db)
        for model, made in self.matcher.take_new_vectors().items():
            for begin in range(0, len(made), _VECTORS_AT_ONCE):
                some = islice(made.items(), begin, begin + _VECTORS_AT_ONCE)
                async with self.database.write.begin() as db:
                    await stored_vectors.put(db, model, dict(some))
