"""What a history teaches about experts, and what it says to one person.

Five signals, none of which keeps a person's rows: what somebody did is multiplied in when they ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array

from kernel.imports import one_at_a_time
from matching.recommend.content import Content, unit_rows
from matching.recommend.history import Columns, Floats, Kind

WARM = ("popularity", "content", "experts", "people", "factors")
COLD = ("popularity", "content", "need")
_FACTORS = 64
_FAME = 0.3  # columns are scaled by length^(0.3 - 1), which keeps the famous from taking all axes
_NEIGHBOURS = 100
# two experts are tied only by so many people, so that nobody can be made out in it
_FEWEST_IN_COMMON = 3
_BLOCK = 256


@dataclass(frozen=True)
class Lessons:
    """Learnt from everybody; places are those of the content's rows.

    `experts` says which experts are turned to by the same people (cosine of columns), `people` what
    people turn to who are alike (cosines of all people's rows, which sum to one matrix), `factors`
    are the main axes of the whole matrix (truncated SVD, after EigenRec).
    """

    popularity: Floats
    by_need: Mapping[str, Floats]
    experts: csr_array
    people: csr_array
    factors: Floats
    scale: Floats


def learn(columns: Columns, needs: Mapping[int, str], *, now: float) -> Lessons:
    """Learn from rows up to `now` (seconds); `needs` are topics by a person's place.

    Only who has booked teaches, and only bookings make popular: looking costs nothing, so many
    made-up people who look at an expert change nothing.
    """
    booked = columns.where((columns.kind == Kind.BOOKED) | (columns.kind == Kind.RATED))
    votes = csr_array(booked.taste(now=now))
    teachers = np.diff(votes.indptr) > 0
    taste = columns.where(teachers[columns.person]).taste(now=now)
    taught = csr_array(taste[np.diff(taste.indptr) > 0])
    squares = taught.power(2)
    lengths = np.sqrt(squares.sum(axis=0))
    scale = np.where(lengths > 0, np.maximum(lengths, 1e-9) ** (_FAME - 1), 0).astype(np.float32)
    counts = np.maximum(np.asarray((taught > 0).sum(axis=0)).ravel(), 1)
    return Lessons(
        popularity=_one_vote(votes).sum(axis=0).astype(np.float32),
        by_need=_by_need(votes, needs),
        experts=_alike(csr_array(taught @ _divided_by(lengths)), np.ones(len(counts))),
        people=_alike(
            csr_array(_divided_by(np.sqrt(squares.sum(axis=1))) @ taught), 1 / np.sqrt(counts)
        ),
        factors=_factors(taught, scale),
        scale=scale,
    )


def _one_vote(votes: csr_array) -> csr_array:
    return csr_array(_divided_by(votes.sum(axis=1)) @ votes)


def _divided_by(lengths: npt.NDArray[np.floating]) -> Any:
    """The diagonal matrix that divides rows or columns by their lengths, those of 0 left as they
    are."""
    return diags_array(1 / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _by_need(votes: csr_array, needs: Mapping[int, str]) -> dict[str, Floats]:
    shares = _one_vote(votes)
    people: dict[str, list[int]] = {}
    for place, topic in needs.items():
        people.setdefault(topic, []).append(place)
    return {
        topic: np.asarray(shares[places].sum(axis=0), dtype=np.float32).ravel()
        for topic, places in people.items()
    }


def _alike(matrix: csr_array, damping: npt.NDArray[np.float64]) -> csr_array:
    """The strongest neighbours of each column by the product of columns, block by block."""
    count = matrix.shape[1]
    turned = csr_array(matrix.T)
    rows, columns, values = [], [], []
    for begin in range(0, count, _BLOCK):
        some = turned[begin : begin + _BLOCK]
        shared = ((some > 0).astype(np.float32) @ (matrix > 0).astype(np.float32)).toarray()
        block = np.where(shared < _FEWEST_IN_COMMON, 0, (some @ matrix).toarray() * damping)
        places = np.arange(begin, begin + block.shape[0])
        block[np.arange(block.shape[0]), places] = 0
        kept = min(_NEIGHBOURS, count)
        best = np.argpartition(-block, kept - 1, axis=1)[:, :kept]
        rows.append(np.repeat(places, kept))
        columns.append(best.ravel())
        values.append(np.take_along_axis(block, best, axis=1).ravel())
    if not rows:
        return csr_array((count, count), dtype=np.float32)
    found = csr_array(
        (
            np.concatenate(values).astype(np.float32),
            (np.concatenate(rows), np.concatenate(columns)),
        ),
        shape=(count, count),
    )
    found.eliminate_zeros()
    return found


def _factors(taught: csr_array, scale: Floats) -> Floats:
    axes = min(_FACTORS, min(taught.shape) - 1)
    if axes < 1 or not taught.nnz:
        return np.zeros((taught.shape[1], 1), dtype=np.float32)
    # whoever does not train need not wait for this library at the start
    with one_at_a_time:
        from sklearn.utils.extmath import randomized_svd

    _, _, axes_of = randomized_svd(taught @ diags_array(scale), axes, random_state=0)
    return np.asarray(axes_of.T, dtype=np.float32)


def signals(lessons: Lessons, content: Content, taste: csr_array) -> dict[str, Floats]:
    """For people with a history (a row each): each signal for each expert, at most 1."""
    spread = taste @ diags_array(lessons.scale)
    liked = unit_rows(taste @ content.rows)
    return {
        "popularity": _at_most_one(np.tile(lessons.popularity, (taste.shape[0], 1))),
        "content": _at_most_one(liked @ content.rows.T),
        "experts": _at_most_one((taste @ lessons.experts).toarray()),
        "people": _at_most_one((taste @ lessons.people).toarray()),
        "factors": _at_most_one((spread @ lessons.factors) @ lessons.factors.T),
    }


def cold_signals(lessons: Lessons, content: Content, topic: str | None) -> dict[str, Floats]:
    """The same for somebody of whom at most a topic is known: one row."""
    nobody = np.zeros_like(lessons.popularity)
    wanted = content.rows @ content.of_topic(topic) if topic else nobody
    return {
        "popularity": _at_most_one(lessons.popularity[None]),
        "content": _at_most_one(wanted[None]),
        "need": _at_most_one(lessons.by_need.get(topic or "", nobody)[None]),
    }


def _at_most_one(values: Floats) -> Floats:
    most = np.maximum(np.max(np.abs(values), axis=1, keepdims=True, initial=0), 1e-9)
    return np.asarray(values / most, dtype=np.float32)


def blend(found: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The weighted sum of signals."""
    parts = [weights[name] * values for name, values in found.items() if weights.get(name)]
    return np.sum(parts, axis=0, dtype=np.float32) if parts else np.zeros(1, dtype=np.float32)
