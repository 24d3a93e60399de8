"""Who will book within 30 days, and which customer is at risk of leaving: random forests with
calibrated probabilities and reasons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from insights.events import Did, Events, Numbers
from insights.features import DAY, FEATURES, Table, did_within, features
from kernel.imports import one_at_a_time

if TYPE_CHECKING:
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.ensemble import RandomForestClassifier

# so many times a question's days ago, to learn from; the last time calibrates
_SNAPSHOTS = (4, 3, 2)
_STILL_HERE = 60
_FEWEST = 30
_ENOUGH_FOR_STEPS = 200
_TREES, _LEAF, _DEPTH = 150, 10, 10
_MOST_REASONS = 3


Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Question:
    """What is asked about people: about whom, by their features, and what came of everybody in
    so many `days` after an instant (seconds)."""

    days: int
    about: Callable[[Table], Mask]
    came: Callable[[Events, float, int], Mask]


WILL_BOOK = Question(
    30,
    lambda table: np.ones(len(table.people), dtype=np.bool_),
    lambda events, at, days: did_within(events, Did.BOOKED, after=at, days=days),
)
"""Whoever books within 30 days."""

AT_RISK = Question(
    60,
    lambda table: (
        (table.column("bookings_365") > 0) & (table.column("recency_days") <= _STILL_HERE)
    ),
    lambda events, at, days: ~did_within(events, None, after=at, days=days),
)
"""Of those who booked within a year and did something within 60 days, whoever does nothing at all
in the next 60."""


@dataclass(frozen=True)
class PersonReason:
    """A feature that moved a person's probability by `by`, up or down, and its value."""

    feature: str
    value: float | None
    by: float


@dataclass(frozen=True)
class Propensity:
    """Calibrated probabilities, and how good they were on people who were not learnt from.

    `base` is the Brier score of telling everybody the same share.
    """

    forest: "RandomForestClassifier"
    calibrated: "CalibratedClassifierCV"
    auc: float
    brier: float
    base: float
    learnt_from: int

    def probabilities(self, table: Table) -> Numbers:
        """The probability of each person, from 0 to 1."""
        return np.asarray(self.calibrated.predict_proba(table.rows)[:, 1])

    def reasons(self, table: Table) -> list[tuple[PersonReason, ...]]:
        """For each person the features that moved the forest most from its mean (the change of a
        node's share along each tree's path, after Saabas)."""
        moved = moves(self.forest, table)
        order = np.argsort(-np.abs(moved), axis=1)[:, :_MOST_REASONS]
        return [
            tuple(
                PersonReason(FEATURES[each], _plain(row[each]), round(float(by[each]), 4))
                for each in places
                if by[each]
            )
            for row, by, places in zip(table.rows, moved, order, strict=True)
        ]


def learn(events: Events, *, now: float, question: Question = WILL_BOOK) -> Propensity | None:
    """None while there are too few of whom it is true, or not true, to learn from."""
    span = question.days * DAY
    tables = [snapshot(events, at=now - back * span, question=question) for back in _SNAPSHOTS]
    rows = np.concatenate([table.rows for table, _ in tables])
    came = np.concatenate([label for _, label in tables])
    newest, label = snapshot(events, at=now - span, question=question)
    to_judge = newest.people % 2 == 0
    counts = [came, label[to_judge], label[~to_judge]]
    if any(min(int(one.sum()), int((~one).sum())) < _FEWEST for one in counts):
        return None
    # whoever does not train need not wait for this library at the start
    with one_at_a_time:
        from sklearn.calibration import CalibratedClassifierCV
        from sklearn.ensemble import RandomForestClassifier
        from sklearn.frozen import FrozenEstimator
        from sklearn.metrics import brier_score_loss, roc_auc_score
    forest = RandomForestClassifier(
        _TREES, min_samples_leaf=_LEAF, max_depth=_DEPTH, random_state=0, n_jobs=2
    ).fit(rows, came)
    steps = label[~to_judge].sum() >= _ENOUGH_FOR_STEPS
    calibrated = CalibratedClassifierCV(
        FrozenEstimator(forest), method="isotonic" if steps else "sigmoid"
    ).fit(newest.rows[~to_judge], label[~to_judge])
    truth, told = label[to_judge], calibrated.predict_proba(newest.rows[to_judge])[:, 1]
    return Propensity(
        forest, calibrated, auc=float(roc_auc_score(truth, told)),
        brier=float(brier_score_loss(truth, told)), base=float(truth.mean() * (1 - truth.mean())),
        learnt_from=len(rows),
    )  # fmt: skip


def snapshot(events: Events, *, at: float, question: Question = WILL_BOOK) -> tuple[Table, Mask]:
    """The features at an instant of those whom a question is about, and what came of them."""
    table = those(features(events, at=at), question)
    return table, question.came(events, at, question.days)[table.people]


def those(table: Table, question: Question) -> Table:
    """Whom a question is about."""
    chosen = question.about(table)
    return Table(table.people[chosen], table.rows[chosen])


def moves(forest: "RandomForestClassifier", table: Table) -> Numbers:
    """What each feature of each person moves the forest's share by; with the trees' mean root share
    they add up to what the forest says."""
    moved = np.zeros_like(table.rows)
    for tree in forest.estimators_:
        moved += _moves(tree.tree_)[tree.apply(table.rows)]
    return moved / len(forest.estimators_)


def _moves(tree: Any) -> Numbers:
    """For each node what each feature changed on the way to it, in shares."""
    values = tree.value[:, 0, :]
    share = values[:, 1] / values.sum(axis=1)
    moves = np.zeros((len(share), len(FEATURES)))
    children: Sequence[tuple[int, int]] = list(
        zip(tree.children_left, tree.children_right, strict=True)
    )
    for node, (left, right) in enumerate(children):  # parents come before their children
        for child in (left, right):
            if child >= 0:
                moves[child] = moves[node]
                moves[child, tree.feature[node]] += share[child] - share[node]
    return moves


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 2)
