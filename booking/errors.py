"""Refusals about times and sessions.

DomainError
├── UnknownOffer, UnknownSession    no such thing, or not theirs
├── UnknownEntry                    not on the waitlist
├── OfferGone                       the expert no longer offers it
├── NotOffered                      not a time that the expert offers
├── TimeTaken                       somebody was faster
├── ClientBusy                      the client has another session then
├── OnlyOnce                        the client has had this once, which is as often as it goes
├── HoldGone                        the hold ran out and the time is taken
├── StateMoved                      the session is not in the state that the move needs
├── TooLateToCancel                 it has begun
├── TooLateToMove, MovedTooOften    limits of rescheduling
├── TooEarlyToReport                it is not late enough to say that somebody did not come
├── BadPolicy                       tiers or limits that cannot work
├── BadOffer                        an offer that cannot work
├── BadHours, BadLimit              opening hours or limits that cannot work
├── UnknownCalendar                 no such calendar, or not theirs
├── TooManyCalendars                more than an expert can import
├── CalendarUnreadable              not a calendar that can be read
├── CalendarUnreachable             its address answers with nothing, or too slowly, or too much
├── BadCalendarAddress              not an address that may be asked
├── UnknownQuestion                 no such written question, or not theirs
├── QuestionMoved                   it is answered already, or its deadline has passed
├── NoAnswersNow                    the expert gives no answers in writing now
└── HoursNotUnderstood              words that say nothing about hours
"""

from kernel.errors import DomainError


class UnknownOffer(DomainError):
    key = "error-unknown-offer"


class UnknownSession(DomainError):
    key = "error-unknown-session"


class UnknownEntry(DomainError):
    key = "error-not-on-waitlist"


class OfferGone(DomainError):
    key = "error-offer-gone"


class NotOffered(DomainError):
    key = "error-time-not-offered"


class TimeTaken(DomainError):
    key = "error-time-taken"


class ClientBusy(DomainError):
    key = "error-client-busy"


class OnlyOnce(DomainError):
    key = "error-only-once"


class HoldGone(DomainError):
    key = "error-hold-gone"


class StateMoved(DomainError):
    key = "error-session-moved-on"


class TooLateToCancel(DomainError):
    key = "error-too-late-to-cancel"


class TooLateToMove(DomainError):
    key = "error-too-late-to-move"


class MovedTooOften(DomainError):
    key = "error-moved-too-often"


class TooEarlyToReport(DomainError):
    key = "error-too-early-to-report"


class BadPolicy(DomainError):
    key = "error-bad-policy"


class BadOffer(DomainError):
    key = "error-bad-offer"


class BadHours(DomainError):
    key = "error-bad-hours"


class BadLimit(DomainError):
    key = "error-bad-limit"


class HoursNotUnderstood(DomainError):
    key = "error-hours-not-understood"


class CalendarUnreadable(DomainError):
    key = "error-calendar-unreadable"


class CalendarUnreachable(DomainError):
    key = "error-calendar-unreachable"


class BadCalendarAddress(DomainError):
    key = "error-calendar-address"


class UnknownCalendar(DomainError):
    key = "error-unknown-calendar"


class TooManyCalendars(DomainError):
    key = "error-too-many-calendars"


class UnknownQuestion(DomainError):
    key = "error-unknown-question"


class QuestionMoved(DomainError):
    key = "error-question-moved"


class NoAnswersNow(DomainError):
    key = "error-no-answers-now"
