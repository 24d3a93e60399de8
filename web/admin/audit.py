"""Every change that an admin makes in the browser, noted in the transaction of the change."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session

from kernel.clock import Clock
from kernel.ids import new_id
from storage.admin import AuditRow
from storage.types import EncryptedText

acting_admin: ContextVar[int] = ContextVar("acting_admin")
"""The Telegram id of the admin whose request is served."""

_HIDDEN = "•••"


def audited_sessions(engine: AsyncEngine, clock: Clock) -> async_sessionmaker[AsyncSession]:
    """Sessions that add a row to `audit` for each object that they change.

    A change outside an admin's request fails with LookupError.
    """

    class AuditedSession(Session):
        pass

    event.listen(AuditedSession, "before_flush", _note_changes(clock))
    return async_sessionmaker(engine, sync_session_class=AuditedSession, expire_on_commit=False)


def _note_changes(clock: Clock) -> Callable[[Session, object, object], None]:
    def note(session: Session, _: object, __: object) -> None:
        changed = [each for each in session.dirty if session.is_modified(each)]
        groups = (("added", session.new), ("changed", changed), ("deleted", session.deleted))
        rows = [
            _row(action, each, clock())
            for action, objects in groups
            for each in objects
            if not isinstance(each, AuditRow)
        ]
        session.add_all(rows)

    return note


def _row(action: str, changed: Any, now: datetime) -> AuditRow:
    state = inspect(changed)
    key = ",".join(str(getattr(changed, column.key)) for column in state.mapper.primary_key)
    return AuditRow(
        id=new_id(),
        telegram_id=acting_admin.get(),
        action=action,
        about=f"{changed.__tablename__}:{key}",
        changes=_changes(state, deleted=action == "deleted"),
        at=now,
    )


def _changes(state: Any, *, deleted: bool) -> dict[str, list[Any]]:
    """Column → [before, after]; what is encrypted in the database stays unsaid."""
    found = {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if deleted:
            before, after = state.attrs[column.key].value, None
        elif history.has_changes():
            before = history.deleted[0] if history.deleted else None
            after = history.added[0] if history.added else None
        else:
            continue
        secret = isinstance(column.columns[0].type, EncryptedText)
        found[column.key] = [_shown(before, secret), _shown(after, secret)]
    return found


def _shown(value: Any, secret: bool) -> Any:
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    return _HIDDEN if secret else str(value)
