"""A session as a calendar file."""

from datetime import datetime

from icalendar import Calendar, Event

from booking.model import Session, SessionState

_PRODUCT = "-//Hourwise//EN"
_CALLED_OFF = frozenset({SessionState.CANCELLED, SessionState.DECLINED, SessionState.EXPIRED})


def ics(session: Session, *, title: str, description: str, url: str | None, now: datetime) -> bytes:
    """An iCalendar file with one event, in UTC.

    Its UID stays the same and SEQUENCE grows, so that a calendar replaces the earlier version;
    a session that was called off takes it out again.
    """
    gone = session.state in _CALLED_OFF
    event = Event()
    event.add("uid", f"{session.id}@hourwise")
    event.add("sequence", session.sequence + gone)
    event.add("dtstamp", now)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", title)
    event.add("description", description)
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    if url:
        event.add("url", url)
        event.add("location", url)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
