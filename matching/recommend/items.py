"""Which items of the catalogue somebody may like, with the one reason that counted most.

score = 1.0 · company + 0.6 · likeness + 0.5 · need + 0.2 · segment + 0.1 · popularity, each from
0 to 1, the weights fixed: what people who turned to the same items turned to (cosine of columns),
topics and authors that this person turned to, the topic that they asked for, what others of their
segment got, and what most got. What somebody did fades with the recommender's half-life.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kernel.ids import ExpertId, PersonId
from matching.model import Reason
from matching.recommend.history import HALF_LIFE

# nobody can be made out in what so many did
FEWEST = 3
_COMPANY, _LIKENESS, _NEED, _SEGMENT, _POPULARITY = 1.0, 0.6, 0.5, 0.2, 0.1
_SAME_FIELD, _KNOWN_AUTHOR = 0.4, 0.8
_LOOKED = 0.4


@dataclass(frozen=True)
class ItemFacts:
    """What an item is judged by; `field` is the topic's field."""

    id: str
    topic: str
    field: str
    author: ExpertId | None


@dataclass(frozen=True)
class ItemDeed:
    """Somebody looked at an item or `got` it; `row` is the activity's id."""

    person: PersonId
    item: str
    got: bool
    at: datetime
    row: str


@dataclass(frozen=True)
class ItemPast:
    """What is known of one person: their deeds, the experts whom they booked and the topic that
    they asked for, both with the activity that says so."""

    deeds: Sequence[ItemDeed] = ()
    booked: Mapping[ExpertId, str] = field(default_factory=dict)
    topic: tuple[str, str] | None = None


@dataclass(frozen=True)
class Others:
    """What others did: the deeds of who turned to the same items, and how many got each item, in
    all and in this person's segment."""

    deeds: Sequence[ItemDeed] = ()
    got: Mapping[str, int] = field(default_factory=dict)
    got_in_segment: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemMatch:
    """A suggestion with the reason that counted most."""

    item: str
    score: float
    reason: Reason


Part = tuple[float, Reason]


def suggest(
    items: Iterable[ItemFacts], past: ItemPast, others: Others, *,
    known: Mapping[str, ItemFacts], fields: Mapping[str, str], now: datetime, limit: int,
) -> list[ItemMatch]:  # fmt: skip
    """The best of `items`, without those that the person got. `known` has every item that they
    did something with, `fields` each topic's field."""
    mine = {one.item for one in past.deeds if one.got}
    company = _company(past.deeds, others.deeds, now=now)
    found = []
    for each in items:
        if each.id in mine:
            continue
        parts = [
            *company.get(each.id, ()), *_alike(each, past, known),
            *_needed(each, past.topic, fields), *_counted(each.id, others),
        ]  # fmt: skip
        if parts:
            best = max(parts, key=lambda part: part[0])
            found.append(ItemMatch(each.id, sum(part[0] for part in parts), best[1]))
    return sorted(found, key=lambda one: (-one.score, one.item))[:limit]


def _company(
    mine: Sequence[ItemDeed], others: Sequence[ItemDeed], *, now: datetime
) -> dict[str, list[Part]]:
    """For each item the one of mine whose people turn to it most."""
    people: defaultdict[str, set[PersonId]] = defaultdict(set)
    for one in others:
        people[one.item].add(one.person)
    found: dict[str, list[Part]] = {}
    for deed in mine:
        weight = (1.0 if deed.got else _LOOKED) * 0.5 ** ((now - deed.at) / HALF_LIFE)
        with_me = people.get(deed.item, set())
        for item, theirs in people.items():
            shared = len(with_me & theirs)
            if item == deed.item or shared < FEWEST:
                continue
            value = _COMPANY * weight * shared / (len(with_me) * len(theirs)) ** 0.5
            if value > found.get(item, [(0.0, None)])[0][0]:
                key = "reason-item-because-got" if deed.got else "reason-item-because-viewed"
                found[item] = [(value, Reason(key, {"item": deed.item}, row=deed.row))]
    return found


def _alike(each: ItemFacts, past: ItemPast, known: Mapping[str, ItemFacts]) -> Iterable[Part]:
    """The author whom they booked, else the nearest topic of what they turned to."""
    if each.author is not None and each.author in past.booked:
        row = past.booked[each.author]
        yield (
            _LIKENESS * _KNOWN_AUTHOR,
            Reason("reason-item-author", {"expert": each.author}, row=row),
        )
    best: Part | None = None
    for deed in past.deeds:
        other = known.get(deed.item)
        if other is None or other.id == each.id or other.field != each.field:
            continue
        like = (1.0 if other.topic == each.topic else _SAME_FIELD) * (1 if deed.got else _LOOKED)
        if best is None or _LIKENESS * like > best[0]:
            key = "reason-item-like-got" if deed.got else "reason-item-like-viewed"
            best = (_LIKENESS * like, Reason(key, {"item": deed.item}, row=deed.row))
    if best is not None:
        yield best


def _needed(
    each: ItemFacts, topic: tuple[str, str] | None, fields: Mapping[str, str]
) -> Iterable[Part]:
    if topic is None:
        return
    asked, row = topic
    if asked in {each.topic, each.field}:
        yield _NEED, Reason("reason-item-asked", {"topic": asked}, row=row)
    elif fields.get(asked) == each.field:
        yield _NEED * _SAME_FIELD, Reason("reason-item-asked", {"topic": asked}, row=row)


def _counted(item: str, others: Others) -> Iterable[Part]:
    for weight, got, key in (
        (_SEGMENT, others.got_in_segment, "reason-item-segment"),
        (_POPULARITY, others.got, "reason-item-popular"),
    ):
        count = got.get(item, 0)
        if count >= FEWEST:
            yield weight * count / max(got.values()), Reason(key, {"count": count})
