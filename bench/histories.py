"""Made-up people with a known taste, for measuring recommendation. No figure from them says
anything about real people.

Assumptions, all of them numbers of `World`:
- Experts have one to three of 24 topics (popular ones more often), a language (70 % English, 30 %
  Chinese), a price, a quality, and a hidden style of 8 dimensions that no text of theirs shows.
- People speak one language or both, like two topics, one more than the other, a style, and a price;
  a third of them move to another topic half-way through the year. What they ask for first is the
  topic they like most.
- Whom they turn to follows utility = topic + style + quality - distance in price + luck, among those
  who speak their language; well-known experts are seen more (Zipf). Nobody is turned to twice as a
  new one. Times are uniform from when they joined, which is itself uniform over the year.
- How much is done is geometric (mean `mean_deeds`); a third of what is looked at is booked, the more
  likely the higher the utility; most bookings are rated by utility plus noise.
- `style` is how much the hidden style counts. At 0 content knows everything but quality, and
  collaboration has little to add; the table shows 0, half and the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from kernel.ids import ExpertId, OfferId, PersonId
from kernel.money import Money
from matching.model import ExpertFacts, OfferFacts
from matching.recommend.history import History, Kind

START = datetime(2025, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
TOPICS = (
    "tutoring", "career-planning", "study-abroad", "skills", "personal-brand", "job-change",
    "nutrition", "fitness", "psychology", "investing", "saving", "taxes", "start-up", "marketing",
    "product", "parenting", "law", "housing", "music", "writing", "languages", "programming",
    "design", "travel",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """The size of a made-up world and what counts in it."""

    people: int = 10_000
    experts: int = 2_000
    mean_deeds: float = 20.0
    style: float = 1.0
    seed: int = 7


@dataclass(frozen=True)
class MadeUp:
    """What was made: the experts' facts, and who turned to whom."""

    experts: Sequence[ExpertFacts]
    history: History


def make(world: World) -> MadeUp:
    """A year in a made-up world; the same each time."""
    random = np.random.default_rng(world.seed)
    n, topics = world.experts, len(TOPICS)
    liking = 1 / np.arange(1, topics + 1) ** 0.5
    has = np.zeros((n, topics), dtype=np.float32)
    for place in range(n):
        count = random.integers(1, 4)
        has[place, random.choice(topics, count, replace=False, p=liking / liking.sum())] = 1
    chinese = random.random(n) < 0.3
    price = random.normal(4.2, 0.5, n)
    quality = random.normal(0, 0.5, n).astype(np.float32)
    styles = random.normal(0, 1, (n, 8)).astype(np.float32) / np.sqrt(8)
    fame = np.log(1 / np.arange(1, n + 1) ** 0.6)
    random.shuffle(fame)
    facts = [_facts(place, has[place], bool(chinese[place]), price[place]) for place in range(n)]
    history = History()
    for each in facts:
        history.experts.setdefault(each.expert_id, len(history.experts))
    experts = _Experts(has, chinese, price, quality, styles, fame)
    for person in range(world.people):
        _live(PersonId(f"p{person}"), experts, facts, history, world, random)
    return MadeUp(facts, history)


@dataclass(frozen=True)
class _Experts:
    has: npt.NDArray[np.float32]
    chinese: npt.NDArray[np.bool_]
    price: npt.NDArray[np.float64]
    quality: npt.NDArray[np.float32]
    styles: npt.NDArray[np.float32]
    fame: npt.NDArray[np.float64]


def _live(
    person: PersonId, experts: _Experts, facts: Sequence[ExpertFacts], history: History,
    world: World, random: np.random.Generator,
) -> None:  # fmt: skip
    first, second, later = random.choice(len(TOPICS), 3, replace=False)
    style = random.normal(0, 1, 8).astype(np.float32)
    purse = random.normal(4.2, 0.4)
    speaks = random.choice(3, p=[0.6, 0.2, 0.2])
    count = min(int(random.geometric(1 / world.mean_deeds)), len(facts) // 4)
    joined = START + YEAR * random.random()
    times = np.sort(random.random(count)) * (START + YEAR - joined).total_seconds()
    moves = random.random() < 1 / 3
    plain = (
        2.0 * world.style * (experts.styles @ style) + experts.quality
        - np.abs(experts.price - purse) + 0.5 * experts.fame
    )  # fmt: skip
    if speaks < 2:
        plain = np.where(experts.chinese == (speaks == 1), plain, -np.inf)
    history.need(person, TOPICS[first], joined)
    luck = random.gumbel(0, 0.7, len(facts))
    before, after = (
        plain + 3.0 * experts.has[:, topic] + 1.5 * experts.has[:, second] + luck
        for topic in (first, later if moves else first)
    )
    middle = (START + YEAR / 2).timestamp()
    order = {True: iter(np.argsort(-before)), False: iter(np.argsort(-after))}
    seen: set[int] = set()
    chosen = []
    for seconds in times:
        at = joined + timedelta(seconds=float(seconds))
        place = next(each for each in order[at.timestamp() < middle] if each not in seen)
        seen.add(int(place))
        chosen.append((at, int(place)))
    # the best liked are not always found first
    places = [place for _, place in chosen]
    for index in range(0, len(places), 10):
        part = places[index : index + 10]
        random.shuffle(part)
        places[index : index + 10] = part
    for (at, _), place in zip(chosen, places, strict=True):
        _turn_to(person, facts[place].expert_id, float(plain[place]), at, history, random)


def _turn_to(
    person: PersonId, expert: ExpertId, utility: float, at: datetime, history: History,
    random: np.random.Generator,
) -> None:  # fmt: skip
    history.add(person, expert, Kind.VIEWED, at)
    if random.random() < 0.66 / (1 + np.exp(-utility)):
        history.add(person, expert, Kind.BOOKED, at + timedelta(minutes=10))
        if random.random() < 0.7:
            stars = int(np.clip(round(7.5 + utility + random.normal(0, 1)), 1, 10))
            history.add(person, expert, Kind.RATED, at + timedelta(days=1), stars)


def _facts(place: int, has: npt.NDArray[np.float32], chinese: bool, price: float) -> ExpertFacts:
    topics = tuple(TOPICS[each] for each in np.flatnonzero(has))
    words = " and ".join(topics).replace("-", " ")
    bio = {"zh": f"我的专长是 {words}"} if chinese else {"en": f"I work on {words}"}
    return ExpertFacts(
        expert_id=ExpertId(f"e{place}"), name=f"Expert {place}", bio=bio, topics=topics,
        languages=("zh",) if chinese else ("en",), verified=True, taking_clients=True,
        offers=(
            OfferFacts(OfferId(f"o{place}"), {}, 60, Money(int(np.exp(price) * 100), "USD"), "card"),
        ),
    )  # fmt: skip
