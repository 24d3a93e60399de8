"""Weights of the score, learnt from what people booked of what they were shown.

Each booking is compared with everybody else on the same list. Who stands higher is booked more
often whoever it is, so each place has an effect of its own that is fitted together with the weights
and left out afterwards; and a booking from a place that is seldom chosen counts more when weights
are judged (by the inverse of that effect, ten times at most). The weights are those of a pairwise
logistic regression, never below 0, drawn towards the fixed ones by a normal prior, which few
bookings hardly move; they add up to 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from kernel.imports import one_at_a_time
from matching.rank import WEIGHTS

Weights = Mapping[str, float]
Floats = npt.NDArray[np.float64]

FEWEST = 200
"""Bookings that are needed to learn from."""
_TEST_SHARE = 0.2
_AT = 5
_PRIOR = 1.0
# keeps the scale finite where the fixed score explains every booking
_LOOSE = 0.01
_MOST_COUNTED = 10.0
# from here on places are one
_PLACES = 10
# a difference within two standard errors is chance
_ERRORS = 2


@dataclass(frozen=True)
class Choice:
    """A list as it was shown, best first, each with its features as they entered the score, and
    the place (from 0) of the one that was booked."""

    at: datetime
    shown: Sequence[Mapping[str, float]]
    booked: int


@dataclass(frozen=True)
class Learnt:
    """Weights, what was measured, and whether they are better than the fixed ones."""

    weights: Weights
    card: Mapping[str, Any]
    better: bool


def learn(choices: Sequence[Choice]) -> Learnt:
    """Learn from the older four fifths, judge on the newest fifth by NDCG@5 against the fixed
    weights; better by more than two standard errors of the difference, they are learnt from
    everything. There are to be `FEWEST` choices at least."""
    ordered = sorted(choices, key=lambda one: one.at)
    cut = round(len(ordered) * (1 - _TEST_SHARE))
    tried, test = fit(ordered[:cut]), ordered[cut:]
    seldom = np.exp(-tried.places[[_place(one.booked) for one in test]])
    counts = np.minimum(seldom, _MOST_COUNTED)
    learnt, fixed = (
        gains(test, weights) * counts / counts.mean() for weights in (tried.weights, WEIGHTS)
    )
    error = float((learnt - fixed).std() / np.sqrt(len(test)))
    better = bool((learnt - fixed).mean() > _ERRORS * error)
    weights = fit(ordered).weights if better else WEIGHTS
    card = {
        "bookings": len(ordered), "judged_on": len(test),
        "learnt": {f"ndcg@{_AT}": round(float(learnt.mean()), 4)},
        "fixed": {f"ndcg@{_AT}": round(float(fixed.mean()), 4)},
        "error": round(error, 4), "weights": {name: weights[name] for name in WEIGHTS},
    }  # fmt: skip
    return Learnt(weights, card, better)


@dataclass(frozen=True)
class Fitted:
    """Weights, and how much more or less each place is booked than the first (in logits)."""

    weights: Weights
    places: Floats


def fit(choices: Sequence[Choice]) -> Fitted:
    """What explains best that the booked ones were booked; each choice counts the same."""
    features, places, counts = _pairs(choices)
    fixed = np.array([*WEIGHTS.values()])
    # how much the fixed score says at all, before the weights themselves
    along = (features @ fixed)[:, None]
    scale, _ = _logistic(along, places, counts, prior=np.zeros(1), strength=_LOOSE)
    found, effects = _logistic(features, places, counts, prior=scale * fixed, strength=_PRIOR)
    weights = found / found.sum() if found.sum() else fixed
    named = {name: float(one) for name, one in zip(WEIGHTS, weights, strict=True)}
    return Fitted(named, np.array([0.0, *effects]))


def _logistic(
    features: Floats, places: Floats, counts: Floats, *, prior: Floats, strength: float
) -> tuple[Floats, Floats]:
    """Coefficients of differences of features, never below 0, and of places, of any sign."""
    # whoever does not train need not wait for this library at the start
    with one_at_a_time:
        from scipy.optimize import minimize

    rows, size = np.hstack([features, places]), features.shape[1]
    drawn = np.zeros(rows.shape[1])
    drawn[:size] = prior
    force = np.full(len(drawn), _PRIOR)
    force[:size] = strength

    def loss(at: Floats) -> tuple[float, Floats]:
        margins, off = rows @ at, at - drawn
        wrong = counts / (1 + np.exp(np.clip(margins, -500, 500)))
        value = counts @ np.logaddexp(0, -margins) + (force * off) @ off / 2
        return float(value), force * off - rows.T @ wrong

    bounds = [(0, None)] * size + [(None, None)] * (len(drawn) - size)
    found = minimize(loss, drawn, jac=True, bounds=bounds).x
    return found[:size], found[size:]


def gains(choices: Sequence[Choice], weights: Weights) -> Floats:
    """NDCG@5 of each list in the order of these weights; who is equal keeps their order."""
    by = np.array([weights[name] for name in WEIGHTS])
    found = []
    for one in choices:
        order = np.argsort(-(_matrix(one) @ by).round(12), kind="stable").tolist()
        place = order.index(one.booked)
        found.append(1 / np.log2(place + 2) if place < _AT else 0.0)
    return np.array(found)


def _pairs(choices: Sequence[Choice]) -> tuple[Floats, Floats, Floats]:
    """What was booked less each other of its list, in features and in places, and how much each
    such pair counts."""
    features, places, counts = [], [], []
    at = np.eye(_PLACES)[:, 1:]
    for one in choices:
        rows = _matrix(one)
        others = [place for place in range(len(rows)) if place != one.booked]
        features.append(rows[one.booked] - rows[others])
        places.append(at[_place(one.booked)] - at[[_place(each) for each in others]])
        counts.append(np.full(len(others), 1 / max(len(others), 1)))
    return np.concatenate(features), np.concatenate(places), np.concatenate(counts)


def _place(place: int) -> int:
    return min(place, _PLACES - 1)


def _matrix(choice: Choice) -> Floats:
    return np.array([[row[name] for name in WEIGHTS] for row in choice.shown])
