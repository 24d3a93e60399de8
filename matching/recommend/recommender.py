"""What people's history says about experts to one person, with reasons."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from kernel.ids import ExpertId, PersonId
from matching.model import Reason, Taste
from matching.recommend.content import Content
from matching.recommend.history import Floats, History, Kind
from matching.recommend.replay import Weights
from matching.recommend.signals import Lessons, blend, cold_signals, signals

_MOST, _HALF_AT = 0.25, 4  # the weight of a person's history, and how many experts reach half of it
_MOST_COLD, _HALF_AT_VOTES = 0.1, 20
_GOOD_RATING = 6


class Deed(NamedTuple):
    """Something that somebody did with an expert; `row` is the activity's id, `rating` 1 to 10."""

    person: PersonId
    expert: ExpertId
    kind: Kind
    at: datetime
    rating: int
    row: str


@dataclass(frozen=True)
class Past:
    """What is known of one person: what they did, newest last, and the topic they asked for."""

    deeds: Sequence[Deed]
    topic: str | None


@dataclass(frozen=True)
class Recommender:
    """One night's lessons. `experts` are in the order of the lessons' places."""

    experts: Sequence[ExpertId]
    lessons: Lessons
    content: Content
    warm: Weights
    cold: Weights

    def tastes(
        self, past: Past, among: Collection[ExpertId], *, name: Callable[[ExpertId], str],
        now: datetime,
    ) -> dict[ExpertId, Taste]:  # fmt: skip
        """How much a person is expected to like each of some experts, and how much that counts.

        Whom the lessons do not know yet is expected to be liked like the mean of the others.
        """
        places = self._places
        row = self._row(past.deeds, places, now=now)
        known = [each for each in among if each in places]
        if row.nnz:
            scores = blend(signals(self.lessons, self.content, row), self.warm)[0]
            weight = _MOST * row.nnz / (row.nnz + _HALF_AT)
        else:
            found = cold_signals(self.lessons, self.content, past.topic)
            scores = blend(found, self.cold)[0]
            votes = float(self.lessons.by_need.get(past.topic or "", np.zeros(1)).sum())
            weight = _MOST_COLD * votes / (votes + _HALF_AT_VOTES)
        if not known or weight == 0:
            return {}
        scores = np.clip(scores / max(float(scores.max()), 1e-9), 0, 1)
        usual = float(np.mean([scores[places[each]] for each in known]))
        reasons = self._reasons(past.deeds, row, places, known, name)
        again = _again(past.deeds)
        tastes = {}
        for each in among:
            value = float(scores[places[each]]) if each in places else usual
            value, because = again.get(each, (value, reasons.get(each)))
            tastes[each] = Taste(value, weight, because)
        return tastes

    @cached_property
    def _places(self) -> dict[ExpertId, int]:
        return {each: place for place, each in enumerate(self.experts)}

    def _row(
        self, deeds: Sequence[Deed], places: Mapping[ExpertId, int], *, now: datetime
    ) -> csr_array:
        known = [one for one in deeds if one.expert in places]
        history = History()
        for one in known:
            history.add(one.person, one.expert, one.kind, one.at, one.rating)
        row = csr_array((1, len(places)), dtype=np.float32)
        if known:
            few = history.columns().taste(now=now.timestamp())
            row = csr_array(
                (
                    few.data,
                    np.array([places[one] for one in history.experts])[few.indices],
                    few.indptr,
                ),
                shape=row.shape,
            )
        return row

    def _reasons(
        self, deeds: Sequence[Deed], row: csr_array, places: Mapping[ExpertId, int],
        experts: Sequence[ExpertId], name: Callable[[ExpertId], str],
    ) -> dict[ExpertId, Reason]:  # fmt: skip
        """For each expert the one whom the person turned to and whose visitors turn here most."""
        if not row.nnz:
            return {}
        wanted = [places[each] for each in experts]
        ties = self.lessons.experts[row.indices][:, wanted].toarray() * row.data[:, None]
        found = {}
        for column, expert in enumerate(experts):
            strongest = int(np.argmax(ties[:, column]))
            if ties[strongest, column] <= 0:
                continue
            other = self.experts[int(row.indices[strongest])]
            last = max((one for one in deeds if one.expert == other), key=lambda one: one.kind)
            key = "reason-because-viewed" if last.kind < Kind.BOOKED else "reason-because-booked"
            found[expert] = Reason(key, {"expert": name(other)}, row=last.row)
        return found


def _again(deeds: Sequence[Deed]) -> dict[ExpertId, tuple[float, Reason | None]]:
    """Experts whom the person has booked: liked ones are wanted again, others are not."""
    booked = {one.expert: one for one in deeds if one.kind is Kind.BOOKED}
    rated = {one.expert: one.rating for one in deeds if one.kind is Kind.RATED}
    return {
        expert: (1.0, Reason("reason-again", {"when": one.at}, row=one.row))
        if rated.get(expert, _GOOD_RATING) >= _GOOD_RATING
        else (0.0, None)
        for expert, one in booked.items()
    }


def arrays_of(recommender: Recommender) -> dict[str, Any]:
    """Everything but names as arrays, smaller where half precision does."""
    lessons = recommender.lessons
    found: dict[str, Any] = {
        "popularity": lessons.popularity, "scale": lessons.scale,
        "factors": lessons.factors.astype(np.float16),
        "content": recommender.content.rows.astype(np.float16),
        "needs": np.stack(list(lessons.by_need.values())) if lessons.by_need else np.zeros((0, 0)),
    }  # fmt: skip
    for name, matrix in (("experts", lessons.experts), ("people", lessons.people)):
        found[f"{name}_data"] = matrix.data.astype(np.float16)
        found[f"{name}_indices"] = matrix.indices.astype(np.int32)
        found[f"{name}_indptr"] = matrix.indptr
    return found


def lessons_from(arrays: Mapping[str, Floats], topics: Sequence[str]) -> Lessons:
    """The lessons that `arrays_of` took apart."""
    count = len(arrays["popularity"])

    def matrix(name: str) -> csr_array:
        parts = (arrays[f"{name}_data"].astype(np.float32), arrays[f"{name}_indices"],
                 arrays[f"{name}_indptr"])  # fmt: skip
        return csr_array(parts, shape=(count, count))

    return Lessons(
        popularity=arrays["popularity"],
        by_need=dict(zip(topics, arrays["needs"], strict=True)),
        experts=matrix("experts"),
        people=matrix("people"),
        factors=arrays["factors"].astype(np.float32),
        scale=arrays["scale"],
    )
