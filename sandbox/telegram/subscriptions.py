"""Subscriptions paid in Stars: 30 days each, renewed by themselves until somebody stops them."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from sandbox.values import JsonObject

PERIOD_S = 2_592_000


@dataclass
class Subscription:
    """What one person pays every 30 days. `charges` are its payments, the first one first;
    `expires_at` is in Unix seconds."""

    person_id: int
    invoice: JsonObject
    expires_at: int
    charges: list[str] = field(default_factory=list)
    stopped_by_bot: bool = False
    stopped_by_person: bool = False
    over: bool = False

    @property
    def renews(self) -> bool:
        """Whether it is paid again when its time is over."""
        return not (self.over or self.stopped_by_bot or self.stopped_by_person)


class Subscriptions:
    """All subscriptions in the order of their beginning."""

    def __init__(self) -> None:
        self._all: list[Subscription] = []

    def add(self, new: Subscription) -> None:
        """Somebody subscribed."""
        self._all.append(new)

    def find(self, person_id: int, charge_id: str) -> Subscription | None:
        """A person's subscription by any of its payments."""
        for one in self._all:
            if one.person_id == person_id and charge_id in one.charges:
                return one
        return None

    def of(self, person_id: int) -> list[Subscription]:
        """A person's subscriptions that are not over."""
        return [one for one in self._all if one.person_id == person_id and not one.over]

    def due(self, now: int) -> Iterator[Subscription]:
        """Those whose time is over by `now`."""
        return (one for one in self._all if not one.over and one.expires_at <= now)

    def next_due(self) -> datetime | None:
        """When the next one is renewed."""
        ends = [one.expires_at for one in self._all if one.renews]
        return datetime.fromtimestamp(min(ends), UTC) if ends else None

    def dump(self) -> list[JsonObject]:
        """As JSON for the state file."""
        return [asdict(one) for one in self._all]

    def load(self, saved: list[JsonObject]) -> None:
        """Back from the state file."""
        self._all = [Subscription(**row) for row in saved]
