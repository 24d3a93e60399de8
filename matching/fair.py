"""Fair chances: equals take turns, and new experts get seen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from kernel.ids import ExpertId
from matching.model import MOST_REASONS, Match, Rated, Reason

# scores this near say nothing about who is better
_NEAR = 0.01
_NEW_BELOW = 3
_FITS_NEARLY = 0.6

T = TypeVar("T")


def spread(ordered: Sequence[T], score: Callable[[T], float], *, limit: int, seed: str) -> list[T]:
    """The first `limit` of what is ordered by score, best first: those whose score is within 0.01
    of the best that is left come in an order drawn by `seed`."""
    drawn = Random(seed)  # noqa: S311 - turns, no secret
    found: list[T] = []
    for equals in _equals(ordered, score):
        found += drawn.sample(equals, len(equals))
        if len(found) >= limit:
            break
    return found[:limit]


def _equals(ordered: Sequence[T], score: Callable[[T], float]) -> Iterator[list[T]]:
    begin = 0
    while begin < len(ordered):
        end, best = begin, score(ordered[begin])
        while end < len(ordered) and score(ordered[end]) > best - _NEAR:
            end += 1
        yield list(ordered[begin:end])
        begin = end


def chosen(
    matches: Sequence[Match], *, ratings: Mapping[ExpertId, Rated], limit: int, explore: float,
    seed: str,
) -> list[Match]:  # fmt: skip
    """Whom to show of matches ordered by score. In a share `explore` of all requests the last place
    goes to an expert with fewer than three reviews who fits at least 0.6 times as well as whoever
    had it, unless such a one is shown anyway."""
    everybody = spread(matches, lambda one: one.score, limit=len(matches), seed=seed)
    shown, others = everybody[:limit], everybody[limit:]

    def is_new(match: Match) -> bool:
        rating = ratings.get(match.expert_id)
        return rating is None or rating.count < _NEW_BELOW

    explores = Random(f"{seed} explore").random() < explore  # noqa: S311 - as above
    if not explores or len(shown) < limit or any(map(is_new, shown)):
        return shown
    fitting = [one for one in others if is_new(one) and one.score >= _FITS_NEARLY * shown[-1].score]
    if not fitting:
        return shown
    # whose turn it is among all who are new, not always the best of them
    newcomer = Random(f"{seed} newcomer").choice(fitting)  # noqa: S311 - as above
    reasons = (Reason("reason-new", {}), *newcomer.reasons)[:MOST_REASONS]
    return [*shown[:-1], replace(newcomer, reasons=reasons)]
