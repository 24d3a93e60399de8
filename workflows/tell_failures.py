"""Admins hear of what cannot be sent."""

from collections.abc import Collection
from dataclasses import dataclass

from kernel.clock import Clock
from people import service as people
from storage import outbox
from storage.engine import SessionMaker
from storage.outbox import Notice
from workflows import notices

_KEY = "notice-not-sent"


@dataclass(frozen=True)
class TellFailures:
    """A notice that Telegram refuses or that cannot be rendered is told to the admins, once for
    each thing it is about: a broadcast that fails for thousands is one message."""

    sessions: SessionMaker
    clock: Clock
    admin_ids: Collection[int]

    async def __call__(self, notice: Notice, error: str) -> None:
        if notice.key == _KEY:
            return
        about = notice.about or notice.unique_key
        async with self.sessions.begin() as db:
            admins = await people.by_telegram_ids(db, self.admin_ids)
            await outbox.add(
                db,
                *notices.to_admins(
                    admins, _KEY, once=about, now=self.clock(), about=about, error=error
                ),
            )
