"""Fair chances: equals take turns, and new experts get seen."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from random import Random

import numpy as np
import numpy.typing as npt

from matching.model import MOST_REASONS, Match, Reason

# scores this near say nothing about who is better
_NEAR = 0.01
_NEW_BELOW = 3
_FITS_NEARLY = 0.6


def turns(scores: npt.NDArray[np.float64], *, limit: int, seed: str) -> npt.NDArray[np.int64]:
    """The places of the first `limit`, best first: those whose score is within 0.01 of the best
    that is left come in an order drawn by `seed`."""
    number = int.from_bytes(blake2b(seed.encode(), digest_size=16).digest())
    drawn = np.random.default_rng(number).random(len(scores))
    left = np.arange(len(scores))
    if limit < len(scores):
        last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        left = np.flatnonzero(scores > last - _NEAR)
    found = [left[:0]]
    while left.size and sum(map(len, found)) < limit:
        near = scores[left] > scores[left].max() - _NEAR
        equals, left = left[near], left[~near]
        found.append(equals[np.argsort(drawn[equals])])
    return np.concatenate(found)[:limit]


def chosen(matches: Sequence[Match], *, limit: int, explore: float, seed: str) -> list[Match]:
    """Whom to show of matches ordered by score. In a share `explore` of all requests the last place
    goes to an expert with fewer than three reviews who fits at least 0.6 times as well as whoever
    had it, unless such a one is shown anyway."""
    scores = np.array([one.score for one in matches])
    everybody = [matches[place] for place in turns(scores, limit=len(matches), seed=seed)]
    shown, others = everybody[:limit], everybody[limit:]

    def is_new(match: Match) -> bool:
        return match.rating is None or match.rating.count < _NEW_BELOW

    explores = Random(f"{seed} explore").random() < explore  # noqa: S311 - turns, no secret
    if not explores or len(shown) < limit or any(map(is_new, shown)):
        return shown
    fitting = [one for one in others if is_new(one) and one.score >= _FITS_NEARLY * shown[-1].score]
    if not fitting:
        return shown
    # whose turn it is among all who are new, not always the best of them
    newcomer = Random(f"{seed} newcomer").choice(fitting)  # noqa: S311 - as above
    reasons = (Reason("reason-new", {}), *newcomer.reasons)[:MOST_REASONS]
    return [*shown[:-1], replace(newcomer, reasons=reasons)]
