"""An expert changes when they can be booked, in their own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import HoursNotUnderstood
from booking.model import Session
from booking.schedule import Schedule
from booking.slots import Stay
from booking.words.hours import HoursChange, read_hours
from kernel.clock import Clock
from people.model import Expert
from storage import commands
from storage.engine import SessionMaker
from workflows.places import Places

_LOOK_AHEAD = timedelta(days=400)
_RULES = ("buffer_before", "buffer_after", "notice_minutes", "window_days", "step_minutes")


@dataclass(frozen=True)
class HoursPage:
    """An expert's hours and the rules of their offers: one value where all offers agree.

    `outside` are booked sessions that the hours leave out; they stay. `ambiguous`: the words may
    mean one date as well as every week.
    """

    schedule: Schedule
    rules: Mapping[str, int]
    today: date
    outside: int = 0
    ambiguous: bool = False


@dataclass(frozen=True)
class EditHours:
    """Reads an expert's words about their hours, shows what they would change, and does it.

    Nothing that is booked moves. Raises HoursNotUnderstood, BadHours, BadLimit, BadOffer.
    """

    sessions: SessionMaker
    clock: Clock
    places: Places

    async def page(self, expert: Expert) -> HoursPage:
        """What is in force."""
        async with self.sessions() as db:
            return await self._page(db, expert)

    async def preview(
        self, expert: Expert, text: str, *, today: date, once: bool = False
    ) -> HoursPage:
        """What would be in force. `today` is the expert's date when they wrote the text."""
        async with self.sessions.begin() as db:
            change = read_hours(text, today=today, once=once)
            await self._apply(db, expert, change, today)
            page = await self._page(db, expert, ambiguous=change.ambiguous and not once)
            await db.rollback()
        return page

    async def __call__(
        self, expert: Expert, text: str, *, today: date, command: str, once: bool = False
    ) -> None:
        """Put it in force."""
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            await self._apply(db, expert, read_hours(text, today=today, once=once), today)
            await commands.record(db, command, now=self.clock())

    async def _apply(
        self, db: AsyncSession, expert: Expert, change: HoursChange, today: date
    ) -> None:
        schedule = await booking.weekly(db, expert.id) or Schedule(_home(expert), {})
        stays = [Stay(trip.first, trip.last, self._zone_of(trip.place)) for trip in change.trips]
        await booking.save_schedule(
            db, expert.id, schedule.changed(change, stays=stays, today=today)
        )
        if change.rules:
            await booking.change_rules(db, expert.id, change.rules)

    def _zone_of(self, place: str) -> ZoneInfo:
        zones = self.places.zones_for(place, now=self.clock())
        if len(zones) != 1:
            raise HoursNotUnderstood(words=place)
        return ZoneInfo(zones[0])

    async def _page(
        self, db: AsyncSession, expert: Expert, *, ambiguous: bool = False
    ) -> HoursPage:
        now = self.clock()
        schedule = await booking.weekly(db, expert.id) or Schedule(_home(expert), {})
        offers = await booking.offers(db, expert.id)
        values = {name: {getattr(one, name) for one in offers} for name in _RULES}
        booked = await booking.expert_sessions(db, expert.id, frm=now, until=now + _LOOK_AHEAD)
        return HoursPage(
            schedule=schedule,
            rules={name: one.pop() for name, one in values.items() if len(one) == 1},
            today=schedule.date_of(now),
            outside=sum(not _inside(schedule, one) for one in booked),
            ambiguous=ambiguous,
        )


def _home(expert: Expert) -> ZoneInfo:
    return ZoneInfo(expert.time_zone)


def _inside(schedule: Schedule, session: Session) -> bool:
    return schedule.is_open(session.starts_at, session.ends_at)
