"""One piece of news for one reader, as an outbox notice."""

from collections.abc import Iterable
from datetime import datetime

from kernel.ids import PersonId
from people.model import Expert
from storage.outbox import NOTICE_PRIORITY, Notice, NoticeButton
from texts.values import Value, to_json


def news(
    key: str, to: PersonId, once: str, *, at: datetime, buttons: Iterable[NoticeButton] = (),
    about: str | None = None, **values: Value,
) -> Notice:  # fmt: skip
    """Said once for each text `key`, reader and `once`; a button a row. `about` is what can make
    it void."""
    return Notice(
        unique_key=f"{key}:{once}:{to}", recipient=to, due_at=at, key=key,
        values=to_json(values), buttons=[[one] for one in buttons], about=about,
        priority=NOTICE_PRIORITY,
    )  # fmt: skip


def to_expert(
    key: str, expert: Expert, once: str, *, at: datetime, buttons: Iterable[NoticeButton] = (),
    about: str | None = None, **values: Value,
) -> list[Notice]:  # fmt: skip
    """The same for an expert; nothing for one who has not started the bot."""
    if expert.person_id is None:
        return []
    return [news(key, expert.person_id, once, at=at, buttons=buttons, about=about, **values)]
