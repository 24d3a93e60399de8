"""The operator's figures, each with what it was calculated from.

Retention R = L / N: of the N clients who booked in a month (30 days), the L who booked in the next.
Satisfaction S = (Q - D) / (Q + D): quality received against expected, means of the surveys.
Value V = C / R' x 1 / (1 + r)^n: what a client pays a month, over the share R' = 1 - R that leaves a
month (so C / R' is what they pay in all), discounted by r a month over n months.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from booking.tables import SessionRow
from insights import profiles
from insights.histories import TOOK_PLACE
from payments.tables import PaymentRow
from people.tables import ReviewRow

MONTH = timedelta(days=30)
_MONTHS = 7
_FEWEST_FOR_A_LINE = 3


@dataclass(frozen=True)
class Discount:
    """By how much a later payment is worth less: `rate` a year, over `months`."""

    rate: float = 0.1
    months: int = 12

    @property
    def monthly(self) -> float:
        """The rate a month that makes the rate a year."""
        return float((1 + self.rate) ** (1 / 12) - 1)


async def report(db: AsyncSession, *, now: datetime, discount: Discount) -> dict[str, Any]:
    """Retention with a forecast, satisfaction, value, churn and segments, ready for JSON. A figure
    that cannot be calculated is None."""
    months = await _clients_by_month(db, now=now)
    retention = _retention(months)
    latest = retention["R"]
    night = await profiles.latest_card(db)
    return {
        "retention": retention,
        "satisfaction": await _satisfaction(db),
        "value": await _value(db, now=now, retention=latest, discount=discount),
        "churn": {
            "rate": None if latest is None else round(1 - latest, 4),
            "left": retention["N"] - retention["L"], "of": retention["N"],
        },
        "segments": {
            "counts": night.get("segments", {}), "silhouette": night.get("silhouette"),
            "drift": night.get("drift"), "profiled": night.get("people", 0),
        },
    }  # fmt: skip


async def _clients_by_month(db: AsyncSession, *, now: datetime) -> list[set[str]]:
    """Who booked what took place, a set a month, the oldest first, ending now."""
    begin = now - _MONTHS * MONTH
    rows = await db.execute(
        select(SessionRow.client_id, SessionRow.created_at).where(
            SessionRow.state.in_(TOOK_PLACE), SessionRow.created_at >= begin,
            SessionRow.created_at < now,
        )
    )  # fmt: skip
    months: list[set[str]] = [set() for _ in range(_MONTHS)]
    for client, at in rows:
        months[(at - begin) // MONTH].add(client)
    return months


def _retention(months: Sequence[set[str]]) -> dict[str, Any]:
    pairs = [(len(a & b), len(a)) for a, b in pairwise(months)]
    known = [(place, stayed / of) for place, (stayed, of) in enumerate(pairs) if of]
    stayed, of = pairs[-1]
    return {
        "R": round(stayed / of, 4) if of else None, "L": stayed, "N": of,
        "months": [{"L": one, "N": all_} for one, all_ in pairs],
        "forecast": _forecast(known, at=len(pairs)),
    }  # fmt: skip


def _forecast(known: Sequence[tuple[int, float]], *, at: int) -> float | None:
    """The next month on the line of least squares; the mean where there are too few months."""
    if not known:
        return None
    places, rates = (np.array(each) for each in zip(*known, strict=True))
    if len(known) < _FEWEST_FOR_A_LINE:
        return round(float(rates.mean()), 4)
    slope, start = np.polyfit(places, rates, 1)
    return round(float(np.clip(start + slope * at, 0, 1)), 4)


async def _satisfaction(db: AsyncSession) -> dict[str, Any]:
    count, received, expected = (
        await db.execute(
            select(func.count(), func.avg(ReviewRow.received), func.avg(ReviewRow.expected))
        )
    ).one()
    if not count:
        return {"S": None, "Q": None, "D": None, "surveys": 0}
    quality, wanted = float(received), float(expected)
    return {
        "S": round((quality - wanted) / (quality + wanted), 4),
        "Q": round(quality, 4), "D": round(wanted, 4), "surveys": count,
    }  # fmt: skip


async def _value(
    db: AsyncSession, *, now: datetime, retention: float | None, discount: Discount
) -> list[dict[str, Any]]:
    """A figure a currency; refunds are taken off."""
    rows = await db.execute(
        select(
            PaymentRow.currency, PaymentRow.payer,
            PaymentRow.minor + PaymentRow.credit_minor - PaymentRow.refunded_minor,
        ).where(PaymentRow.paid_at.is_not(None), PaymentRow.paid_at >= now - MONTH)
    )  # fmt: skip
    paid: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for currency, payer, minor in rows:
        paid[currency].append((payer, minor))
    leaving = None if retention is None else 1 - retention
    factor = 1 / (1 + discount.monthly) ** discount.months
    found = []
    for currency, payments in sorted(paid.items()):
        clients = len({payer for payer, _ in payments})
        each = sum(minor for _, minor in payments) / clients
        value = round(each / leaving * factor) if leaving else None
        found.append({
            "V": None if value is None else {"amount": value, "currency": currency},
            "C": {"amount": round(each), "currency": currency}, "clients": clients,
            "R": None if leaving is None else round(leaving, 4),
            "r": round(discount.monthly, 6), "n": discount.months,
        })  # fmt: skip
    return found
