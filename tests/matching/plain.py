"""The shortlist by its plain definition, one expert after another, to compare the fast one with."""

import math
from collections.abc import Callable, Mapping, Sequence

from kernel.ids import ExpertId
from kernel.money import Money
from matching.model import Candidate, ExpertFacts, MatchNeed, OfferFacts


def candidates(
    experts: Sequence[ExpertFacts],
    *,
    fits: Mapping[ExpertId, float],
    need: MatchNeed,
    fields: Mapping[str, str],
) -> list[Candidate]:
    """Everybody who may be suggested, the best fitting first."""
    found = [
        _candidate(each, need, fits.get(each.expert_id, 0.0), fields)
        for each in experts
        if each.verified and each.taking_clients and each.offers
    ]
    found = _those_if_any(found, lambda each: each.speaks)
    if need.topic:
        found = _those_if_any(found, lambda each: each.topical > 0 or each.semantic >= 0.8)
    found = _those_if_any(found, lambda each: each.affordable is not False)
    return sorted(found, key=lambda each: -(each.semantic + each.topical))


def groups(ordered: Sequence[float]) -> list[int]:
    """The sizes of groups of equals: whose score is within 0.01 of the best that is left."""
    sizes: list[int] = []
    best = math.inf
    for score in ordered:
        if score > best - 0.01:
            sizes[-1] += 1
        else:
            sizes, best = [*sizes, 1], score
    return sizes


def _candidate(
    expert: ExpertFacts, need: MatchNeed, semantic: float, fields: Mapping[str, str]
) -> Candidate:
    offer = min(expert.offers, key=lambda each: _unfitness(each, need))
    return Candidate(
        expert_id=expert.expert_id,
        offer_id=offer.id,
        price=offer.price,
        semantic=semantic,
        topical=_topical(need.topic, expert.topics, fields),
        speaks=need.language is None or need.language in expert.languages,
        affordable=_affordable(offer.price, need.budget),
    )


def _unfitness(offer: OfferFacts, need: MatchNeed) -> tuple[bool, int, bool, int]:
    too_dear = _affordable(offer.price, need.budget) is False
    off_length = abs(offer.minutes - need.minutes) if need.minutes else 0
    return too_dear, off_length, not offer.price, offer.price.minor


def _affordable(price: Money, budget: Money | None) -> bool | None:
    if budget is None or budget.currency != price.currency:
        return None
    return price <= budget


def _topical(topic: str | None, topics: Sequence[str], fields: Mapping[str, str]) -> float:
    if topic is None:
        return 0.0
    in_fields = {fields.get(each, each) for each in topics}
    if topic in topics or topic in in_fields:
        return 1.0
    return 0.3 if fields.get(topic, topic) in in_fields else 0.0


def _those_if_any(found: list[Candidate], fit: Callable[[Candidate], bool]) -> list[Candidate]:
    return [each for each in found if fit(each)] or found
