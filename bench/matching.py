"""Matching: who is found for a need, recommendation on made-up histories, time and memory.

Prints the table of docs/matching.md. The counsellors are read from ../shared/data/match and left
out where that is not there; the histories are made up (`bench/histories.py` has the assumptions).
Ends with 1 when the hybrid misses its target.
"""

import asyncio
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from cryptography.fernet import Fernet
from sqlalchemy.ext.asyncio import create_async_engine

from bench.histories import START, TOPICS, YEAR, World, make
from booking import service as booking
from booking.model import Offer
from hourwise.tables import ALL_TABLES
from kernel.ids import ExpertId, OfferId, PersonId
from matching.evaluate import JudgedExpert, JudgedNeed, figures, judge
from matching.fair import chosen, spread
from matching.fit import FitIndex
from matching.model import ExpertFacts, MatchNeed
from matching.rank import rank
from matching.recommend.content import describe
from matching.recommend.history import History, Kind
from matching.recommend.recommender import Deed, Past, Recommender
from matching.recommend.training import learn_everything, replay
from matching.shortlist import Matcher, candidates
from people import service as people
from people.model import ExpertDraft
from storage.engine import Database, open_database
from storage.secrets import use_keys
from tests.booking.builders import WORKDAYS
from vectors.embedders import Embedders, load_embedders
from workflows.expert_facts import RefreshFacts
from workflows.find_expert import FindExperts, Search
from workflows.next_times import KeepNextTimes

COUNSELCHAT = Path(__file__).parents[2] / "shared" / "data" / "match"
STYLES = (0.0, 0.5, 1.0)
RESAMPLES = 200
PEOPLE, INTERACTIONS = 100_000, 5_000_000
REPEATS = 30


@dataclass(frozen=True)
class Free:
    """A free time for everybody, so that times are part of what is measured."""

    start: datetime


def main() -> int:
    """Every figure of docs/matching.md."""
    embedders = load_embedders("auto")
    if COUNSELCHAT.exists():
        counsellors(embedders)
    else:
        print(f"counselchat skipped: no {COUNSELCHAT}")
    reached = made_up(embedders)
    speed(embedders)
    asyncio.run(searches(embedders))
    nightly(embedders)
    return 0 if reached else 1


def counsellors(embedders: Embedders) -> None:
    """Needs and the counsellors who answered them; intervals by resampling the needs."""
    experts = [
        JudgedExpert(row["id"], {"en": row["bio"]}, tuple(row["topics"]), tuple(row["answers"]))
        for row in _rows("counselchat-experts.jsonl")
    ]
    needs = [
        JudgedNeed(row["need"], frozenset(row["relevant"]))
        for row in _rows("counselchat-needs.jsonl")
    ]
    found = judge(experts, needs, embedders)
    draw = random.Random(0)
    samples = [figures(draw.choices(found, k=len(found))) for _ in range(RESAMPLES)]
    whole = figures(found)
    print("\n| counselchat | figure | 95 % by bootstrap |\n|---|---|---|")
    for name in ("mrr", "ndcg@5", "hit@1", "hit@5"):
        low, *_, high = quantiles([one[name] for one in samples], n=40)
        print(f"| {name} | {whole[name]:.3f} | {low:.3f}–{high:.3f} |")


def made_up(embedders: Embedders) -> bool:
    """Replay at three strengths of the style that no text shows; whether the targets are met."""
    reached = True
    head = "| style | way | NDCG@10 | recall@20 | coverage | novelty | without history: NDCG@10 |"
    print(f"\nhistories of 10,000 made-up people with 2,000 experts\n\n{head}\n{'|---' * 7}|")
    for style in STYLES:
        world = make(World(style=style))
        scores = replay(world.history, describe(world.experts, embedders.across, {})).scores
        warm, cold = scores["with_history"], scores["without_history"]
        for way in dict.fromkeys((*warm, *cold)):
            row = warm.get(way)
            told = (f"{row.ndcg:.3f} | {row.recall:.3f} | {row.coverage:.2f} | {row.novelty:.1f}"
                    if row else "– | – | – | –")  # fmt: skip
            without = f"{cold[way].ndcg:.3f}" if way in cold else "–"
            print(f"| {style} | {way} | {told} | {without} |")
        times = warm["hybrid"].ndcg / max(warm["popularity"].ndcg, warm["content"].ndcg)
        never_under = cold["hybrid"].ndcg >= cold["content"].ndcg
        reached = reached and times >= 1.3 and never_under
        print(f"\nhybrid: {times:.2f} times the better of popularity and content "
              f"(target 1.3), not under content without history: {never_under}\n")  # fmt: skip
    return reached


def speed(embedders: Embedders) -> None:
    """From a need to five experts for somebody with a history, without the database."""
    for count in (1_000, 10_000):
        world = make(World(people=2_000, experts=count))
        content = describe(world.experts, embedders.across, {})
        judged = replay(world.history, content)
        now = START + YEAR
        lessons = learn_everything(world.history, now=now.timestamp())
        names = list(world.history.experts)
        recommender = Recommender(names, lessons, content, judged.warm, judged.cold)
        index = FitIndex(world.experts, embedders)
        index.warm()
        free = {
            OfferId(f"o{place}"): Free(now + timedelta(hours=place % 99)) for place in range(count)
        }
        deeds = [
            Deed(PersonId("p"), ExpertId(f"e{place}"), Kind.VIEWED, now, 0, "")
            for place in range(5)
        ]
        times = []
        for number in range(REPEATS):
            topic = TOPICS[number % len(TOPICS)]
            need = MatchNeed(text=f"I need help with {topic} number {number}", language="en")
            began = time.perf_counter()
            found = candidates(world.experts, fits=index.fits(need.text), need=need, fields={})
            short = spread(
                found, lambda one: one.semantic + one.topical, limit=30, seed=str(number)
            )
            tastes = recommender.tastes(
                Past(deeds, None), [one.expert_id for one in short], names={}, now=now
            )
            ranked = rank(
                short,
                need=need,
                next_free=free,
                ratings={},
                tastes=tastes,
                now=now,
            )
            chosen(ranked, ratings={}, limit=5, explore=0.1, seed=str(number))
            times.append((time.perf_counter() - began) * 1000)
        p95 = quantiles(times, n=20)[-1]
        print(f"match, {count:,} experts, without the database: "
              f"p50 {median(times):.1f} ms, p95 {p95:.1f} ms")  # fmt: skip


async def searches(embedders: Embedders) -> None:
    """The whole search of the product on SQLite: next free times all computed, as they were
    before they were kept ready, then kept ready."""
    use_keys([Fernet.generate_key().decode()])
    now, count = START + YEAR, 1_000
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(ALL_TABLES.create_all)
        await engine.dispose()
        database = open_database(url)
        await _open_for_business(database, make(World(people=1, experts=count)).experts, now)
        matcher = Matcher(embedders)
        async with database.read() as db:
            await matcher.refresh(db)
        find = FindExperts(database.read, lambda: now, matcher, explore=0.1)
        for kind in ("computed", "kept ready"):
            times = []
            for number in range(REPEATS):
                topic = TOPICS[number % len(TOPICS)]
                wish = Search(
                    text=f"I need help with {topic} number {kind} {number}", language="en"
                )
                began = time.perf_counter()
                await find(wish)
                times.append((time.perf_counter() - began) * 1000)
            print(f"search, {count:,} experts, with the database, next free times {kind}: "
                  f"p50 {median(times):.1f} ms, p95 {quantiles(times, n=20)[-1]:.1f} ms")  # fmt: skip
            await KeepNextTimes(database, lambda: now)()
        await database.close()


async def _open_for_business(
    database: Database, experts: Sequence[ExpertFacts], now: datetime
) -> None:
    async with database.write.begin() as db:
        for one in experts:
            draft = ExpertDraft(
                one.expert_id, one.name, dict(one.bio), one.languages, one.topics, "Europe/Berlin"
            )
            await people.save_expert(db, draft, now)
            await booking.set_weekly(db, one.expert_id, "Europe/Berlin", WORKDAYS)
            for offer in one.offers:
                await booking.save_offer(
                    db, Offer(offer.id, one.expert_id, offer.title, offer.minutes, offer.price)
                )
    await RefreshFacts(database.write)()


def nightly(embedders: Embedders) -> None:
    """A night's learning for 100,000 people with 5 million interactions, the reading left out."""
    world = make(World(people=1, experts=2_000))
    content = describe(world.experts, embedders.across, {})
    history = _large(len(world.experts))
    began = time.perf_counter()
    replay(history, content)
    learn_everything(history, now=(START + YEAR).timestamp())
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"night: {PEOPLE:,} people, {len(history):,} interactions: {took:.0f} s, "
          f"peak {peak:.2f} GiB (targets 600 s, 2 GB)")  # fmt: skip


def _large(experts: int) -> History:
    """Sizes alone matter here: people like one of 50 groups of experts, popular ones more."""
    draw = np.random.default_rng(3)
    history = History(experts={ExpertId(f"e{place}"): place for place in range(experts)})
    rows = INTERACTIONS
    names = [PersonId(f"p{place}") for place in range(PEOPLE)]
    person = draw.integers(0, PEOPLE, rows)
    within = draw.zipf(1.3, rows) % (experts // 50)
    expert = person % 50 * (experts // 50) + within
    booked = draw.random(rows) < 0.2
    at = np.sort(draw.random(rows)) * YEAR.total_seconds()
    shown = [ExpertId(f"e{place}") for place in range(experts)]
    for place in range(rows):
        kind = Kind.BOOKED if booked[place] else Kind.VIEWED
        when = START + timedelta(seconds=float(at[place]))
        history.add(names[person[place]], shown[expert[place]], kind, when)
    return history


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (COUNSELCHAT / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


if __name__ == "__main__":
    sys.exit(main())
