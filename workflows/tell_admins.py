"""The one way in which something reaches the admins."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from kernel.ids import PersonId
from people import service as people
from storage import outbox
from storage.outbox import NOTICE_PRIORITY, SESSION_PRIORITY, Notice, NoticeButton
from texts.values import Value, to_json


@dataclass(frozen=True)
class TellAdmins:
    """Every admin who has started the bot is told, once for each `once`, in the transaction of
    the caller."""

    clock: Clock
    admin_ids: Collection[int]

    async def __call__(
        self,
        db: AsyncSession,
        key: str,
        *,
        once: str,
        buttons: Iterable[NoticeButton] = (),
        but: int | None = None,
        at_once: bool = False,
        made: Mapping[str, Value] = MappingProxyType({}),
        **values: Value,
    ) -> int:
        """`but` is the Telegram id of an admin who knows already; `at_once` is before every other
        news; `made` are values that were put together elsewhere. Returns how many there are."""
        ids = [one for one in self.admin_ids if one != but]
        admins = await people.by_telegram_ids(db, ids)
        rows = [[one] for one in buttons]
        await outbox.add(
            db,
            *(
                Notice(
                    unique_key=f"{key}:{once}:{admin}", recipient=admin, due_at=self.clock(),
                    key=key, values=to_json({**values, **made}), buttons=rows,
                    priority=SESSION_PRIORITY if at_once else NOTICE_PRIORITY,
                )
                for admin in admins
            ),
        )  # fmt: skip
        return len(admins)


def answer_button(person: PersonId) -> NoticeButton:
    """Leads an admin to write to whom they were told about."""
    return NoticeButton("button-answer-person", f"person:answer:{person}")
