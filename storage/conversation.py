"""Conversation state: where each person is in a dialog, kept over restarts.

While an update is handled its changes are gathered in a `Draft` and written together with
"this update is done", so that a crash before that leaves the state as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import EncryptedText


class ConversationRow(Base):
    __tablename__ = "conversations"

    key: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(index=True)
    state: Mapped[str | None]
    data: Mapped[str] = mapped_column(EncryptedText)


@dataclass(frozen=True)
class Entry:
    """One stored piece of a conversation: a state's name and the text of a JSON object.

    Text, so that nobody who read it can change it unnoticed.
    """

    state: str | None = None
    data: str = "{}"


@dataclass
class Draft:
    """What one update read and changed; key → entry. `owner` is the person's chat user id.

    `forgotten`: nothing of the conversation is to be left.
    """

    owner: str
    read: dict[str, Entry]
    changed: dict[str, Entry] = field(default_factory=dict)
    forgotten: bool = False

    def get(self, key: str) -> Entry:
        """The entry as this update sees it."""
        return self.changed.get(key) or self.read.get(key) or Entry()

    def set(self, key: str, entry: Entry) -> None:
        """Change an entry; written when the draft is saved."""
        self.changed[key] = entry


# on the hot path of every update: built once, and on the table, where the ORM adds nothing
_table = ConversationRow.__table__
_OF_OWNER = select(_table.c.key, _table.c.state, _table.c.data).where(
    _table.c.owner == bindparam("whose")
)


def _upsert(dialect: Any) -> Any:
    statement = dialect.insert(_table)
    return statement.on_conflict_do_update(
        index_elements=["key"],
        set_={"state": statement.excluded.state, "data": statement.excluded.data},
    )


_UPSERTS = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}


async def load(db: AsyncSession, owner: str) -> Draft:
    """All of one person's conversation, in one query."""
    rows = await db.execute(_OF_OWNER, {"whose": owner})
    return Draft(owner, {key: Entry(state, data) for key, state, data in rows})


async def save(db: AsyncSession, draft: Draft) -> None:
    """Write what changed; emptied entries are removed."""
    if draft.forgotten:
        await forget(db, draft.owner)
        return
    changed = {key: new for key, new in draft.changed.items() if new != draft.read.get(key)}
    emptied = [key for key, entry in changed.items() if entry == Entry()]
    await _delete(db, emptied)
    rows = [
        {"key": key, "owner": draft.owner, "state": entry.state, "data": entry.data}
        for key, entry in changed.items()
        if entry != Entry()
    ]
    if rows:
        await db.execute(_UPSERTS[db.get_bind().dialect.name], rows)


async def forget(db: AsyncSession, owner: str) -> None:
    """Remove a person's whole conversation."""
    await db.execute(delete(ConversationRow).where(ConversationRow.owner == owner))


async def _delete(db: AsyncSession, keys: Iterable[str]) -> None:
    gone = list(keys)
    if gone:
        await db.execute(delete(ConversationRow).where(ConversationRow.key.in_(gone)))
