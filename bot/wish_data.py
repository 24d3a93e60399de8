"""A wish as a dialog keeps it: plain values."""

from datetime import datetime, time, timedelta
from typing import Any

from kernel.money import Money
from knowledge.model import Wish

WishData = dict[str, Any]
MOMENT = timedelta(hours=1)
"""So long is the range of a wish that names one time."""


def to_data(wish: Wish) -> WishData:
    """Instants and hours in ISO 8601, money as [minor, currency]."""
    return {
        "topic": wish.topic,
        "budget": [wish.budget.minor, wish.budget.currency] if wish.budget else None,
        **range_data(wish),
        "hours": [one.isoformat() for one in wish.hours] if wish.hours else None,
        "minutes": wish.minutes,
        "language": wish.language,
        "cheapest": wish.cheapest,
        "by_gender": wish.by_gender,
    }


def range_data(wish: Wish) -> WishData:
    """Just between which instants it is."""
    ends = {"after": wish.after, "before": wish.before}
    return {name: at.isoformat() if at else None for name, at in ends.items()}


def search_of_answers(told: dict[str, Any]) -> WishData:
    """The search that the answers of the questionnaire make, once they are classified."""
    return {
        "text": told.get("about") or "", "topic": told["classified"][0],
        "budget": told.get("budget"),
    }  # fmt: skip


def from_data(data: WishData) -> Wish:
    """The wish again, of which the data may say only a part; its urgency narrows no search."""
    after, before, hours = data.get("after"), data.get("before"), data.get("hours")
    budget = data.get("budget")
    return Wish(
        topic=data.get("topic"),
        budget=Money(*budget) if budget else None,
        after=datetime.fromisoformat(after) if after else None,
        before=datetime.fromisoformat(before) if before else None,
        hours=(time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if hours else None,
        minutes=data.get("minutes"),
        language=data.get("language"),
        cheapest=bool(data.get("cheapest")),
        by_gender=bool(data.get("by_gender")),
    )
