"""What is learnt from histories, and what it says to one person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from bench.histories import START, YEAR, MadeUp, World, make
from kernel.ids import ExpertId, PersonId
from matching.recommend import versions
from matching.recommend.content import Content, describe
from matching.recommend.history import History, Kind
from matching.recommend.recommender import Deed, Past, Recommender
from matching.recommend.signals import Lessons, learn
from matching.recommend.training import Replay, learn_everything, replay
from matching.recommend.versions import IN_USE, WORSE, card_of
from storage.engine import Database
from vectors.embedders import Embedders

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
END = (START + YEAR).timestamp()


@pytest.fixture(scope="module")
def world() -> MadeUp:
    return make(World(people=1500, experts=200, style=0.5))


@pytest.fixture(scope="module")
def content(world: MadeUp, embedders: Embedders) -> Content:
    return describe(world.experts, embedders.across, {})


@pytest.fixture(scope="module")
def judged(world: MadeUp, content: Content) -> Replay:
    return replay(world.history, content)


def test_the_hybrid_is_better_than_popularity_and_content(judged: Replay):
    warm, cold = (
        {way: scores.ndcg for way, scores in judged.scores[part].items()}
        for part in ("with_history", "without_history")
    )
    assert warm["hybrid"] >= 1.3 * max(warm["popularity"], warm["content"])
    assert cold["hybrid"] >= cold["content"]
    assert 0 < judged.scores["with_history"]["hybrid"].coverage <= 1


def test_taste_fades_and_a_bad_rating_takes_a_booking_back():
    history = History()
    for name, days in (("new", 0), ("old", 365)):
        history.add(PersonId("mia"), ExpertId(name), Kind.BOOKED, NOW - timedelta(days=days))
    history.add(PersonId("mia"), ExpertId("bad"), Kind.BOOKED, NOW)
    history.add(PersonId("mia"), ExpertId("bad"), Kind.RATED, NOW, 1)
    taste = history.columns().taste(now=NOW.timestamp()).toarray()[0]
    assert taste[history.experts[ExpertId("new")]] > taste[history.experts[ExpertId("old")]] > 0
    assert taste[history.experts[ExpertId("bad")]] == 0


def same(one: Lessons, other: Lessons) -> bool:
    return (
        np.array_equal(one.popularity, other.popularity)
        and not (one.experts != other.experts).nnz
        and np.array_equal(one.factors, other.factors)
    )


def test_made_up_people_who_only_look_change_nothing():
    world = make(World(people=300, experts=30))
    before = learn_everything(world.history, now=END)
    for number in range(500):
        fake = PersonId(f"fake{number}")
        for expert in ("e0", "e1"):
            world.history.add(fake, ExpertId(expert), Kind.VIEWED, START + YEAR)
    assert same(learn_everything(world.history, now=END), before)


@pytest.mark.parametrize(("people", "tied"), [(2, False), (3, True)])
def test_experts_are_tied_only_by_several_people(people: int, tied: bool):
    history = History()
    for number in range(people):
        for expert in ("ann", "bob"):
            history.add(PersonId(str(number)), ExpertId(expert), Kind.BOOKED, NOW)
    lessons = learn(history.columns(), {}, now=NOW.timestamp())
    assert bool(lessons.experts.nnz) is tied


@pytest.fixture(scope="module")
def recommender(world: MadeUp, content: Content, judged: Replay) -> Recommender:
    lessons = learn_everything(world.history, now=END)
    return Recommender(list(world.history.experts), lessons, content, judged.warm, judged.cold)


def a_deed(expert: str, kind: Kind = Kind.VIEWED, rating: int = 0) -> Deed:
    return Deed(PersonId("mia"), ExpertId(expert), kind, NOW, rating, f"row-{expert}")


def test_a_history_counts_more_the_longer_it_is(recommender: Recommender):
    among = recommender.experts[:20]

    def weight(*deeds: Deed) -> float:
        tastes = recommender.tastes(Past(deeds, None), among, name=str, now=NOW)
        return next((one.weight for one in tastes.values()), 0.0)

    assert weight() == 0
    assert 0 < weight(a_deed("e0")) < weight(a_deed("e0"), a_deed("e1")) <= 0.25


def test_each_reason_names_the_row_that_makes_it_true(recommender: Recommender):
    past = Past([a_deed("e3"), a_deed("e5", Kind.BOOKED)], None)
    tastes = recommender.tastes(past, recommender.experts, name=str, now=NOW)
    because = [one.because for one in tastes.values() if one.because]
    keys = {(one.key, one.values.get("expert"), one.row) for one in because}
    assert keys == {
        ("reason-because-viewed", "e3", "row-e3"),
        ("reason-because-booked", "e5", "row-e5"),
        ("reason-again", None, "row-e5"),
    }


def test_who_was_liked_is_wanted_again_and_who_was_not_is_not(recommender: Recommender):
    past = Past([a_deed("e3", Kind.BOOKED), a_deed("e5", Kind.BOOKED),
                 a_deed("e5", Kind.RATED, 2)], None)  # fmt: skip
    tastes = recommender.tastes(past, recommender.experts, name=str, now=NOW)
    assert tastes[ExpertId("e3")].value == 1
    assert tastes[ExpertId("e5")].value == 0


def test_without_a_history_the_need_decides(recommender: Recommender):
    tastes = recommender.tastes(Past((), "tutoring"), recommender.experts, name=str, now=NOW)
    assert {one.because for one in tastes.values()} == {None}
    assert 0 < next(iter(tastes.values())).weight < 0.1
    assert recommender.tastes(Past((), None), recommender.experts, name=str, now=NOW) == {}


def test_a_newcomer_is_liked_like_the_mean_of_the_others(recommender: Recommender):
    among = [*recommender.experts[:10], ExpertId("newcomer")]
    tastes = recommender.tastes(Past([a_deed("e3")], None), among, name=str, now=NOW)
    others = [tastes[each].value for each in among[:10]]
    assert tastes[ExpertId("newcomer")].value == pytest.approx(np.mean(others))


async def test_a_worse_model_is_not_taken_into_use(
    database: Database, recommender: Recommender, judged: Replay
):
    good = card_of(judged, people=1, experts=1, rows=1)
    ways = judged.scores["with_history"]
    bad_ways = {**ways, "hybrid": replace(ways["hybrid"], ndcg=ways["hybrid"].ndcg / 2)}
    bad = card_of(
        replace(judged, scores={**judged.scores, "with_history": bad_ways}),
        people=1, experts=1, rows=1,
    )  # fmt: skip
    verdicts = []
    for night, card in enumerate((good, bad, good)):
        async with database.write.begin() as db:
            now = NOW + timedelta(days=night)
            verdicts.append((await versions.save(db, recommender, card, now=now)).verdict)
    assert verdicts == [IN_USE, WORSE, IN_USE]
    async with database.write.begin() as db:
        assert await versions.in_use(db) == {versions.TASTES: 3}
        late = await versions.save(db, recommender, bad, now=NOW + timedelta(days=30))
        assert late.verdict == IN_USE


async def test_a_stored_model_says_the_same(database: Database, recommender: Recommender):
    async with database.write.begin() as db:
        card = {"with_history": {"hybrid": {"ndcg@10": 0.1, "error": 0.01}}}
        night = await versions.save(db, recommender, card, now=NOW)
        stored = await versions.load(db, night.number)
    past = Past([a_deed("e3"), a_deed("e9")], None)
    before = recommender.tastes(past, recommender.experts, name=str, now=NOW)
    after = stored.tastes(past, recommender.experts, name=str, now=NOW)
    assert {each: one.because for each, one in after.items()} == {
        each: one.because for each, one in before.items()
    }
    for each, one in after.items():
        assert one.value == pytest.approx(before[each].value, abs=0.01)
