"""All experts in columns, so that one look over them decides who may be suggested.

An expert keeps a place. Whoever is forgotten keeps it empty, and gets it back on return.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kernel.ids import ExpertId
from kernel.money import Money
from matching.fair import turns
from matching.model import Candidate, ExpertFacts, MatchNeed

Mask = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
Fits = npt.NDArray[np.float64]

_SAME_TOPIC, _SAME_FIELD = 1.0, 0.3
# from this fit of the texts on, the field does not matter
_ANY_FIELD = 0.8
_NEVER = np.iinfo(np.int64).max


class Roster:
    """The facts of everybody who is known, and the rules of the shortlist over them."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """`fields` maps a topic to the field that it belongs to."""
        self._fields = fields
        self._places: dict[ExpertId, int] = {}
        self._facts: list[ExpertFacts | None] = []
        self._bookable = np.zeros(0, dtype=np.bool_)
        self._topics, self._in_fields, self._languages = _Labels(), _Labels(), _Labels()
        self._offers = _Offers.none()

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._facts)

    def __iter__(self) -> Iterator[ExpertFacts]:
        return (each for each in self._facts if each is not None)

    def get(self, expert_id: ExpertId) -> ExpertFacts | None:
        """What is known of an expert."""
        place = self._places.get(expert_id)
        return None if place is None else self._facts[place]

    def place(self, expert_id: ExpertId) -> int:
        """The expert's place; a new one for somebody new."""
        place = self._places.setdefault(expert_id, len(self._facts))
        if place == len(self._facts):
            self._facts.append(None)
        return place

    def put(self, experts: Iterable[ExpertFacts], forgotten: Iterable[ExpertId] = ()) -> None:
        """Take over what is known of experts, and forget others."""
        changes: dict[int, ExpertFacts | None] = {self.place(each): None for each in forgotten}
        changes |= {self.place(each.expert_id): each for each in experts}
        for mask in (self._topics, self._in_fields, self._languages):
            mask.reserve(len(self._facts))
        self._bookable = _grown(self._bookable, len(self._facts))
        places = np.array([*changes], dtype=np.int64)
        for labels in (self._topics, self._in_fields, self._languages):
            labels.clear(places)
        for place, each in changes.items():
            self._facts[place] = each
            self._bookable[place] = bool(
                each and each.verified and each.taking_clients and each.offers
            )
            if each:
                self._topics.mark(place, each.topics)
                self._in_fields.mark(place, {self._fields.get(one, one) for one in each.topics})
                self._languages.mark(place, each.languages)
        self._offers = self._offers.replaced(changes)

    def shortlist(
        self, need: MatchNeed, fits: Callable[[Mask], Fits], *, limit: int, seed: str,
        without: Collection[ExpertId] = (),
    ) -> Iterator[Candidate]:  # fmt: skip
        """Verified experts who take clients and have an offer, the best fitting first.

        Whoever is in `without` never comes.

        Those who do not speak the need's language, work in another field or are beyond the budget
        come only when nobody else does. `fits` says for each place how well the
        texts fit; it counts only for those whom it is given. Equals come in an order drawn by
        `seed`.
        """
        size = len(self._facts)
        speaks, topical = self._speaks(need.language), self._topical(need.topic)
        offers, dear = self._offers.best(need, size)
        among = self._bookable[:size].copy()
        among[[self._places[one] for one in without if one in self._places]] = False
        among = _those_if_any(among, speaks)
        semantic = fits(among)
        if need.topic:
            among = _those_if_any(among, (topical > 0) | (semantic >= _ANY_FIELD))
        places = np.flatnonzero(_those_if_any(among, ~dear))
        order = turns((semantic + topical)[places], limit=limit, seed=seed)
        for place in places[order].tolist():
            yield self._candidate(
                place, int(offers[place]), need,
                semantic=float(semantic[place]), topical=float(topical[place]),
                speaks=bool(speaks[place]),
            )  # fmt: skip

    def _candidate(
        self, place: int, offer: int, need: MatchNeed, *, semantic: float, topical: float,
        speaks: bool,
    ) -> Candidate:  # fmt: skip
        facts = self._facts[place]
        assert facts is not None  # noqa: S101 - bookable
        best = facts.offers[offer]
        return Candidate(
            expert_id=facts.expert_id, offer_id=best.id, price=best.price, semantic=semantic,
            topical=topical, speaks=speaks, affordable=_affordable(best.price, need.budget),
            rating=facts.rating, replies=facts.replies, sessions=facts.sessions,
        )  # fmt: skip

    def _topical(self, topic: str | None) -> Fits:
        """1 for experts of the topic, or of a topic in the wanted field; less for neighbours."""
        size = len(self._facts)
        if topic is None:
            return np.zeros(size)
        same = self._topics.of(topic, size) | self._in_fields.of(topic, size)
        near = self._in_fields.of(self._fields.get(topic, topic), size)
        return np.where(same, _SAME_TOPIC, np.where(near, _SAME_FIELD, 0.0))

    def _speaks(self, language: str | None) -> Mask:
        size = len(self._facts)
        return np.ones(size, np.bool_) if language is None else self._languages.of(language, size)


def _those_if_any(among: Mask, fitting: Mask) -> Mask:
    found = among & fitting
    return found if found.any() else among


def _affordable(price: Money, budget: Money | None) -> bool | None:
    if budget is None or budget.currency != price.currency:
        return None
    return price <= budget


class _Labels:
    """For each label, who has it."""

    def __init__(self) -> None:
        self._of: dict[str, Mask] = {}
        self._size = 0

    def reserve(self, size: int) -> None:
        self._size = size
        for label, mask in self._of.items():
            self._of[label] = _grown(mask, size)

    def clear(self, places: Whole) -> None:
        for mask in self._of.values():
            mask[places] = False

    def mark(self, place: int, labels: Iterable[str]) -> None:
        for label in labels:
            if label not in self._of:
                self._of[label] = _grown(np.zeros(0, dtype=np.bool_), self._size)
            self._of[label][place] = True

    def of(self, label: str, size: int) -> Mask:
        found = self._of.get(label)
        return np.zeros(size, dtype=np.bool_) if found is None else found[:size]


def _grown(mask: Mask, size: int) -> Mask:
    """With room for twice as many where there is none left, so that adding is cheap."""
    if size <= len(mask):
        return mask
    return np.concatenate([mask, np.zeros(2 * size - len(mask), dtype=np.bool_)])


@dataclass(frozen=True)
class _Offers:
    """All offers, an expert's one after another; `starts` is where an expert's first one is."""

    owners: Whole
    prices: Whole
    minutes: Whole
    currencies: Whole
    starts: Whole
    codes: dict[str, int]
    """Numbers for currencies."""

    @classmethod
    def none(cls) -> "_Offers":
        empty = np.zeros(0, dtype=np.int64)
        return cls(empty, empty, empty, empty, empty, {})

    def replaced(self, changes: Mapping[int, ExpertFacts | None]) -> "_Offers":
        """With the offers of the experts at these places in place of theirs so far."""
        new = [
            (place, one.price.minor, one.minutes,
             self.codes.setdefault(one.price.currency, len(self.codes)))
            for place, each in changes.items() if each for one in each.offers
        ]  # fmt: skip
        stay = ~np.isin(self.owners, [*changes])
        columns = [
            np.concatenate([old[stay], added])
            for old, added in zip(
                (self.owners, self.prices, self.minutes, self.currencies),
                np.array(new, dtype=np.int64).reshape(-1, 4).T,
                strict=True,
            )
        ]
        order = np.argsort(columns[0], kind="stable")
        owners, prices, minutes, currencies = (column[order] for column in columns)
        first = np.flatnonzero(np.diff(owners, prepend=-1))
        return _Offers(owners, prices, minutes, currencies, first, self.codes)

    def best(self, need: MatchNeed, size: int) -> tuple[Whole, Mask]:
        """For each place which of the expert's offers fits best (within the budget, then by
        length, then by price, a free first call last), and whether even that is beyond it."""
        offers, dear = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_)
        if not len(self.owners):
            return offers, dear
        beyond = np.zeros(len(self.owners), dtype=np.bool_)
        if need.budget is not None:
            code = self.codes.get(need.budget.currency, -1)
            beyond = (self.currencies == code) & (self.prices > need.budget.minor)
        best = np.ones(len(self.owners), dtype=np.bool_)
        counts = np.diff(self.starts, append=len(self.owners))
        off_length = np.abs(self.minutes - need.minutes) if need.minutes else None
        is_free = (self.prices == 0).astype(np.int64)
        for key in (beyond.astype(np.int64), off_length, is_free, self.prices):
            if key is None:
                continue
            left = np.where(best, key, _NEVER)
            best &= left == np.repeat(np.minimum.reduceat(left, self.starts), counts)
        places = np.arange(len(self.owners))
        first = np.minimum.reduceat(np.where(best, places, _NEVER), self.starts)
        owners = self.owners[self.starts]
        offers[owners] = first - self.starts
        dear[owners] = beyond[first]
        return offers, dear
