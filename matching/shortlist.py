"""Who may be suggested at all, before anybody's free times are known."""

import asyncio
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId
from kernel.money import Money
from matching import repository
from matching.fair import spread
from matching.fit import FitIndex
from matching.model import Candidate, ExpertFacts, MatchNeed, OfferFacts, Taste
from matching.recommend import versions
from matching.recommend.recommender import Past, Recommender
from vectors.embedders import Embedders

_SAME_TOPIC, _SAME_FIELD = 1.0, 0.3
_SHORTEST_NAME = 2
_FIRST_IDEOGRAPH = "\u2e80"
# from this fit of the texts on, the field does not matter
_ANY_FIELD = 0.8


class Matcher:
    """Knows all experts as of the last refresh. For one event loop, not for several threads."""

    def __init__(self, embedders: Embedders, fields: Mapping[str, str] | None = None) -> None:
        """`fields` maps a topic to the field that it belongs to."""
        self.embedders = embedders
        self.fields = fields or {}
        self._facts: Sequence[ExpertFacts] = ()
        self._learnt: tuple[int | None, Recommender | None] = (None, None)
        self._index = FitIndex((), embedders)

    async def refresh(self, db: AsyncSession) -> None:
        """Take over what changed; only new texts are embedded, in a thread."""
        facts = await repository.all_facts(db)
        if facts != self._facts:
            index = FitIndex(facts, self.embedders, self._index)
            await asyncio.to_thread(index.warm)
            self._facts, self._index = facts, index
        number = await versions.active_number(db)
        if number is not None and number != self._learnt[0]:
            self._learnt = number, await versions.load(db, number)

    @property
    def everybody(self) -> Sequence[ExpertFacts]:
        """All experts as of the last refresh."""
        return self._facts

    def named(self, text: str) -> ExpertId | None:
        """The expert whose whole name stands in a text; None for nobody, or for several."""
        return named(self._facts, text)

    def tastes(
        self, past: Past, among: Collection[ExpertId], *, now: datetime
    ) -> dict[ExpertId, Taste]:
        """What a person is expected to like; empty before anything was learnt."""
        recommender = self._learnt[1]
        if recommender is None:
            return {}
        names = {each.expert_id: each.name for each in self._facts}
        return recommender.tastes(past, among, names=names, now=now)

    async def shortlist(self, need: MatchNeed, limit: int, *, seed: str = "") -> list[Candidate]:
        """Verified experts who take clients and have an offer, the best fitting first.

        Those who do not speak the need's language, work in another field or are beyond the
        budget come only when nobody else does. Equals come in an order drawn by `seed`.
        """
        found = candidates(
            self._facts, fits=self._index.fits(need.text), need=need, fields=self.fields
        )
        return spread(found, lambda one: one.semantic + one.topical, limit=limit, seed=seed)


def named(experts: Sequence[ExpertFacts], text: str) -> ExpertId | None:
    """The one expert whose whole name stands in a text."""
    plain = _plain(text)
    found = [one.expert_id for one in experts if _mentions(plain, _plain(one.name))]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _mentions(text: str, name: str) -> bool:
    """Chinese is written without spaces, so only a letter of another script joins a word."""
    if len(name) < _SHORTEST_NAME:
        return False
    before, found, after = text.partition(name)
    return bool(found) and not _joins(before[-1:]) and not _joins(after[:1])


def _joins(letter: str) -> bool:
    return letter.isalnum() and letter < _FIRST_IDEOGRAPH


def candidates(
    experts: Sequence[ExpertFacts],
    *,
    fits: Mapping[ExpertId, float],
    need: MatchNeed,
    fields: Mapping[str, str],
) -> list[Candidate]:
    """The rules of the shortlist; equally good ones keep the order of `experts`."""
    found = [
        _candidate(each, need, fits.get(each.expert_id, 0.0), fields)
        for each in experts
        if each.verified and each.taking_clients and each.offers
    ]
    found = _those_if_any(found, lambda each: each.speaks)
    if need.topic:
        found = _those_if_any(found, lambda each: each.topical > 0 or each.semantic >= _ANY_FIELD)
    found = _those_if_any(found, lambda each: each.affordable is not False)
    return sorted(found, key=lambda each: -(each.semantic + each.topical))


def _candidate(
    expert: ExpertFacts, need: MatchNeed, semantic: float, fields: Mapping[str, str]
) -> Candidate:
    offer = min(expert.offers, key=lambda each: _unfitness(each, need))
    return Candidate(
        expert_id=expert.expert_id,
        offer_id=offer.id,
        price=offer.price,
        semantic=semantic,
        topical=topical_fit(need.topic, expert.topics, fields),
        speaks=need.language is None or need.language in expert.languages,
        affordable=_affordable(offer.price, need.budget),
    )


def _unfitness(offer: OfferFacts, need: MatchNeed) -> tuple[bool, int, int]:
    too_dear = _affordable(offer.price, need.budget) is False
    off_length = abs(offer.minutes - need.minutes) if need.minutes else 0
    return too_dear, off_length, offer.price.minor


def _affordable(price: Money, budget: Money | None) -> bool | None:
    if budget is None or budget.currency != price.currency:
        return None
    return price <= budget


def topical_fit(topic: str | None, topics: Sequence[str], fields: Mapping[str, str]) -> float:
    """1 for an expert of the topic, or of a topic in the wanted field; less for a neighbour."""
    if topic is None:
        return 0.0
    in_fields = {fields.get(each, each) for each in topics}
    if topic in topics or topic in in_fields:
        return _SAME_TOPIC
    return _SAME_FIELD if fields.get(topic, topic) in in_fields else 0.0


def _those_if_any(found: list[Candidate], fit: Callable[[Candidate], bool]) -> list[Candidate]:
    return [each for each in found if fit(each)] or found
