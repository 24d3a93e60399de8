"""A person's features as of an instant, from the events before it. None is a protected attribute."""

from dataclasses import dataclass

import numpy as np

from insights.events import Channel, Did, Events, Numbers

DAY = 86_400.0
FEATURES = (
    "recency_days", "tenure_days", "deeds_30", "deeds_90", "views_90", "questions_90",
    "bookings_90", "bookings_365", "unpaid_holds_90", "spent_365", "topics_365", "evening_share",
    "weekend_share", "by_friend", "by_campaign", "received", "received_less_expected",
    "would_return",
)  # fmt: skip
_EVENING = 18


@dataclass(frozen=True)
class Table:
    """A row a person who had joined: their places among the events' people, and the features."""

    people: "np.typing.NDArray[np.int64]"
    rows: Numbers

    def column(self, name: str) -> Numbers:
        """One feature of everybody."""
        return self.rows[:, FEATURES.index(name)]


def features(events: Events, *, at: float) -> Table:
    """Everybody who had joined at an instant (seconds); unknown survey scores are NaN."""
    columns = events.columns()
    joined = np.array(events.joined)
    count = len(joined)
    before = columns["at"] < at
    person, did, when = (columns[name][before] for name in ("person", "did", "at"))
    age = (at - when) / DAY

    def counted(chosen: "np.typing.NDArray[np.bool_]", weights: Numbers | None = None) -> Numbers:
        some = None if weights is None else weights[chosen]
        return np.bincount(person[chosen], some, minlength=count).astype(np.float64)

    last = joined.copy()
    np.maximum.at(last, person, when)
    everything = np.ones(len(person), dtype=bool)
    deeds = np.maximum(counted(everything), 1)
    local = when + np.array(events.offset)[person]
    evening = local % DAY / 3600 >= _EVENING
    weekend = (local // DAY + 3) % 7 >= 5  # the epoch was a Thursday
    quarter, year = age < 90, age < 365
    asked_for = (did == Did.LOOKED_FOR) & year
    pairs = np.unique(np.stack([person[asked_for], columns["topic"][before][asked_for]]), axis=1)
    channel = np.array(events.channel)
    found = {
        "recency_days": (at - last) / DAY,
        "tenure_days": (at - joined) / DAY,
        "deeds_30": counted(age < 30),
        "deeds_90": counted(quarter),
        "views_90": counted(quarter & (did == Did.VIEWED)),
        "questions_90": counted(quarter & (did == Did.ASKED)),
        "bookings_90": counted(quarter & (did == Did.BOOKED)),
        "bookings_365": counted(year & (did == Did.BOOKED)),
        "unpaid_holds_90": counted(quarter & (did == Did.HELD)),
        "spent_365": counted(year & (did == Did.BOOKED), columns["value"][before]),
        "topics_365": np.bincount(pairs[0], minlength=count).astype(np.float64),
        "evening_share": counted(evening) / deeds,
        "weekend_share": counted(weekend) / deeds,
        "by_friend": (channel == Channel.FRIEND).astype(np.float64),
        "by_campaign": (channel == Channel.CAMPAIGN).astype(np.float64),
        **_surveys(events, count, at=at),
    }
    people = np.flatnonzero(joined < at)
    return Table(people, np.stack([found[name][people] for name in FEATURES], axis=1))


def _surveys(events: Events, count: int, *, at: float) -> dict[str, Numbers]:
    rows = np.array([one for one in events.surveys if one[1] < at], dtype=np.float64).reshape(-1, 5)
    place = rows[:, 0].astype(np.int64)
    times = np.bincount(place, minlength=count).astype(np.float64)
    times[times == 0] = np.nan

    def mean(values: Numbers) -> Numbers:
        return np.asarray(np.bincount(place, values, minlength=count) / times)

    return {
        "received": mean(rows[:, 3]),
        "received_less_expected": mean(rows[:, 3] - rows[:, 2]),
        "would_return": mean(rows[:, 4]),
    }


def did_within(
    events: Events, did: Did | None, *, after: float, days: float
) -> "np.typing.NDArray[np.bool_]":
    """Whether each person did something, or anything, in so many days after an instant."""
    columns = events.columns()
    chosen = (columns["at"] >= after) & (columns["at"] < after + days * DAY)
    if did is not None:
        chosen &= columns["did"] == did
    found = np.zeros(len(events.joined), dtype=bool)
    found[columns["person"][chosen]] = True
    return found
