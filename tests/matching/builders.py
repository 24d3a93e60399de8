"""Experts of several fields, as matching knows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kernel.ids import ExpertId, OfferId
from kernel.money import Money
from matching.fit import FitIndex
from matching.model import Candidate, ExpertFacts, MatchNeed, OfferFacts
from matching.roster import Roster
from vectors.embedders import Embedders

FIELDS = {
    "job-change": "career",
    "skills": "career",
    "study-abroad": "education",
    "psychology": "health",
}


def an_offer(
    expert: str, minutes: int = 60, price: int = 60_00, currency: str = "USD"
) -> OfferFacts:
    title = {"en": f"{minutes} minutes"}
    return OfferFacts(
        OfferId(f"{expert}-{minutes}"), title, minutes, Money(price, currency), "card"
    )


def an_expert(name: str, **changes: Any) -> ExpertFacts:
    values: dict[str, Any] = {
        "expert_id": ExpertId(name),
        "name": name,
        "bio": {"en": "A friendly expert"},
        "topics": ("skills",),
        "languages": ("en",),
        "offers": (an_offer(name),),
        "verified": True,
        "taking_clients": True,
    }
    return ExpertFacts(**(values | changes))


COACH = an_expert(
    "coach",
    bio={
        "en": "Career coach. I help people change jobs, write a CV and negotiate a salary.",
        "zh": "职业教练，帮助求职者转行、修改简历、谈薪资。",
    },
    topics=("job-change",),
    languages=("en", "zh"),
)
ADVISER = an_expert(
    "adviser",
    bio={"en": "I advise students on applying to universities abroad, essays and scholarships."},
    topics=("study-abroad",),
)
THERAPIST = an_expert(
    "therapist",
    bio={"zh": "心理咨询师，擅长焦虑、失眠和情绪困扰。"},
    topics=("psychology",),
    languages=("zh",),
)
EVERYBODY = (COACH, ADVISER, THERAPIST)


def fits_of(
    experts: Sequence[ExpertFacts], embedders: Embedders, need: str
) -> dict[ExpertId, float]:
    """How well the texts of each expert fit a need."""
    index = FitIndex(embedders)
    index.put(dict(enumerate(experts)))
    fits = index.fits(need, np.ones(len(experts), dtype=np.bool_))
    return {each.expert_id: float(fit) for each, fit in zip(experts, fits, strict=True)}


def shortlist(
    experts: Sequence[ExpertFacts],
    need: MatchNeed,
    *,
    fits: Mapping[ExpertId, float] | None = None,
    limit: int = 30,
    seed: str = "",
) -> list[Candidate]:
    """Who may be suggested of these experts."""
    roster = Roster(FIELDS)
    roster.put(experts)
    texts = np.array([(fits or {}).get(each.expert_id, 0.0) for each in experts])
    return [*roster.shortlist(need, lambda _: texts, limit=limit, seed=seed)]
