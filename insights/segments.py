"""Groups of people by K-means, with names that stay from night to night."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from insights.events import Numbers
from insights.features import Table
from kernel.imports import one_at_a_time
from people.model import Standing

FEWEST_PEOPLE = 40
_BY = ("recency_days", "tenure_days", "deeds_90", "bookings_365", "spent_365")
_MOST_GROUPS = 6
_SAMPLE = 3_000
_BETTER = 0.02  # another number of groups must be better by this, or the names would flicker
_QUIET_DAYS, _NEW_DAYS, _FREQUENT_BOOKINGS = 45, 30, 2


@dataclass(frozen=True)
class Groups:
    """The centres in logarithms of the features, and how well apart they are (silhouette)."""

    centres: Numbers
    silhouette: float

    def to_json(self) -> dict[str, Any]:
        """What the next night starts from."""
        return {"centres": self.centres.tolist(), "silhouette": round(self.silhouette, 4)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Groups":
        """The groups of an earlier night."""
        return cls(np.array(value["centres"]), value["silhouette"])


def group(table: Table, earlier: Groups | None) -> tuple[Groups, list[Standing]]:
    """The groups and each person's name. Last night's centres are where it starts, and their number
    stays unless another is clearly better."""
    points = np.log1p(np.stack([table.column(name) for name in _BY], axis=1))
    middle, spread = points.mean(axis=0), np.maximum(points.std(axis=0), 1e-9)
    scaled = (points - middle) / spread
    most = min(_MOST_GROUPS, len(np.unique(scaled, axis=0)))
    tried = [_fit(scaled, count, None) for count in range(min(2, most), most + 1)]
    best = max(tried, key=lambda one: one[1])
    if earlier is not None and len(earlier.centres) <= most:
        start = (earlier.centres - middle) / spread
        same = _fit(scaled, len(start), start)
        best = best if best[1] > same[1] + _BETTER else same
    model, silhouette = best
    centres = model.cluster_centers_ * spread + middle
    names = [_name(centre) for centre in np.expm1(centres)]
    return Groups(centres, silhouette), [names[each] for each in model.labels_]


def _fit(scaled: Numbers, count: int, start: Numbers | None) -> tuple[Any, float]:
    """K-means, and its silhouette."""
    # whoever does not train need not wait for this library at the start
    with one_at_a_time:
        from sklearn.cluster import KMeans
        from sklearn.metrics import silhouette_score

    if start is None:
        model = KMeans(count, n_init=4, random_state=0).fit(scaled)
    else:
        model = KMeans(count, init=start, n_init=1, random_state=0).fit(scaled)
    if len(np.unique(model.labels_)) < 2:
        return model, -1.0
    some = np.random.default_rng(0).permutation(len(scaled))[:_SAMPLE]
    labels = model.labels_[some]
    if len(np.unique(labels)) < 2:
        return model, -1.0
    return model, float(silhouette_score(scaled[some], labels))


def _name(centre: npt.NDArray[np.float64]) -> Standing:
    recency, tenure, _, bookings, _ = centre
    if recency >= _QUIET_DAYS:
        return Standing.QUIET
    if bookings >= _FREQUENT_BOOKINGS:
        return Standing.FREQUENT
    return Standing.NEW if tenure < _NEW_DAYS else Standing.POTENTIAL


def drift(before: Sequence[str], after: Sequence[str]) -> float:
    """The share of people, named in the same order both nights, whose name changed."""
    return sum(a != b for a, b in zip(before, after, strict=True)) / max(len(before), 1)
