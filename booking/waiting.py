"""Who waits for a time: values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.ids import ExpertId, OfferId, PersonId, SessionId


class EntryState(StrEnum):
    """waiting → offered → booked | passed; waiting → left | over."""

    WAITING = "waiting"
    OFFERED = "offered"
    BOOKED = "booked"
    PASSED = "passed"
    LEFT = "left"
    OVER = "over"


@dataclass(frozen=True)
class Entry:
    """Somebody who waits for a time of an offer that starts from `frm` up to `until`."""

    id: str
    offer_id: OfferId
    expert_id: ExpertId
    client_id: PersonId
    frm: datetime
    until: datetime
    state: EntryState
    session_id: SessionId | None
    created_at: datetime


@dataclass(frozen=True)
class Place:
    """An entry and how many wait before it, themselves included."""

    entry: Entry
    number: int
