"""Made-up people whose bookings follow a known rule."""

import numpy as np

from insights.events import Channel, Did, Events
from insights.features import DAY
from kernel.ids import PersonId

NOW = 400 * DAY
"""An instant in seconds: 1971-02-05."""


def a_crowd(people: int = 600, seed: int = 1) -> Events:
    """A third book about twice a month, a third look now and then and seldom book, a sixth came
    last month, a sixth has not been seen for months."""
    random = np.random.default_rng(seed)
    events = Events()
    for number in range(people):
        kind = number % 6
        joined = NOW - random.uniform(1, 25) * DAY if kind == 4 else random.uniform(0, 60) * DAY
        add_person(events, f"p{number}", joined)
        until = NOW - 100 * DAY if kind == 5 else NOW
        every, chance = (8, 0.5) if kind < 2 else (15, 0.06)
        at = joined
        while (at := at + random.exponential(every) * DAY) < until:
            add(events, number, Did.VIEWED, at)
            if random.random() < chance:
                add(events, number, Did.BOOKED, at + 60)
    return events


def a_fading_crowd(people: int = 1500, seed: int = 3) -> Events:
    """A third come about weekly, a third every six weeks, and both book half of the times; a third
    come weekly and never book."""
    random = np.random.default_rng(seed)
    events = Events()
    for number in range(people):
        kind = ("lively", "fading", "looker")[number % 3]
        at = random.uniform(0, 30) * DAY
        add_person(events, f"{kind}-{number}", at)
        while (at := at + random.exponential(45 if kind == "fading" else 7) * DAY) < NOW:
            add(events, number, Did.VIEWED, at)
            if kind != "looker" and random.random() < 0.5:
                add(events, number, Did.BOOKED, at + 60)
    return events


def add_person(events: Events, name: str, joined: float) -> None:
    events.people[PersonId(name)] = len(events.people)
    events.joined.append(joined)
    events.channel.append(Channel.ALONE)
    events.offset.append(0.0)


def add(events: Events, place: int, did: Did, at: float) -> None:
    events.person.append(place)
    events.did.append(did)
    events.at.append(at)
    events.topic.append(-1)
    events.value.append(1.0 if did is Did.BOOKED else 0.0)
