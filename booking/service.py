"""Everything that booking does for others. Functions take a session and never commit."""

from booking.agenda import export, session
from booking.errors import UnknownSession
from booking.offers import offer, offers, offers_by_id, offers_of, save_offer, set_weekly, weekly
from booking.repository.agenda import (
    all_between,
    expert_sessions,
    held,
    past,
    under_way,
    upcoming,
)
from booking.repository.sessions import moves, next_due
from booking.repository.sweeps import anything_due
from booking.sessions import (
    approve,
    begin_due,
    cancel,
    close,
    decline,
    end_due,
    expire_due,
    hold,
    no_show,
    paid,
    release,
    reschedule,
    set_link,
)
from booking.times import free_times, next_free

__all__ = [
    "UnknownSession",
    "all_between",
    "anything_due",
    "approve",
    "begin_due",
    "cancel",
    "close",
    "decline",
    "end_due",
    "expert_sessions",
    "expire_due",
    "export",
    "free_times",
    "held",
    "hold",
    "moves",
    "next_due",
    "next_free",
    "no_show",
    "offer",
    "offers",
    "offers_by_id",
    "offers_of",
    "paid",
    "past",
    "release",
    "reschedule",
    "save_offer",
    "session",
    "set_link",
    "set_weekly",
    "under_way",
    "upcoming",
    "weekly",
]
