"""What is said: a notice, and how it is kept in its row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from kernel.ids import PersonId

# the more urgent, the smaller
SESSION_PRIORITY = 0
NOTICE_PRIORITY = 5
MARKETING_PRIORITY = 9
BROADCAST_PRIORITY = 10


@dataclass(frozen=True)
class NoticeButton:
    """A button under a notice: its label's text key (or literal text a language) and either
    plain callback data or a link. `start` is a campaign code: a link to the bot itself. `page` is
    a page of our own website that leads to the link, taken where people can reach it."""

    text: str | Mapping[str, str]
    data: str | None = None
    url: str | None = None
    start: str | None = None
    page: str | None = None


@dataclass(frozen=True)
class Media:
    """A photo or document that Telegram has (its file id) or can fetch (its address)."""

    kind: str
    file: str


@dataclass(frozen=True)
class Notice:
    """Something to say to a person at `due_at`, once for each `unique_key`.

    `key` and `values` (JSON values as `texts.values` writes them) are rendered in the reader's
    language when it is sent; `literal` is text a language instead. `about` is what makes it
    void. After `expires_at` it is no longer worth saying. `document` is (file name, text).
    `variant` tells which of a broadcast's texts it is.
    """

    unique_key: str
    recipient: PersonId
    due_at: datetime
    key: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    literal: Mapping[str, str] | None = None
    buttons: Sequence[Sequence[NoticeButton]] = ()
    document: tuple[str, str] | None = None
    media: Media | None = None
    about: str | None = None
    variant: str | None = None
    priority: int = SESSION_PRIORITY
    expires_at: datetime | None = None

    @property
    def is_marketing(self) -> bool:
        """Whether people who said stop must not get it."""
        return self.priority >= MARKETING_PRIORITY


@dataclass(frozen=True)
class Planned:
    """A claimed notice: its row's id and how often it was tried before."""

    id: str
    notice: Notice
    attempts: int


def content(notice: Notice) -> str:
    """What a row keeps of a notice, as JSON."""
    return json.dumps(
        {
            "key": notice.key,
            "values": dict(notice.values),
            "literal": None if notice.literal is None else dict(notice.literal),
            "buttons": [[asdict(one) for one in row] for row in notice.buttons],
            "document": notice.document,
            "media": None if notice.media is None else [notice.media.kind, notice.media.file],
        },
        ensure_ascii=False,
    )


def notice_of(row: Any) -> Notice:
    """The notice of a row of the outbox."""
    kept = json.loads(row.content or "{}")
    document, media = kept.get("document"), kept.get("media")
    return Notice(
        unique_key=row.unique_key,
        recipient=PersonId(row.recipient),
        due_at=row.due_at,
        key=kept.get("key"),
        values=kept.get("values", {}),
        literal=kept.get("literal"),
        buttons=[[NoticeButton(**one) for one in line] for line in kept.get("buttons", ())],
        document=None if document is None else (document[0], document[1]),
        media=None if media is None else Media(*media),
        about=row.about,
        variant=row.variant,
        priority=row.priority,
        expires_at=row.expires_at,
    )
