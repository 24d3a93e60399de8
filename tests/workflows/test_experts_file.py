"""The experts' file: what it sells by the minute and by subscription, and what it takes back."""

import json
from typing import Any

import pytest

from kernel.errors import InputError
from kernel.ids import ExpertId
from payments import service as payments
from payments.offers_of_money import Plan
from storage.engine import Database
from tests.workflows.builders import World
from workflows.expert_rows import parse_experts
from workflows.register_experts import RegisterExperts

ANA = ExpertId("ana-b")
STARS = {"amount": 250, "currency": "XTR"}
PLAN = {"questions": 4, "each": {"amount": 200, "currency": "XTR"}}


def line(**changes: Any) -> str:
    row = {
        "id": ANA, "name": "Ana", "bio": "Coach", "languages": ["en"], "topics": ["job-change"],
        "timezone": "UTC", "weekly": [], "offers": [
            {"title": "Talk", "minutes": 60, "price": {"amount": 6000, "currency": "USD"}},
        ],
    }  # fmt: skip
    return json.dumps(row | changes)


def written(**changes: Any) -> dict[str, Any]:
    return {"price": STARS, "rail": "stars"} | changes


async def imported(world: World, **changes: Any) -> str:
    """What an import of one line did to it."""
    rows = parse_experts(line(**changes), name="experts.jsonl")
    counts = await RegisterExperts(world.database.write, world.clock)(rows)
    return next(name for name in ("added", "changed", "unchanged") if getattr(counts, name))


async def plan(world: World) -> Plan | None:
    async with world.database.read() as db:
        return await payments.plan_of(db, ANA)


async def test_a_subscription_is_sold_until_the_file_says_otherwise(database: Database):
    world = World(database)
    selling = written(subscription=PLAN)
    assert await imported(world, written=selling) == "added"
    assert await imported(world, written=selling) == "unchanged"
    assert await imported(world, written=written()) == "unchanged"
    sold = await plan(world)
    assert sold is not None
    assert (sold.questions, sold.price.minor, sold.active) == (4, 800, True)
    assert await imported(world, written=written(subscription=None)) == "changed"
    sold = await plan(world)
    assert sold is not None
    assert not sold.active


async def test_who_answers_no_more_sells_no_subscription(database: Database):
    world = World(database)
    await imported(world, written=written(subscription=PLAN))
    assert await imported(world, written=None) == "changed"
    sold = await plan(world)
    assert sold is not None
    assert not sold.active


@pytest.mark.parametrize(
    "wrong",
    [
        {"written": written(subscription={**PLAN, "questions": 1})},
        {"written": written(subscription={"questions": 51, "each": PLAN["each"]})},
        {"written": {"price": {"amount": 1500, "currency": "USD"}, "subscription": PLAN}},
        {"offers": [{"title": "Talk", "minutes": 60, "by_minute": True,
                     "price": {"amount": 6001, "currency": "USD"}}]},
        {"offers": [{"title": "Talk", "minutes": 60, "by_minute": True,
                     "price": {"amount": 6000, "currency": "USD"}, "packages": [
                         {"sessions": 3, "each": {"amount": 5000, "currency": "USD"},
                          "valid_days": 90}]}]},
    ],
    ids=["one answer", "more than 10,000 Stars", "answers in money", "cents", "a package"],
)  # fmt: skip
def test_what_could_not_be_paid_is_refused_with_its_line(wrong: dict[str, Any]):
    with pytest.raises(InputError, match="line 1"):
        parse_experts(line(**wrong), name="experts.jsonl")
