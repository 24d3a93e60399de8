"""What this process remembers of the leases that it has on lanes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from time import monotonic

from storage import lanes


@dataclass
class Leases:
    """Saves asking the database for a lease that is fresh.

    A lane counts as had for a third of its lease, so that whoever relies on it has the rest of
    the time to finish or to renew.
    """

    _taken: dict[str, float] = field(default_factory=dict)

    def has(self, lane: str) -> bool:
        """Whether a lane is this process's for a good while yet."""
        taken = self._taken.get(lane)
        return taken is not None and monotonic() - taken < lanes.LEASE.total_seconds() / 3

    def took(self, taken: Collection[str]) -> None:
        """The database has just given these lanes to this process."""
        self._taken.update(dict.fromkeys(taken, monotonic()))

    def forget_still(self, *, busy: Collection[str]) -> set[str]:
        """Count lanes that are not busy and were not renewed for a while as had no longer.

        To be called before they are given back: in between nobody may rely on them.
        """
        before = monotonic() - lanes.STILL.total_seconds()
        still = {one for one, taken in self._taken.items() if taken < before and one not in busy}
        for lane in still:
            del self._taken[lane]
        return still

    def forget_all(self) -> set[str]:
        """Count no lane as had any longer; those that were."""
        had = set(self._taken)
        self._taken.clear()
        return had
