"""The days and times of the booking windows, in the client's own zone."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from aiogram_dialog import DialogManager

from booking.model import Slot
from bot.dialogs.pay import kept_time, minutes_left
from bot.turn import Turn, dialog_value, turn_of
from bot.wish_data import MOMENT, WishData, range_data
from kernel.ids import OfferId, SessionId
from knowledge.model import Wish
from texts.translator import Translator
from texts.values import Localized

DAYS_A_PAGE = 9
_SOONEST = 3
_WHOLE_DAY = "any"
_PARTS = {_WHOLE_DAY: (0, 24), "morning": (0, 12), "afternoon": (12, 17), "evening": (17, 24)}


async def days_of(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """The soonest times, then the days that have any."""
    turn = turn_of(dialog_manager)
    slots = await _slots(dialog_manager)
    fitting = _fitting(dialog_manager, slots)
    zone = ZoneInfo(turn.translate.zone)
    by_day = _by_day(fitting, zone)
    page = int(dialog_manager.dialog_data.get("page") or 0)
    shown = list(by_day)[page * DAYS_A_PAGE : (page + 1) * DAYS_A_PAGE]
    offer = await turn.use_cases.queries.offer(OfferId(dialog_value(dialog_manager, "offer")))
    expert = await turn.use_cases.queries.expert(offer.expert_id)
    part = _part_of(dialog_manager)
    place = await turn.use_cases.waitlist.place(turn.member.id, offer.id)
    seats = await _seats(turn, fitting[:_SOONEST], offer.id)
    kept = await kept_time(dialog_manager)
    return {
        "not_then": _not_then(dialog_manager, fitting) if fitting else "",
        "kept": kept is not None,
        "texts": {
            "expert": expert.name, "title": Localized(offer.title), "minutes": offer.minutes,
            "zone": turn.use_cases.places.zone_name(turn.translate.zone, turn.translate.language),
            "number": 0 if place is None else place.number,
            **({"kept": kept.starts_at, "left": minutes_left(kept, turn.now)} if kept else {}),
        },
        "any": bool(fitting), "none": not fitting,
        "zone_note": _notes(turn.translate, expert.time_zone, turn.now, fitting),
        "soonest": [(_key(one), "⚡ " + turn.translate.instant(one.start) + seats(one))
                    for one in fitting[:_SOONEST] if page == 0],
        "days": [(day.isoformat(), f"{_day_name(turn.translate, by_day[day][0])} ({len(by_day[day])})")
                 for day in shown],
        "parts": [(name, ("• " if name == part else "") + turn.translate.plain(f"part-{name}"))
                  for name in _PARTS],
        "waiting": place is not None,
        "can_wait": not slots and place is None and not _moving(dialog_manager),
        "has_earlier": page > 0,
        "has_later": len(by_day) > (page + 1) * DAYS_A_PAGE,
        "moving": _moving(dialog_manager), "new": not _moving(dialog_manager),
    }  # fmt: skip


async def times_of(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """The times of the chosen day."""
    turn = turn_of(dialog_manager)
    fitting = _fitting(dialog_manager, await _slots(dialog_manager))
    by_day = _by_day(fitting, ZoneInfo(turn.translate.zone))
    day = date.fromisoformat(str(dialog_manager.dialog_data["day"]))
    times = by_day.get(day, [])
    offer = await turn.use_cases.queries.offer(OfferId(dialog_value(dialog_manager, "offer")))
    expert = await turn.use_cases.queries.expert(offer.expert_id)
    place = await turn.use_cases.waitlist.place(turn.member.id, offer.id)
    seats = await _seats(turn, times, offer.id)
    return {
        "theirs": _their_times(turn.translate, expert.time_zone, times),
        "waiting": place is not None,
        "can_wait": not times and place is None and not _moving(dialog_manager),
        "texts": {
            "number": 0 if place is None else place.number,
            "day": _long_day(turn.translate, day),
            "zone": turn.use_cases.places.zone_name(turn.translate.zone, turn.translate.language),
        },
        "any": bool(times), "none": not times,
        "times": [(_key(one), turn.translate.time(one.start) + seats(one)) for one in times],
    }  # fmt: skip


async def _slots(manager: DialogManager) -> Sequence[Slot]:
    turn = turn_of(manager)
    offer_id = OfferId(dialog_value(manager, "offer"))
    wanted = dialog_value(manager, "after")
    frm = turn.now if wanted is None else max(turn.now, datetime.fromisoformat(wanted))
    offer = await turn.use_cases.queries.offer(offer_id)
    until = turn.now + timedelta(days=offer.window_days)
    moved = SessionId(dialog_value(manager, "session")) if _moving(manager) else None
    free_times = partial(turn.use_cases.queries.free_times, offer_id, until=until, moving=moved)
    slots = await free_times(frm=frm)
    return slots if slots or wanted is None else await free_times(frm=turn.now)


def _fitting(manager: DialogManager, slots: Sequence[Slot]) -> Sequence[Slot]:
    """The times of the wanted part of the day; all of them where a part that was only said has
    none."""
    in_part = _in_part(manager, slots)
    return in_part if in_part or dialog_value(manager, "tapped") else slots


def _not_then(manager: DialogManager, fitting: Sequence[Slot]) -> str:
    """That none of these is at the time which was said."""
    if any(_is_wanted(manager, one) for one in _in_part(manager, fitting)):
        return ""
    then = _said(manager)
    return turn_of(manager).translate("book-not-then", then=then) if then else ""


def _is_wanted(manager: DialogManager, slot: Slot) -> bool:
    wanted = _wanted(manager)
    if wanted is None:
        return True
    start, end = wanted
    return slot.start == start if end - start == MOMENT else start <= slot.start < end


def _said(manager: DialogManager) -> str:
    """The time that was said, and the part of the day."""
    wanted, part = _wanted(manager), _part_of(manager)
    translate = turn_of(manager).translate
    said = [_then(translate, *wanted)] if wanted else []
    if part != _WHOLE_DAY:
        said.append(translate.plain(f"part-{part}"))
    return " · ".join(said)


def noted_time(manager: DialogManager) -> str:
    """The time that was said, where no times are shown yet."""
    said = _said(manager)
    return turn_of(manager).translate("book-noted", then=said) if said else ""


def _wanted(manager: DialogManager) -> tuple[datetime, datetime] | None:
    after, before = dialog_value(manager, "after"), dialog_value(manager, "before")
    if after is None or before is None:
        return None
    return datetime.fromisoformat(after), datetime.fromisoformat(before)


def _then(translate: Translator, start: datetime, end: datetime) -> str:
    return translate.instant(start) if end - start == MOMENT else translate.span(start, end)


async def _seats(turn: Turn, times: Sequence[Slot], offer: OfferId) -> Callable[[Slot], str]:
    """What is said behind a time: how many seats a group that has begun to fill has left."""
    left = await turn.use_cases.queries.seats_left(offer, until=times[-1].end) if times else {}

    def said(slot: Slot) -> str:
        seats = left.get(slot.start)
        return " · " + turn.translate.plain("seats-left", left=seats) if seats else ""

    return said


def _in_part(manager: DialogManager, slots: Sequence[Slot]) -> list[Slot]:
    zone = ZoneInfo(turn_of(manager).translate.zone)
    first, last = _PARTS[_part_of(manager)]
    return [one for one in slots if first <= one.start.astimezone(zone).hour < last]


def times_data(expert: str, wish: Wish) -> WishData:
    """What the windows of an expert's times need to know to open at what is wished for."""
    return {"expert": expert, **range_data(wish), "part": part_of(wish)}


def part_of(wish: Wish) -> str:
    """The part of the day that the hours of a wish begin in."""
    if wish.hours is None:
        return _WHOLE_DAY
    hour = wish.hours[0].hour
    parts = (name for name, (first, last) in _PARTS.items() if first <= hour < last)
    return next(name for name in parts if name != _WHOLE_DAY)


def _part_of(manager: DialogManager) -> str:
    return str(dialog_value(manager, "part") or _WHOLE_DAY)


def _by_day(slots: Sequence[Slot], zone: ZoneInfo) -> dict[date, list[Slot]]:
    days: dict[date, list[Slot]] = {}
    for one in slots:
        days.setdefault(one.start.astimezone(zone).date(), []).append(one)
    return days


def day_range(manager: DialogManager, day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight on the client's clock."""
    zone = ZoneInfo(turn_of(manager).translate.zone)
    midnight = datetime.combine(day, time(), zone)
    return midnight.astimezone(UTC), datetime.combine(
        day + timedelta(days=1), time(), zone
    ).astimezone(UTC)


def _notes(translate: Translator, expert_zone: str, now: datetime, slots: Sequence[Slot]) -> str:
    """The expert's clock and the days on which either clock changes, where there is any."""
    notes = [_zone_note(translate, expert_zone, now), clock_changes(translate, now, slots)]
    return "\n".join(one for one in notes if one)


def clock_changes(translate: Translator, now: datetime, slots: Sequence[Slot]) -> str:
    """Said when the client's clock changes before the last of the times."""
    zone = ZoneInfo(translate.zone)
    before = now.astimezone(zone).utcoffset()
    for one in slots:
        if one.start.astimezone(zone).utcoffset() != before:
            # days without free times lie between, so the change itself is looked for
            change = _change_between(zone, now, one.start)
            return translate("book-clock-change", day=translate.instant(change, "MMMEd"))
    return ""


def _change_between(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """The instant, to the minute, at which the zone's offset changes."""
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(minutes=1):
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


def _their_times(translate: Translator, expert_zone: str, times: Sequence[Slot]) -> str:
    """The same times on the expert's clock, where it shows others."""
    if not times:
        return ""
    first, last = times[0].start, times[-1].start
    there = Translator(translate.language, expert_zone)
    if there.time(first) == translate.time(first):
        return ""
    return translate("book-their-times", first=there.instant(first), last=there.instant(last))


def _zone_note(translate: Translator, expert_zone: str, now: datetime) -> str:
    """Said only where the expert's clock shows something else."""
    theirs = now.astimezone(ZoneInfo(expert_zone))
    if theirs.utcoffset() == now.astimezone(ZoneInfo(translate.zone)).utcoffset():
        return ""
    return translate("book-zone-note", time=Translator(translate.language, expert_zone).time(now))


def _moving(manager: DialogManager) -> bool:
    return bool(dialog_value(manager, "session")) and not dialog_value(manager, "holding")


def _key(slot: Slot) -> str:
    return str(int(slot.start.timestamp()))


def _day_name(translate: Translator, slot: Slot) -> str:
    return translate.instant(slot.start, "MMMEd")


def _long_day(translate: Translator, day: date) -> str:
    noon = datetime.combine(day, time(12), ZoneInfo(translate.zone))
    return translate.instant(noon, "MMMMEEEEd")
