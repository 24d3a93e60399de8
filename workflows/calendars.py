"""Calendars in and out: those that an expert imports, and each person's own feed."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from booking import calendar
from booking import service as booking
from booking.busy_calendar import busy_times
from booking.errors import BadCalendarAddress, CalendarUnreachable, CalendarUnreadable
from booking.fetching import checked_address, fetch_calendar
from booking.imported import AHEAD
from booking.repository.calendars import ImportedCalendar
from booking.slots import Interval
from kernel.clock import Clock
from kernel.ids import ExpertId, PersonId
from people import service as people
from people.model import Expert
from storage import commands, outbox
from storage.engine import SessionMaker
from storage.outbox import Notice, NoticeButton
from texts.translator import Translator
from texts.values import Key, Localized, Value, to_json
from workflows.meetings import meeting_for
from workflows.notices import Meeting
from workflows.tell_admins import TellAdmins

_log = logging.getLogger(__name__)

_BACK = timedelta(days=1)
_AT_ONCE = 4


@dataclass(frozen=True)
class ReadCalendars:
    """Fetches calendars and reads their busy times, off the event loop's thread.

    `trusted` are hosts of the operator's own network.
    """

    clock: Clock
    trusted: frozenset[str]

    async def __call__(self, address: str, home: ZoneInfo) -> list[Interval]:
        """Raises BadCalendarAddress, CalendarUnreachable, CalendarUnreadable."""
        now = self.clock()
        content = await fetch_calendar(address, trusted=self.trusted)
        return await asyncio.to_thread(
            busy_times, content, home=home, frm=now - _BACK, until=now + AHEAD
        )


@dataclass(frozen=True)
class ImportCalendars:
    """An expert lets the busy times of another calendar count, or no more."""

    sessions: SessionMaker
    clock: Clock
    read: ReadCalendars

    async def all_of(self, expert: ExpertId) -> list[ImportedCalendar]:
        """What an expert imports."""
        async with self.sessions() as db:
            return await booking.calendars_of(db, expert)

    async def connect(self, expert: Expert, text: str, *, command: str) -> None:
        """Read the calendar at an address once, then keep it.

        Raises BadCalendarAddress, CalendarUnreachable, CalendarUnreadable, TooManyCalendars.
        """
        address = checked_address(text)
        home = await self._home(expert)
        busy = await self.read(address, home)
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                await booking.connect(db, expert.id, address, busy, now=now)
                await commands.record(db, command, now=now)

    async def disconnect(self, expert: ExpertId, calendar_id: str, *, command: str) -> None:
        """Forget it. Raises UnknownCalendar."""
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                await booking.disconnect(db, calendar_id, expert)
                await commands.record(db, command, now=self.clock())

    async def _home(self, expert: Expert) -> ZoneInfo:
        async with self.sessions() as db:
            schedule = await booking.weekly(db, expert.id)
        return schedule.zone if schedule else ZoneInfo(expert.time_zone)


@dataclass(frozen=True)
class RefreshCalendars:
    """Imported calendars are read again every quarter of an hour. One that cannot be read keeps
    its last known busy times; after the second try the expert and the admins are told, once."""

    sessions: SessionMaker
    clock: Clock
    read: ReadCalendars
    tell_admins: TellAdmins

    async def __call__(self) -> None:
        async with self.sessions() as db:
            due = await booking.calendars_due(db, now=self.clock(), limit=_AT_ONCE)
        await asyncio.gather(*map(self._refresh, due))

    async def _refresh(self, imported: ImportedCalendar) -> None:
        async with self.sessions() as db:
            expert = await people.expert(db, imported.expert_id)
            schedule = await booking.weekly(db, expert.id)
        home = schedule.zone if schedule else ZoneInfo(expert.time_zone)
        try:
            busy = await self.read(imported.address, home)
        except (BadCalendarAddress, CalendarUnreachable, CalendarUnreadable) as reason:
            _log.warning("calendar %s of expert %s: %s", imported.id, expert.id, reason.key)
            await self._failed(imported, expert, Key(reason.key))
            return
        async with self.sessions.begin() as db:
            await booking.refreshed(db, imported, busy, now=self.clock())

    async def _failed(self, imported: ImportedCalendar, expert: Expert, reason: Key) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if not await booking.not_refreshed(db, imported, now=now):
                return
            once = f"{imported.id}:{imported.fetched_at.timestamp():.0f}"
            values: dict[str, Value] = {
                "host": imported.host,
                "reason": reason,
                "since": imported.fetched_at,
            }
            await self.tell_admins(
                db, "notice-calendar-failing-admin", once=once, expert=expert.name,
                host=imported.host, reason=reason, since=imported.fetched_at,
            )  # fmt: skip
            if expert.person_id is not None:
                await outbox.add(
                    db,
                    Notice(
                        unique_key=f"calendar-failing:{once}", recipient=expert.person_id,
                        due_at=now, key="notice-calendar-failing", values=to_json(values),
                        buttons=[[NoticeButton("button-calendars", "calendars:open")]],
                    ),
                )  # fmt: skip


@dataclass(frozen=True)
class Feeds:
    """Each person's own calendar, at an address that only they know."""

    sessions: SessionMaker
    clock: Clock
    web_address: str

    async def address(self, person: PersonId, *, anew: bool = False) -> str:
        """Where a person subscribes; `anew` makes another address, and the old one worthless."""
        async with self.sessions.begin() as db:
            token = await booking.feed_token(db, person, anew=anew)
        return f"{self.web_address}/calendar/{token}.ics"

    async def read(self, token: str) -> bytes | None:
        """The calendar file, None for an address that is worth nothing."""
        now = self.clock()
        async with self.sessions() as db:
            owner = await booking.feed_owner(db, token)
            if owner is None:
                return None
            person = await people.get(db, owner)
            expert = await people.expert_of_person(db, owner)
            translate = Translator(person.language, person.time_zone or "UTC")
            found = await booking.feed_sessions(
                db, owner, None if expert is None else expert.id, now=now
            )
            events = [_event(translate, await meeting_for(db, one), owner) for one in found]
        return calendar.feed(
            events, name=translate.plain("calendar-name"), zone=ZoneInfo(translate.zone), now=now
        )


def _event(translate: Translator, meeting: Meeting, reader: PersonId) -> calendar.FeedEvent:
    """The other side's name is in the title."""
    session = meeting.session
    mine = session.client_id == reader
    return calendar.FeedEvent(
        session,
        title=translate.plain(
            "calendar-title", title=Localized(meeting.offer.title),
            expert=meeting.expert.name if mine else meeting.client.first_name,
        ),
        description=translate.plain(
            "calendar-description", where=session.link or Key("calendar-in-chat")
        ),
        url=session.link,
    )  # fmt: skip
