"""Offline evaluation: learn up to an instant, judge by whom people turned to for the first time
afterwards.

NDCG@10 and recall@20 are means over people with such experts; coverage is the share of experts
that come among anybody's first ten; novelty the mean of -log2(share of people who knew them).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from matching.recommend.content import Content
from matching.recommend.history import Columns, Floats, History
from matching.recommend.signals import COLD, WARM, Lessons, blend, cold_signals, learn, signals

_TOP, _RECALL = 10, 20
_PEOPLE_AT_ONCE = 500
_MOST_PEOPLE = 4_000
_FOR_WEIGHTS = 1_000_000  # people x experts that weights are tried on
_STEPS = (0.0, 0.05, 0.1, 0.25, 0.5, 1.0)
_ROUNDS = 2
# fewer people than this say nothing about weights
_FEWEST_FOR_WEIGHTS = 50
_USUAL_WARM = {"popularity": 0.1, "content": 0.5, "experts": 1.0, "people": 0.1, "factors": 0.5}
_USUAL_COLD = {"popularity": 0.1, "content": 1.0, "need": 0.5}
TEST_SHARE, FIT_SHARE = 0.2, 0.16

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Scores:
    """How good a way to recommend was; `error` is the standard error of `ndcg`."""

    people: int
    ndcg: float
    error: float
    recall: float
    coverage: float
    novelty: float

    def to_json(self) -> dict[str, float]:
        """With the names of the contracts."""
        named = {"ndcg": f"ndcg@{_TOP}", "recall": f"recall@{_RECALL}"}
        return {named.get(name, name): round(value, 4) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Part:
    """People to judge by: what they had done (`taste`), and whom they turned to then (`then`)."""

    people: npt.NDArray[np.int64]
    taste: csr_array
    seen: csr_array
    then: csr_array

    def first(self, count: int) -> "Part":
        """At most so many of them."""
        return Part(self.people[:count], self.taste[:count], self.seen[:count], self.then[:count])


@dataclass(frozen=True)
class Trial:
    """Lessons up to an instant, and those to judge them by, with a history and without."""

    lessons: Lessons
    content: Content
    topics: Mapping[int, str]
    warm: Part
    cold: Part
    known: Floats
    """For each expert the share of people who had turned to them."""


def trial(history: History, content: Content, *, cut: float, until: float) -> Trial:
    """Learn from everything before `cut`, to be judged by what came before `until` (seconds)."""
    rows = history.columns()
    before = rows.where(rows.at < cut)
    after = rows.where((rows.at >= cut) & (rows.at < until))
    seen, later = _ones(before), _ones(after)
    then = csr_array(later - later.multiply(seen))
    then.eliminate_zeros()
    taste = before.taste(now=cut)
    to_judge = np.diff(then.indptr) > 0
    knows = np.diff(seen.indptr) > 0
    random = np.random.default_rng(0)

    def part(chosen: npt.NDArray[np.bool_]) -> Part:
        people = random.permutation(np.flatnonzero(chosen))[:_MOST_PEOPLE]
        return Part(people, taste[people], seen[people], then[people])

    needs = {place: topic for place, (at, topic) in history.needs.items() if at < cut}
    return Trial(
        learn(before, needs, now=cut), content,
        {place: topic for place, (_, topic) in history.needs.items()},
        warm=part(to_judge & knows), cold=part(to_judge & ~knows),
        known=np.asarray(seen.mean(axis=0), dtype=np.float32).ravel(),
    )  # fmt: skip


def fit_weights(tried: Trial) -> tuple[Weights, Weights]:
    """The weights of the hybrid with the best NDCG@10, for people with a history and without: from
    the best signal alone, one weight after another, twice, each over a few steps."""
    most = max(_FOR_WEIGHTS // max(len(tried.known), 1), 50)
    warm = _ascend(tried, tried.warm.first(most), _USUAL_WARM)
    cold = _ascend(tried, tried.cold.first(most), _USUAL_COLD)
    return warm, cold


def _ascend(tried: Trial, part: Part, usual: Weights) -> Weights:
    if len(part.people) < _FEWEST_FOR_WEIGHTS:
        return usual
    alone = [{name: float(name == one) for name in usual} for one in usual]
    found = _signals(tried, part)

    def quality(of: Weights) -> float:
        return float(_gains(_best(blend(found, of), part.seen), part.then)[0].mean())

    best, weights = max(((quality(one), one) for one in alone), key=lambda each: each[0])
    for name in [*usual] * _ROUNDS:
        for step in _STEPS:
            other = weights | {name: step}
            if any(other.values()) and (reached := quality(other)) > best + 1e-6:
                best, weights = reached, other
    return weights


def judge(tried: Trial, part: Part, weights: Weights) -> Scores:
    """The scores of a way to recommend, given as weights of signals."""
    gains, recalls, shown = [], [], []
    for begin in range(0, len(part.people), _PEOPLE_AT_ONCE):
        some = slice(begin, begin + _PEOPLE_AT_ONCE)
        few = Part(part.people[some], part.taste[some], part.seen[some], part.then[some])
        best = _best(blend(_signals(tried, few), weights), few.seen)
        gain, recall = _gains(best, few.then)
        gains.append(gain)
        recalls.append(recall)
        shown.append(best[:, :_TOP])
    if not gains:
        return Scores(0, 0, 0, 0, 0, 0)
    gain, top = np.concatenate(gains), np.concatenate(shown)
    novelty = -np.log2(np.maximum(tried.known[top], 1 / max(len(part.people), 2)))
    return Scores(
        people=len(gain), ndcg=float(gain.mean()),
        error=float(gain.std() / math.sqrt(len(gain))),
        recall=float(np.concatenate(recalls).mean()),
        coverage=len(np.unique(top)) / len(tried.known), novelty=float(novelty.mean()),
    )  # fmt: skip


def _signals(tried: Trial, part: Part) -> Mapping[str, Floats]:
    if part.taste.nnz:
        return signals(tried.lessons, tried.content, part.taste)
    by_topic: dict[str | None, dict[str, Floats]] = {}
    rows = []
    for place in part.people:
        topic = tried.topics.get(int(place))
        if topic not in by_topic:
            by_topic[topic] = cold_signals(tried.lessons, tried.content, topic)
        rows.append(by_topic[topic])
    return {name: np.concatenate([row[name] for row in rows]) for name in COLD}


def _best(scores: Floats, seen: csr_array) -> npt.NDArray[np.int64]:
    """The places of the best twenty whom a person has not turned to yet."""
    scores = scores.copy()
    people = np.repeat(np.arange(seen.shape[0]), np.diff(seen.indptr))
    scores[people, seen.indices] = -np.inf
    kept = min(_RECALL, scores.shape[1])
    best = np.argpartition(-scores, kept - 1, axis=1)[:, :kept]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def _gains(best: npt.NDArray[np.int64], then: csr_array) -> tuple[Floats, Floats]:
    """NDCG@10 and recall@20 of each person."""
    wanted = np.asarray(then.sum(axis=1)).ravel()
    people = np.arange(len(best))[:, None]
    right = np.asarray(then.toarray()[people, best] > 0, dtype=np.float32)
    discount = 1 / np.log2(np.arange(_TOP) + 2)
    ideal = np.cumsum(discount)[np.minimum(wanted, _TOP).astype(int) - 1]
    top = right[:, :_TOP]
    return (top @ discount[: top.shape[1]]) / ideal, right.sum(axis=1) / wanted


def _ones(columns: Columns) -> csr_array:
    matrix = csr_array(
        (np.ones(len(columns.at), dtype=np.float32), (columns.person, columns.expert)),
        shape=columns.shape,
    )
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def compare(tried: Trial, warm: Weights, cold: Weights) -> dict[str, dict[str, Scores]]:
    """The hybrid and each signal alone, for people with a history and without."""

    def each(part: Part, names: Sequence[str], hybrid: Weights) -> dict[str, Scores]:
        ways: dict[str, Weights] = {name: {name: 1.0} for name in names}
        return {name: judge(tried, part, way) for name, way in {**ways, "hybrid": hybrid}.items()}

    return {
        "with_history": each(tried.warm, WARM, warm),
        "without_history": each(tried.cold, COLD, cold),
    }
