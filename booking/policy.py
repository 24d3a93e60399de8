"""What comes back when a client cancels, and how late and often they may move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from booking.errors import BadPolicy


@dataclass(frozen=True)
class CancelPolicy:
    """How many percent come back when a client cancels, and how late and often they may move.

    `tiers` are (hours before the start, percent back), the earliest first: the first one whose
    hours fit counts. Raises BadPolicy.
    """

    tiers: tuple[tuple[int, int], ...] = ((24, 100), (3, 50), (0, 0))
    move_hours: int = 3
    moves: int = 3

    def __post_init__(self) -> None:
        hours = [hours for hours, _ in self.tiers]
        fits = all(0 <= percent <= 100 for _, percent in self.tiers)
        if not fits or hours != sorted(set(hours), reverse=True) or min([0, *hours]) < 0:
            raise BadPolicy
        if self.move_hours < 0 or self.moves < 0:
            raise BadPolicy

    def percent_back(self, notice: timedelta) -> int:
        """The percent for a cancellation this long before the start."""
        for hours, percent in self.tiers:
            if notice >= timedelta(hours=hours):
                return percent
        return 0

    def to_json(self) -> dict[str, Any]:
        return {
            "tiers": [list(tier) for tier in self.tiers],
            "move_hours": self.move_hours,
            "moves": self.moves,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        return cls(
            tuple((int(hours), int(percent)) for hours, percent in value["tiers"]),
            # snapshots of sessions that were booked before these could be chosen lack them
            move_hours=int(value.get("move_hours", cls.move_hours)),
            moves=int(value.get("moves", cls.moves)),
        )
