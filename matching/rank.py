"""The score of candidates whose free times are known, and the reasons in words.

score = 0.45 fit of the texts + 0.18 topic + 0.10 rating + 0.09 price + 0.08 soonest time
+ 0.05 replies + 0.05 sessions kept, each from 0 to 1. Few observations count little: a rating is
drawn towards 4.2 stars by the weight of five reviews, the two shares towards 0.9 by the weight of
ten. These weights are fixed; once there are enough bookings, better ones may be learnt from them
(`matching/learning.py`).

For somebody with a history, up to a quarter of the score is what they are expected to like
(`matching/recommend/`): score = (1 - w) x the above + w x taste.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from kernel.ids import ExpertId, OfferId
from kernel.money import Money, decimals
from matching.model import (
    MOST_REASONS,
    Candidate,
    Match,
    MatchNeed,
    Reason,
    Share,
    Stars,
    Starts,
    Taste,
)

WEIGHTS = {
    "texts": 0.45, "topic": 0.18, "rating": 0.10, "price": 0.09, "soon": 0.08, "replies": 0.05,
    "kept": 0.05,
}  # fmt: skip
# rough and fixed: they only put prices of several currencies in an order
_DOLLARS = {
    "USD": 1.0, "EUR": 1.1, "GBP": 1.3, "CHF": 1.2, "CNY": 0.14, "HKD": 0.13, "SGD": 0.75, "JPY": 0.0067,
    "XTR": 0.013,
}  # fmt: skip
_STARS = 5
_PRIOR_STARS, _PRIOR_WEIGHT = 4.2, 5
_PRIOR_SHARE, _PRIOR_SHARE_WEIGHT = 0.9, 10
_FEWEST_REPLIES, _FEWEST_SESSIONS = 5, 10
_UNKNOWN_PRICE = 0.5
_CLEARLY_FITS = 0.6
_WELL_RATED = 4.5
_SOON_MEANS = timedelta(days=2)


def rank(
    candidates: Sequence[Candidate],
    *,
    need: MatchNeed,
    next_free: Mapping[OfferId, Starts],
    tastes: Mapping[ExpertId, Taste],
    now: datetime,
    weights: Mapping[str, float] = WEIGHTS,
) -> list[Match]:
    """The best first; equally good ones keep their order.

    `next_free` holds the first free time of each offer within the wanted range. Experts
    without one come only when nobody has one.
    """
    free = [each for each in candidates if each.offer_id in next_free] or list(candidates)
    matches = []
    for each in free:
        slot = next_free.get(each.offer_id)
        start = slot.start if slot else None
        taste = tastes.get(each.expert_id)
        found = features(each, need, start, now)
        parts = _with_taste({name: weights[name] * found[name] for name in found}, taste)
        matches.append(
            Match(
                expert_id=each.expert_id,
                offer_id=each.offer_id,
                score=sum(parts.values()),
                parts=parts,
                features=_mixed(found, taste),
                rating=each.rating,
                reasons=_reasons(each, need, start, now, taste),
            )
        )
    if need.cheapest:
        of = {each.expert_id: (-each.topical, _worth(each.price)) for each in free}
        return sorted(matches, key=lambda match: (*of[match.expert_id], -match.score))
    return sorted(matches, key=lambda match: -match.score)


def _worth(price: Money) -> float:
    """About how many dollars; a currency that is not known counts as one."""
    return price.minor / 10.0 ** decimals(price.currency) * _DOLLARS.get(price.currency, 1.0)


def features(
    candidate: Candidate,
    need: MatchNeed,
    start: datetime | None,
    now: datetime,
) -> dict[str, float]:
    """What the score is made of, each from 0 to 1, before the weights."""
    return {
        "texts": candidate.semantic,
        "topic": candidate.topical,
        "rating": _fair_stars(candidate.rating) / _STARS,
        "price": _price_fit(candidate, need),
        "soon": _soonness(start, now),
        "replies": _fair_share(candidate.replies),
        "kept": _fair_share(candidate.sessions),
    }


def _with_taste(parts: dict[str, float], taste: Taste | None) -> dict[str, float]:
    if taste is None:
        return parts
    less = {name: (1 - taste.weight) * value for name, value in parts.items()}
    return {**less, "taste": taste.weight * taste.value}


def _mixed(found: dict[str, float], taste: Taste | None) -> dict[str, float]:
    """Weights add up to 1, so that taste may stand in each feature as well as beside them."""
    if taste is None:
        return found
    liked = taste.weight * taste.value
    return {name: (1 - taste.weight) * value + liked for name, value in found.items()}


def _fair_stars(rating: Stars | None) -> float:
    if rating is None:
        return _PRIOR_STARS
    total = rating.mean * rating.count + _PRIOR_STARS * _PRIOR_WEIGHT
    return total / (rating.count + _PRIOR_WEIGHT)


def _fair_share(share: Share) -> float:
    return (share.good + _PRIOR_SHARE * _PRIOR_SHARE_WEIGHT) / (share.of + _PRIOR_SHARE_WEIGHT)


def _price_fit(candidate: Candidate, need: MatchNeed) -> float:
    if candidate.affordable is None or need.budget is None:
        return _UNKNOWN_PRICE
    if not candidate.affordable:
        return 0.0
    return 1 - candidate.price.minor / need.budget.minor / 2 if need.budget else 1.0


def _soonness(start: datetime | None, now: datetime) -> float:
    return 0.0 if start is None else 1 / (1 + max(start - now, timedelta(0)) / timedelta(days=3))


def _reasons(
    candidate: Candidate,
    need: MatchNeed,
    start: datetime | None,
    now: datetime,
    taste: Taste | None,
) -> tuple[Reason, ...]:
    found = []
    if candidate.topical == 1 and need.topic:
        found.append(Reason("reason-topic", {"topic": need.topic}))
    elif candidate.semantic >= _CLEARLY_FITS:
        found.append(Reason("reason-profile", {}))
    if taste and taste.because:
        found.append(taste.because)
    rating = candidate.rating
    if rating and rating.mean >= _WELL_RATED:
        stars = round(rating.mean, 1)
        found.append(Reason("reason-rated", {"stars": stars, "count": rating.count}))
    sessions, replies = candidate.sessions, candidate.replies
    if sessions.of >= _FEWEST_SESSIONS and sessions.good == sessions.of:
        found.append(Reason("reason-kept", {"count": sessions.of}))
    if replies.of >= _FEWEST_REPLIES and replies.good == replies.of:
        found.append(Reason("reason-replies", {"count": replies.of}))
    wanted_then = need.after is not None or need.before is not None
    if start and (wanted_then or start - now <= _SOON_MEANS):
        found.append(Reason("reason-free", {"when": start}))
    if candidate.affordable and need.budget and candidate.price:
        found.append(Reason("reason-budget", {"price": candidate.price}))
    if need.language and candidate.speaks:
        found.append(Reason("reason-language", {"language": need.language}))
    return tuple(found[:MOST_REASONS])
