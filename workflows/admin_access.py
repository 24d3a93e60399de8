"""The admins' way from the chat into the browser."""

from dataclasses import dataclass
from datetime import timedelta

from kernel.clock import real_now
from storage import admin
from storage.engine import SessionMaker

_LINK_LIVES = timedelta(minutes=10)


@dataclass(frozen=True)
class MakeAdminLink:
    """A link that signs one admin in to the browser, once, within ten minutes."""

    sessions: SessionMaker
    web_address: str

    async def __call__(self, telegram_id: int) -> str:
        async with self.sessions.begin() as db:
            token = await admin.new_token(db, telegram_id, expires_at=real_now() + _LINK_LIVES)
        return f"{self.web_address}/admin/enter?token={token}"
