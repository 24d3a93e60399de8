"""Everything that booking does for others. Functions take a session and never commit."""

from booking.agenda import export, group_link, lock, session
from booking.errors import UnknownSession
from booking.feeds import feed_owner, feed_sessions, feed_token, forget_feed
from booking.hours import import_weekly, save_schedule, set_weekly, weekly
from booking.imported import connect, disconnect, not_refreshed, refreshed
from booking.next_times import next_free, refresh_next_times
from booking.offers import change_rules, offer, offers, offers_by_id, offers_of, save_offer
from booking.questions import (
    answer,
    ask,
    draft_question,
    end_written_offer,
    expire,
    question,
    save_written_offer,
    withdraw,
    written_offer,
)
from booking.repository.agenda import (
    all_between,
    confirmed_in,
    expert_sessions,
    held,
    held_until,
    held_with,
    is_client_of,
    last_clients,
    past,
    under_way,
    upcoming,
)
from booking.repository.calendars import due as calendars_due
from booking.repository.calendars import of_expert as calendars_of
from booking.repository.next_times import anything_outdated as next_times_outdated
from booking.repository.questions import answered as questions_answered
from booking.repository.questions import drop_drafts, overdue
from booking.repository.questions import forget as forget_questions
from booking.repository.questions import lock as lock_questions
from booking.repository.questions import of_client as questions_of
from booking.repository.questions import waiting as questions_waiting
from booking.repository.records import changed_since, records
from booking.repository.sessions import moves, next_due
from booking.repository.sweeps import anything_due, expire_holds, expire_requests
from booking.repository.sweeps import begin as begin_due
from booking.repository.sweeps import end as end_due
from booking.repository.waitlist import waiting_among
from booking.sessions import (
    approve,
    cancel,
    close,
    decline,
    finish,
    hold,
    no_show,
    paid,
    release,
    reschedule,
    set_link,
)
from booking.times import free_times, seats_left
from booking.waitlist import join as join_waitlist
from booking.waitlist import leave as leave_waitlist
from booking.waitlist import leave_all as leave_waitlists
from booking.waitlist import offer_freed
from booking.waitlist import place as waitlist_place

__all__ = [
    "UnknownSession",
    "all_between",
    "answer",
    "anything_due",
    "approve",
    "ask",
    "begin_due",
    "calendars_due",
    "calendars_of",
    "cancel",
    "change_rules",
    "changed_since",
    "close",
    "confirmed_in",
    "connect",
    "decline",
    "disconnect",
    "draft_question",
    "drop_drafts",
    "end_due",
    "end_written_offer",
    "expert_sessions",
    "expire",
    "expire_holds",
    "expire_requests",
    "export",
    "feed_owner",
    "feed_sessions",
    "feed_token",
    "finish",
    "forget_feed",
    "forget_questions",
    "free_times",
    "group_link",
    "held",
    "held_until",
    "held_with",
    "hold",
    "import_weekly",
    "is_client_of",
    "join_waitlist",
    "last_clients",
    "leave_waitlist",
    "leave_waitlists",
    "lock",
    "lock_questions",
    "moves",
    "next_due",
    "next_free",
    "next_times_outdated",
    "no_show",
    "not_refreshed",
    "offer",
    "offer_freed",
    "offers",
    "offers_by_id",
    "offers_of",
    "overdue",
    "paid",
    "past",
    "question",
    "questions_answered",
    "questions_of",
    "questions_waiting",
    "records",
    "refresh_next_times",
    "refreshed",
    "release",
    "reschedule",
    "save_offer",
    "save_schedule",
    "save_written_offer",
    "seats_left",
    "session",
    "set_link",
    "set_weekly",
    "under_way",
    "upcoming",
    "waiting_among",
    "waitlist_place",
    "weekly",
    "withdraw",
    "written_offer",
]
