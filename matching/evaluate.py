"""The figures of `match eval`, by the scoring code that answers people."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kernel.ids import ExpertId, OfferId
from kernel.money import Money
from matching.model import ExpertFacts, MatchNeed, OfferFacts
from matching.rank import rank
from matching.shortlist import Matcher
from vectors.embedders import Embedders

_AT = 5
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class JudgedExpert:
    """An expert of an evaluation set; `bio` is a text a language."""

    id: str
    bio: Mapping[str, str]
    topics: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class JudgedNeed:
    """A need, and the experts who are right for it."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Found:
    """The place of the first who was right for a need (from 1), the gain, and how long it took."""

    first: float
    ndcg: float
    ms: float


def evaluate(
    experts: Sequence[JudgedExpert], needs: Sequence[JudgedNeed], embedders: Embedders
) -> dict[str, float]:
    """n, hit@1, hit@5, ndcg@5, mrr and p50_ms over needs that have somebody right."""
    return figures(judge(experts, needs, embedders))


def judge(
    experts: Sequence[JudgedExpert],
    needs: Sequence[JudgedNeed],
    embedders: Embedders,
    *,
    seed: int = 0,
) -> list[Found]:
    """What came of each need that has somebody right. Experts of the same score come in random
    order."""
    facts = [_facts(each) for each in experts]
    matcher = Matcher(embedders)
    matcher.take(facts)
    found = []
    for number, need in enumerate(needs):
        if not need.relevant:
            continue
        began = time.perf_counter()
        order = _order(matcher, len(facts), need.text, seed=f"{seed} {number}")
        took = (time.perf_counter() - began) * 1000
        right = [place for place, expert in enumerate(order) if expert in need.relevant]
        first = right[0] + 1 if right else math.inf
        found.append(Found(first, _ndcg(right, len(need.relevant)), took))
    return found


def figures(found: Sequence[Found]) -> dict[str, float]:
    """The means, with the names of the contracts."""
    ranks, times = [one.first for one in found], sorted(one.ms for one in found)
    count = len(found)
    return {
        "n": count,
        "hit@1": _mean([float(each <= 1) for each in ranks]),
        "hit@5": _mean([float(each <= _AT) for each in ranks]),
        "ndcg@5": _mean([one.ndcg for one in found]),
        "mrr": _mean([1 / each for each in ranks]),
        "p50_ms": round(times[count // 2], 2) if times else 0.0,
    }


def _order(matcher: Matcher, count: int, text: str, *, seed: str) -> list[str]:
    need = MatchNeed(text=text)
    found = [*matcher.shortlist(need, count, seed=seed)]
    return [
        match.expert_id for match in rank(found, need=need, next_free={}, tastes={}, now=_ANY_TIME)
    ]


def _facts(expert: JudgedExpert) -> ExpertFacts:
    return ExpertFacts(
        expert_id=ExpertId(expert.id),
        name=expert.id,
        bio=expert.bio,
        topics=expert.topics,
        languages=(),
        offers=(OfferFacts(OfferId(expert.id), {}, 60, Money(0, "USD"), "free"),),
        verified=True,
        taking_clients=True,
        answered=expert.answers,
    )


def _ndcg(right: Sequence[int], relevant: int) -> float:
    gain = sum(1 / math.log2(place + 2) for place in right if place < _AT)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(_AT, relevant)))


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
