"""Sessions as calendar files: one to import, and feeds to subscribe to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from booking.model import CALLED_OFF, Session, SessionState

_PRODUCT = "-//Hourwise//EN"


def ics(session: Session, *, title: str, description: str, url: str | None, now: datetime) -> bytes:
    """An iCalendar file with one event, in UTC.

    Its UID stays the same and SEQUENCE grows, so that a calendar replaces the earlier version;
    a session that was called off takes it out again.
    """
    gone = session.state in CALLED_OFF
    calendar = _calendar()
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    calendar.add_component(
        _event(session, title=title, description=description, url=url, now=now, zone=None)
    )
    return bytes(calendar.to_ical())


@dataclass(frozen=True)
class FeedEvent:
    """A session of a feed with its reader's words."""

    session: Session
    title: str
    description: str
    url: str | None


def feed(events: Sequence[FeedEvent], *, name: str, zone: ZoneInfo, now: datetime) -> bytes:
    """A calendar to subscribe to, on the wall clock of its reader's zone, which it describes.

    A session that was called off stays in it as cancelled, so that subscribers strike it out.
    """
    calendar = _calendar()
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    if events and zone.key != "UTC":
        first = min(one.session.starts_at for one in events).date()
        last = max(one.session.ends_at for one in events).date()
        calendar.add_component(
            Timezone.from_tzid(
                zone.key,
                first_date=first - timedelta(days=370),
                last_date=last + timedelta(days=370),
            )
        )
    for one in events:
        calendar.add_component(
            _event(
                one.session, title=one.title, description=one.description, url=one.url, now=now,
                zone=zone,
            )
        )  # fmt: skip
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _event(
    session: Session,
    *,
    title: str,
    description: str,
    url: str | None,
    now: datetime,
    zone: ZoneInfo | None,
) -> Event:
    gone = session.state in CALLED_OFF
    event = Event()
    event.add("uid", f"{session.id}@hourwise")
    event.add("sequence", session.sequence + gone)
    event.add("dtstamp", now)
    event.add("dtstart", session.starts_at.astimezone(zone or UTC))
    event.add("dtend", session.ends_at.astimezone(zone or UTC))
    event.add("summary", title)
    event.add("description", description)
    tentative = session.state is SessionState.REQUESTED
    event.add("status", "CANCELLED" if gone else "TENTATIVE" if tentative else "CONFIRMED")
    if url:
        event.add("url", url)
        event.add("location", url)
    return event
