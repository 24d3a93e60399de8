"""Who waits for a time: values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.ids import ExpertId, OfferId, PersonId, SessionId


class EntryState(StrEnum):
    """waiting → offered → booked | passed; waiting → booked | left | over."""

    WAITING = "waiting"
    OFFERED = "offered"
    BOOKED = "booked"
    PASSED = "passed"
    LEFT = "left"
    OVER = "over"


@dataclass(frozen=True)
class Entry:
    """Somebody who waits for a time of an offer that starts from `frm` up to `until`.

    Entries with the same `any_of` are for one session: booked for one, the others are over.
    """

    id: str
    offer_id: OfferId
    expert_id: ExpertId
    client_id: PersonId
    frm: datetime
    until: datetime
    state: EntryState
    session_id: SessionId | None
    created_at: datetime
    any_of: str | None = None


@dataclass(frozen=True)
class Place:
    """An entry and how many wait before it, themselves included."""

    entry: Entry
    number: int
