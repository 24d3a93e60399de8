"""Made-up bookings of people whose taste is known, for measuring how weights are learnt. No figure
from them says anything about real people.

Assumptions: 30 experts fit each need, their features drawn one by one (texts, topic, price and soon
over the whole range, ratings and shares near the top, as they are). The five best by the fixed
weights are shown. Somebody reads on to the next with a chance of `reads_on`, and takes one of those
read by `sharpness` x the score under their own weights, or by chance where they have none.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

from bench.histories import START
from matching.learning import Choice
from matching.rank import WEIGHTS

_FITTING, _SHOWN = 30, 5
_RANGES = {
    "texts": (0, 1), "topic": (0.3, 1), "rating": (0.7, 1), "price": (0.3, 1), "soon": (0, 1),
    "replies": (0.7, 1), "kept": (0.8, 1),
}  # fmt: skip

PRICE_FIRST = {
    "texts": 0.25, "topic": 0.1, "rating": 0.1, "price": 0.35, "soon": 0.2, "replies": 0.0,
    "kept": 0.0,
}  # fmt: skip
"""People who look at the price and the time more than the fixed weights do."""


def make_choices(
    count: int, taste: Mapping[str, float] | None, *, seed: int = 0, sharpness: float = 12.0,
    reads_on: float = 0.85,
) -> list[Choice]:  # fmt: skip
    """So many bookings, one an hour; without a taste people take one of those they read by chance."""
    draw = np.random.default_rng(seed)
    low, high = (np.array([_RANGES[name][end] for name in WEIGHTS]) for end in (0, 1))
    fixed = np.array([*WEIGHTS.values()])
    own = None if taste is None else np.array([taste[name] for name in WEIGHTS])
    found = []
    for number in range(count):
        everybody = low + draw.random((_FITTING, len(WEIGHTS))) * (high - low)
        shown = everybody[np.argsort(-(everybody @ fixed))[:_SHOWN]]
        read = 1
        while read < _SHOWN and draw.random() < reads_on:
            read += 1
        liked = np.zeros(read) if own is None else sharpness * shown[:read] @ own
        booked = int(np.argmax(liked + draw.gumbel(size=read)))
        rows = [dict(zip(WEIGHTS, row.tolist(), strict=True)) for row in shown]
        found.append(Choice(_at(number), rows, booked))
    return found


def _at(number: int) -> datetime:
    return START + timedelta(hours=number)
