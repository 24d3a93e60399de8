"""A night's work: fit the hybrid's weights, judge it, learn from everything."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.recommend.content import Content
from matching.recommend.history import History
from matching.recommend.replay import (
    FIT_SHARE,
    TEST_SHARE,
    Scores,
    Weights,
    compare,
    fit_weights,
    trial,
)
from matching.recommend.signals import Lessons, learn


@dataclass(frozen=True)
class Replay:
    """What was measured on a time split: the hybrid's weights, and the scores of each way."""

    warm: Weights
    cold: Weights
    scores: Mapping[str, Mapping[str, Scores]]


def replay(history: History, content: Content) -> Replay:
    """Weights from the 16 % of rows before the newest 20 %, scores on the newest 20 %.

    `content` has a row for each expert of the history, in its order.
    """
    at = history.columns().at
    end = float(at.max()) + 1
    fit, test = (
        float(np.quantile(at, 1 - share)) for share in (TEST_SHARE + FIT_SHARE, TEST_SHARE)
    )
    warm, cold = fit_weights(trial(history, content, cut=fit, until=test))
    return Replay(warm, cold, compare(trial(history, content, cut=test, until=end), warm, cold))


def learn_everything(history: History, *, now: float) -> Lessons:
    """What the product uses until the next night."""
    needs = {place: topic for place, (_, topic) in history.needs.items()}
    return learn(history.columns(), needs, now=now)
