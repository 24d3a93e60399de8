"""Admins hear of what cannot be sent."""

from dataclasses import dataclass

from storage.engine import SessionMaker
from storage.outbox import Notice
from workflows.tell_admins import TellAdmins

_KEY = "notice-not-sent"


@dataclass(frozen=True)
class TellFailures:
    """A notice that Telegram refuses or that cannot be rendered is told to the admins, once for
    each thing it is about: a broadcast that fails for thousands is one message."""

    sessions: SessionMaker
    tell_admins: TellAdmins

    async def __call__(self, notice: Notice, error: str) -> None:
        if notice.key == _KEY:
            return
        about = notice.about or notice.unique_key
        async with self.sessions.begin() as db:
            await self.tell_admins(db, _KEY, once=about, about=about, error=error)
