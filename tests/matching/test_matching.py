"""Who is suggested for what, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kernel.ids import ExpertId, OfferId
from kernel.money import Money
from matching import rank as ranking
from matching import service as matching
from matching.evaluate import JudgedExpert, JudgedNeed, evaluate
from matching.model import Candidate, Match, MatchNeed, Share, Stars, Taste
from matching.names import Names
from matching.rank import rank
from matching.shortlist import Matcher
from storage.engine import Database
from tests.matching.builders import (
    ADVISER,
    COACH,
    EVERYBODY,
    FIELDS,
    THERAPIST,
    an_expert,
    an_offer,
    fits_of,
    shortlist,
)
from vectors.embedders import Embedders

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
COUNSELCHAT = Path(__file__).parents[3] / "shared" / "data" / "match"


@dataclass(frozen=True)
class Free:
    start: datetime


@pytest.mark.parametrize(
    ("need", "expert"),
    [
        ("I want to quit and find a better job", COACH),
        ("我想换工作，不知道怎么写简历", COACH),
        ("help with my application to a university in another country", ADVISER),
        ("想申请国外的大学，需要奖学金", ADVISER),
        ("I cannot sleep and feel anxious all the time", THERAPIST),
        ("最近总是失眠、很焦虑", THERAPIST),
    ],
)
def test_a_need_finds_its_expert_in_any_language(
    embedders: Embedders, need: str, expert: Any
) -> None:
    fits = fits_of(EVERYBODY, embedders, need)
    assert max(fits, key=lambda each: fits[each]) == expert.expert_id
    assert all(0 <= fit <= 1 for fit in fits.values())


def test_an_empty_need_fits_nobody_in_particular(embedders: Embedders) -> None:
    assert set(fits_of(EVERYBODY, embedders, "  ").values()) == {0.0}
    assert fits_of((), embedders, "anything") == {}


def shortlisted(need: MatchNeed, *experts: Any) -> set[str]:
    return {each.expert_id for each in shortlist(experts or EVERYBODY, need)}


def test_the_topic_alone_finds_its_experts() -> None:
    assert shortlisted(MatchNeed(topic="job-change")) == {"coach"}
    assert shortlisted(MatchNeed(topic="career")) == {"coach"}
    assert shortlisted(MatchNeed(topic="unheard-of")) == {"coach", "adviser", "therapist"}


def test_an_expert_is_found_by_name() -> None:
    experts = {"daniel": "Daniel Brooks", "lin": "林悦", "ann": "Ann Lee", "anne": "Anne Lee"}
    known = Names()
    for one, name in experts.items():
        known.put(ExpertId(one), name)
    for text, found in {
        "is daniel  BROOKS free on Friday?": "daniel",
        "想约Daniel Brooks聊聊": "daniel",
        "想找林悦做咨询": "lin",
        "I like Ann Leeds": None,
        "Ann Lee": "ann",
        "Ann Lee or Anne Lee?": None,
        "Daniel": None,
        "is Daniel free tomorrow?": "daniel",
        "想约 daniel 老师": "daniel",
        "Daniel's free times": "daniel",
        "Daniel明天晚上有空吗": "daniel",
        "does brooks have time": "daniel",
        "is Lee free?": None,
        "a coach in Daniels Park": None,
    }.items():
        assert known.named(text) == found, text


def test_a_name_may_be_all_that_is_said() -> None:
    known = Names()
    known.put(ExpertId("daniel"), "Daniel Brooks")
    known.put(ExpertId("lin"), "林悦")
    for text, found in {
        "Daniel  brooks!": "daniel",
        "“林悦”": "lin",
        "Daniel": None,
        "is Daniel Brooks free?": None,
        "?": None,
    }.items():
        assert known.called(text) == found, text


def test_another_field_comes_only_for_texts_that_fit_as_clearly() -> None:
    def found(**texts: float) -> list[str]:
        fits = {ExpertId(name): fit for name, fit in texts.items()}
        need = MatchNeed(text="I want another job", topic="job-change", budget=Money(10_00, "USD"))
        dear = replace(COACH, offers=(an_offer("coach", price=90_00),))
        everybody = (dear, ADVISER, THERAPIST)
        return [one.expert_id for one in shortlist(everybody, need, fits=fits)]

    # also where the expert of the field is beyond the budget
    assert found(coach=0.5, adviser=0.6, therapist=0.2) == ["coach"]
    assert set(found(coach=0.5, adviser=0.9, therapist=0.2)) <= {"coach", "adviser"}
    assert "adviser" in found(coach=0.5, adviser=0.9, therapist=0.2)


def test_a_neighbouring_topic_fits_a_little() -> None:
    def topical(topic: str | None, of: str) -> float:
        return shortlist([an_expert("a", topics=(of,))], MatchNeed(topic=topic))[0].topical

    assert topical("skills", "job-change") == pytest.approx(0.3)
    assert topical("skills", "study-abroad") == 0
    assert topical(None, "skills") == 0


@pytest.mark.parametrize("change", [{"verified": False}, {"taking_clients": False}, {"offers": ()}])
def test_who_may_not_be_booked_is_never_suggested(change: dict[str, Any]) -> None:
    assert shortlisted(MatchNeed(), replace(COACH, **change)) == set()


def test_another_language_comes_only_when_nobody_speaks_the_wanted_one() -> None:
    assert shortlisted(MatchNeed(language="zh")) == {"coach", "therapist"}
    assert shortlisted(MatchNeed(language="zh"), ADVISER) == {"adviser"}


def test_who_is_beyond_the_budget_comes_only_when_nobody_is_within() -> None:
    cheap = an_expert("cheap", offers=(an_offer("cheap", price=20_00),))
    budget = MatchNeed(budget=Money(30_00, "USD"))
    assert shortlisted(budget, COACH, cheap) == {"cheap"}
    assert shortlisted(budget, COACH) == {"coach"}
    assert shortlisted(MatchNeed(budget=Money(1, "CNY")), COACH, cheap) == {"coach", "cheap"}


def test_the_offer_that_fits_length_and_budget_is_taken() -> None:
    offers = (an_offer("a", 30, 30_00), an_offer("a", 60, 50_00), an_offer("a", 90, 90_00))
    expert = an_expert("a", offers=offers)

    def taken(**need: Any) -> str:
        (found,) = shortlist([expert], MatchNeed(**need))
        return found.offer_id

    assert taken() == "a-30"
    assert taken(minutes=60) == "a-60"
    assert taken(minutes=90, budget=Money(60_00, "USD")) == "a-60"


def a_candidate(name: str, **changes: Any) -> Candidate:
    values: dict[str, Any] = {
        "expert_id": ExpertId(name),
        "offer_id": OfferId(f"{name}-60"),
        "price": Money(60_00, "USD"),
        "semantic": 0.5,
        "topical": 0.0,
        "speaks": True,
        "affordable": None,
    }
    return Candidate(**(values | changes))


def ranked(
    *found: Candidate,
    need: MatchNeed | None = None,
    free: Mapping[str, datetime] | None = None,
    ratings: Mapping[str, Stars] | None = None,
    tastes: Mapping[ExpertId, Taste] | None = None,
) -> list[Match]:
    starts = {each.expert_id: NOW + 5 * 24 * HOUR for each in found} if free is None else free
    rated = [replace(one, rating=(ratings or {}).get(one.expert_id)) for one in found]
    return rank(
        rated,
        need=need or MatchNeed(),
        next_free={OfferId(f"{name}-60"): Free(start) for name, start in starts.items()},
        tastes=tastes or {},
        now=NOW,
    )


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"semantic": 0.9}, {"semantic": 0.4}),
        ({"topical": 1.0}, {"topical": 0.3}),
        ({"affordable": True}, {"affordable": False}),
    ],
)
def test_what_fits_better_comes_first(better: dict[str, Any], worse: dict[str, Any]) -> None:
    need = MatchNeed(topic="skills", budget=Money(60_00, "USD"))
    matches = ranked(a_candidate("worse", **worse), a_candidate("better", **better), need=need)
    assert [each.expert_id for each in matches] == ["better", "worse"]
    assert all(0 <= each.score <= 1 for each in matches)


def test_low_prices_come_first_where_they_are_asked_for() -> None:
    """Within the topic, whatever the currency."""
    matches = ranked(
        a_candidate("dear", topical=1.0, semantic=0.9, price=Money(90_00, "USD")),
        a_candidate("neighbour", topical=0.3, price=Money(10_00, "USD")),
        a_candidate("yuan", topical=1.0, semantic=0.4, price=Money(300_00, "CNY")),
        a_candidate("cheap", topical=1.0, semantic=0.5, price=Money(40_00, "USD")),
        need=MatchNeed(topic="skills", cheapest=True),
    )
    assert [each.expert_id for each in matches] == ["cheap", "yuan", "dear", "neighbour"]


@pytest.mark.parametrize("taste", [None, Taste(value=0.8, weight=0.25, because=None)])
def test_a_score_is_the_sum_of_its_parts(taste: Taste | None) -> None:
    (plain,) = ranked(a_candidate("a"))
    tastes = {ExpertId("a"): taste} if taste else {}
    (match,) = ranked(a_candidate("a"), tastes=tastes)
    assert match.score == pytest.approx(sum(match.parts.values()))
    expected = plain.score if taste is None else 0.75 * plain.score + 0.25 * 0.8
    assert match.score == pytest.approx(expected)


def test_one_perfect_review_does_not_beat_many_good_ones() -> None:
    few, many = a_candidate("few"), a_candidate("many")
    ratings = {"few": Stars(5.0, 1), "many": Stars(4.8, 40)}
    assert ranked(few, many, ratings=ratings)[0].expert_id == "many"


@pytest.mark.parametrize("share", ["replies", "sessions"])
def test_who_lets_people_down_comes_later_but_few_observations_say_little(share: str) -> None:
    def score(good: int, of: int) -> float:
        (match,) = ranked(a_candidate("a", **{share: Share(good, of)}))
        return match.score

    assert score(20, 40) < score(38, 40) < score(40, 40)
    new, unlucky, often_away = score(0, 0), score(0, 1), score(5, 20)
    assert new > unlucky > often_away
    assert new - unlucky < 0.2 * (score(40, 40) - score(0, 40))
    assert score(1, 1) < score(40, 40)


def test_a_promise_kept_is_a_reason_only_where_it_was_kept_every_time() -> None:
    assert reasons(a_candidate("a", sessions=Share(12, 12))) == ["reason-kept"]
    assert reasons(a_candidate("a", sessions=Share(9, 9))) == []
    assert reasons(a_candidate("a", sessions=Share(99, 100))) == []
    assert reasons(a_candidate("a", replies=Share(6, 6))) == ["reason-replies"]
    assert reasons(a_candidate("a", replies=Share(6, 7))) == []


def test_who_is_free_sooner_comes_first_and_who_is_not_free_last_of_all() -> None:
    soon, later, never = a_candidate("soon"), a_candidate("later"), a_candidate("never")
    free = {"soon": NOW + HOUR, "later": NOW + 200 * HOUR}
    assert [each.expert_id for each in ranked(later, never, soon, free=free)] == ["soon", "later"]
    assert [each.expert_id for each in ranked(never, free={})] == ["never"]


def reasons(candidate: Candidate, **more: Any) -> list[str]:
    (match,) = ranked(candidate, **more)
    return [each.key for each in match.reasons]


def test_reasons_are_true_and_at_most_three() -> None:
    need = MatchNeed(topic="skills", budget=Money(80_00, "USD"), language="zh", after=NOW)
    best = a_candidate("a", topical=1.0, affordable=True)
    assert reasons(best, need=need, ratings={"a": Stars(4.9, 3)}) == [
        "reason-topic",
        "reason-rated",
        "reason-free",
    ]
    assert reasons(best, need=need) == ["reason-topic", "reason-free", "reason-budget"]
    assert reasons(a_candidate("a")) == []
    assert reasons(a_candidate("a", semantic=0.8)) == ["reason-profile"]
    assert reasons(a_candidate("a"), free={"a": NOW + 2 * HOUR}) == ["reason-free"]
    assert reasons(a_candidate("a"), ratings={"a": Stars(4.4, 50)}) == []
    assert reasons(a_candidate("a", affordable=False), need=need) == [
        "reason-free",
        "reason-language",
    ]


async def test_what_changed_is_known_after_a_refresh(
    database: Database, embedders: Embedders
) -> None:
    matcher = Matcher(embedders, FIELDS)
    need = MatchNeed(text="I want to change my job", language="en")
    assert [*matcher.shortlist(need, limit=5)] == []
    async with database.write.begin() as db:
        await matching.save_facts(db, EVERYBODY)
    async with database.read() as db:
        await matcher.refresh(db)
    (first, second) = matcher.shortlist(need, limit=5)
    assert (first.expert_id, second.expert_id) == ("coach", "adviser")
    assert len([*matcher.shortlist(need, limit=1)]) == 1
    async with database.write.begin() as db:
        await matching.save_facts(db, [replace(COACH, taking_clients=False)])
        await matching.forget_facts(db, ADVISER.expert_id)
        await matcher.refresh(db)
    assert [each.expert_id for each in matcher.shortlist(need, limit=5)] == ["therapist"]


def test_the_evaluation_uses_the_scoring_that_answers_people(
    embedders: Embedders, monkeypatch: pytest.MonkeyPatch
) -> None:
    experts = [
        JudgedExpert("a", {"en": "Tax adviser for freelancers"}, (), ("Keep every receipt.",)),
        JudgedExpert("b", {"en": "Running coach for beginners"}, (), ("Rest a day between runs.",)),
    ]
    needs = [
        JudgedNeed("how do I declare my income", frozenset({"a"})),
        JudgedNeed("I want to run ten kilometres", frozenset({"b"})),
        JudgedNeed("nobody is right for this", frozenset()),
    ]
    figures = evaluate(experts, needs, embedders)
    assert figures["p50_ms"] > 0
    assert {**figures, "p50_ms": 0} == {
        "n": 2, "hit@1": 1, "hit@5": 1, "ndcg@5": 1, "mrr": 1, "p50_ms": 0,
    }  # fmt: skip
    monkeypatch.setitem(ranking.WEIGHTS, "texts", -ranking.WEIGHTS["texts"])
    assert evaluate(experts, needs, embedders)["mrr"] == 0.5


@pytest.mark.long
@pytest.mark.skipif(not COUNSELCHAT.exists(), reason=f"no {COUNSELCHAT}")
def test_counsellors_who_answered_are_found(embedders: Embedders) -> None:
    def rows(name: str) -> list[dict[str, Any]]:
        lines = (COUNSELCHAT / name).read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    experts = [
        JudgedExpert(row["id"], {"en": row["bio"]}, tuple(row["topics"]), tuple(row["answers"]))
        for row in rows("counselchat-experts.jsonl")
    ]
    needs = [
        JudgedNeed(row["need"], frozenset(row["relevant"]))
        for row in rows("counselchat-needs.jsonl")
    ]
    figures = evaluate(experts, needs, embedders)
    assert figures["n"] == 64
    assert figures["mrr"] > 0.29
    assert figures["ndcg@5"] > 0.23
