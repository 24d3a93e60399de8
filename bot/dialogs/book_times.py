"""The days and times of the booking windows, in the client's own zone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram_dialog import DialogManager

from booking.model import Slot
from bot.turn import dialog_value, turn_of
from kernel.ids import OfferId
from texts.translator import Translator
from texts.values import Localized

DAYS_A_PAGE = 9
_SOONEST = 3
_PARTS = {"any": (0, 24), "morning": (0, 12), "afternoon": (12, 17), "evening": (17, 24)}


async def days_of(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """The soonest times, then the days that have any."""
    turn = turn_of(dialog_manager)
    slots = await _slots(dialog_manager)
    fitting = _in_part(dialog_manager, slots)
    zone = ZoneInfo(turn.translate.zone)
    by_day = _by_day(fitting, zone)
    page = int(dialog_manager.dialog_data.get("page") or 0)
    shown = list(by_day)[page * DAYS_A_PAGE : (page + 1) * DAYS_A_PAGE]
    offer = await turn.use_cases.queries.offer(OfferId(dialog_value(dialog_manager, "offer")))
    expert = await turn.use_cases.queries.expert(offer.expert_id)
    part = str(dialog_manager.dialog_data.get("part") or "any")
    return {
        "texts": {
            "expert": expert.name, "title": Localized(offer.title), "minutes": offer.minutes,
            "zone": turn.use_cases.places.zone_name(turn.translate.zone, turn.translate.language),
        },
        "any": bool(fitting), "none": not fitting,
        "zone_note": _zone_note(turn.translate, expert.time_zone, turn.now),
        "soonest": [(_key(one), "⚡ " + turn.translate.instant(one.start))
                    for one in fitting[:_SOONEST] if page == 0],
        "days": [(day.isoformat(), f"{_day_name(turn.translate, by_day[day][0])} ({len(by_day[day])})")
                 for day in shown],
        "parts": [(name, ("• " if name == part else "") + turn.translate.plain(f"part-{name}"))
                  for name in _PARTS],
        "has_earlier": page > 0,
        "has_later": len(by_day) > (page + 1) * DAYS_A_PAGE,
        "moving": _moving(dialog_manager), "new": not _moving(dialog_manager),
    }  # fmt: skip


async def times_of(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """The times of the chosen day."""
    turn = turn_of(dialog_manager)
    fitting = _in_part(dialog_manager, await _slots(dialog_manager))
    by_day = _by_day(fitting, ZoneInfo(turn.translate.zone))
    day = date.fromisoformat(str(dialog_manager.dialog_data["day"]))
    times = by_day.get(day, [])
    return {
        "texts": {
            "day": _long_day(turn.translate, times, day),
            "zone": turn.use_cases.places.zone_name(turn.translate.zone, turn.translate.language),
        },
        "any": bool(times), "none": not times,
        "times": [(_key(one), turn.translate.time(one.start)) for one in times],
    }  # fmt: skip


async def _slots(manager: DialogManager) -> Sequence[Slot]:
    turn = turn_of(manager)
    offer_id = OfferId(dialog_value(manager, "offer"))
    wanted = dialog_value(manager, "after")
    frm = turn.now if wanted is None else max(turn.now, datetime.fromisoformat(wanted))
    offer = await turn.use_cases.queries.offer(offer_id)
    until = turn.now + timedelta(days=offer.window_days)
    slots = await turn.use_cases.queries.free_times(offer_id, frm=frm, until=until)
    if slots or wanted is None:
        return slots
    return await turn.use_cases.queries.free_times(offer_id, frm=turn.now, until=until)


def _in_part(manager: DialogManager, slots: Sequence[Slot]) -> list[Slot]:
    zone = ZoneInfo(turn_of(manager).translate.zone)
    first, last = _PARTS[str(manager.dialog_data.get("part") or "any")]
    return [one for one in slots if first <= one.start.astimezone(zone).hour < last]


def _by_day(slots: Sequence[Slot], zone: ZoneInfo) -> dict[date, list[Slot]]:
    days: dict[date, list[Slot]] = {}
    for one in slots:
        days.setdefault(one.start.astimezone(zone).date(), []).append(one)
    return days


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


def _long_day(translate: Translator, times: Sequence[Slot], day: date) -> str:
    return translate.instant(times[0].start, "MMMMEEEEd") if times else day.isoformat()
