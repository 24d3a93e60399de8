"""The current instant, as something that is handed in."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the product's current instant, an aware UTC datetime.

    In a sandbox it may run ahead of real time; it never goes backwards.
    """

    def __call__(self) -> datetime: ...


def real_now() -> datetime:
    """The machine's real time in UTC, for leases, rate limits and signatures only."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the machine's clock
