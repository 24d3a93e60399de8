"""Who turned to whom and when, in columns: five million rows take about 100 MB.

taste(person, expert) = max(0, sum of weight x 2^(-age / half-life)) ^ 1/4: a glance counts 1, a
held time 2, a booked session 5, a rating from -5 (1 of 10) to 5 (10 of 10). The root keeps a single
booking from drowning many glances; on the histories of `bench/histories.py` it was better than the
plain sum with each half-life from 60 to 480 days.
"""

from array import array
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from kernel.ids import ExpertId, PersonId

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]

HALF_LIFE = timedelta(days=120)
_MIDDLE_RATING, _RATING_SPREAD = 5.5, 4.5
_BOOKED_WEIGHT = 5.0
_ROOT = 0.25


class Kind(IntEnum):
    """What somebody did with an expert."""

    VIEWED = 0
    HELD = 1
    BOOKED = 2
    RATED = 3


_WEIGHTS = np.array([1.0, 2.0, _BOOKED_WEIGHT, 0.0], dtype=np.float32)


@dataclass
class History:
    """Filled row by row, read as columns."""

    people: dict[PersonId, int] = field(default_factory=dict)
    experts: dict[ExpertId, int] = field(default_factory=dict)
    needs: dict[int, tuple[float, str]] = field(default_factory=dict)
    """The first topic that the person at a place asked for, and when (seconds)."""
    _person: "array[int]" = field(default_factory=lambda: array("i"))
    _expert: "array[int]" = field(default_factory=lambda: array("i"))
    _kind: "array[int]" = field(default_factory=lambda: array("b"))
    _at: "array[float]" = field(default_factory=lambda: array("d"))
    _stars: "array[float]" = field(default_factory=lambda: array("f"))

    def add(
        self, person: PersonId, expert: ExpertId, kind: Kind, at: datetime, rating: int = 0
    ) -> None:
        """`rating` is from 1 to 10 where `kind` is RATED."""
        self._person.append(self.people.setdefault(person, len(self.people)))
        self._expert.append(self.experts.setdefault(expert, len(self.experts)))
        self._kind.append(kind)
        self._at.append(at.timestamp())
        self._stars.append(rating)

    def need(self, person: PersonId, topic: str, at: datetime) -> None:
        """The person looked for an expert of a topic."""
        place = self.people.setdefault(person, len(self.people))
        seconds = at.timestamp()
        if place not in self.needs or seconds < self.needs[place][0]:
            self.needs[place] = (seconds, topic)

    def __len__(self) -> int:
        return len(self._at)

    def columns(self) -> "Columns":
        """The rows as they are now."""
        return Columns(
            np.frombuffer(self._person, dtype=np.int32) if self._person else _NO_PLACES,
            np.frombuffer(self._expert, dtype=np.int32) if self._expert else _NO_PLACES,
            np.frombuffer(self._kind, dtype=np.int8) if self._kind else _NO_PLACES,
            np.frombuffer(self._at, dtype=np.float64) if self._at else np.zeros(0),
            np.frombuffer(self._stars, dtype=np.float32) if self._stars else _NO_FLOATS,
            (len(self.people), len(self.experts)),
        )


_NO_PLACES: Places = np.zeros(0, dtype=np.int32)
_NO_FLOATS: Floats = np.zeros(0, dtype=np.float32)


@dataclass(frozen=True)
class Columns:
    """Rows of a history; `shape` is how many people and experts there are in all."""

    person: Places
    expert: Places
    kind: npt.NDArray[np.signedinteger]
    at: npt.NDArray[np.float64]
    stars: Floats
    shape: tuple[int, int]

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Columns":
        """Those rows only."""
        return Columns(
            self.person[chosen], self.expert[chosen], self.kind[chosen], self.at[chosen],
            self.stars[chosen], self.shape,
        )  # fmt: skip

    def taste(self, *, now: float) -> csr_array:
        """People x experts: how much each likes whom at an instant (seconds), never below 0."""
        weights = _WEIGHTS[self.kind]
        rated = self.kind == Kind.RATED
        scale = _BOOKED_WEIGHT / _RATING_SPREAD
        weights[rated] = (self.stars[rated] - _MIDDLE_RATING) * scale
        age = (now - self.at) / HALF_LIFE.total_seconds()
        weights *= np.exp2(-np.maximum(age, 0)).astype(np.float32)
        matrix = csr_array((weights, (self.person, self.expert)), shape=self.shape)
        matrix.sum_duplicates()
        matrix.data = np.maximum(matrix.data, 0) ** _ROOT
        matrix.eliminate_zeros()
        return matrix
