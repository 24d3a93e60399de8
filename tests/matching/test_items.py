"""Suggested items: each for a reason that is true, and nobody is made out in it."""

from datetime import UTC, datetime, timedelta

from kernel.ids import ExpertId, PersonId
from matching.recommend.items import (
    FEWEST,
    ItemDeed,
    ItemFacts,
    ItemMatch,
    ItemPast,
    Others,
    suggest,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA = ExpertId("ana")
FIELDS = {"skills": "career", "job-change": "career", "wealth": "investment"}


def an_item(name: str, topic: str = "skills", author: ExpertId | None = None) -> ItemFacts:
    return ItemFacts(name, topic, FIELDS[topic], author)


def deed(person: str, item: str, *, got: bool = True, days: int = 0) -> ItemDeed:
    at = NOW - timedelta(days=days)
    return ItemDeed(PersonId(person), item, got, at, f"row:{person}:{item}")


def suggested(past: ItemPast, *items: ItemFacts, others: Others | None = None) -> list[ItemMatch]:
    known = {one.id: one for one in items}
    return suggest(items, past, others or Others(), known=known, fields=FIELDS, now=NOW, limit=3)


def test_nothing_is_suggested_without_a_reason():
    assert suggested(ItemPast(), an_item("a")) == []


def test_what_they_asked_for_is_suggested_with_the_activity_that_says_so():
    past = ItemPast(topic=("skills", "row"))
    (found,) = suggested(past, an_item("a"), an_item("b", "wealth"))
    assert (found.item, found.reason.key, found.reason.row) == ("a", "reason-item-asked", "row")


def test_an_author_whom_they_booked_is_the_reason():
    past = ItemPast(booked={ANA: "row"})
    (found,) = suggested(past, an_item("a", author=ANA), an_item("b"))
    assert (found.item, found.reason.key) == ("a", "reason-item-author")


def test_company_counts_only_from_three_people_on():
    mine = ItemPast([deed("me", "a")])
    items = [an_item("a"), an_item("c", "wealth")]

    def company(count: int) -> Others:
        people = [f"p{place}" for place in range(count)]
        return Others([deed(one, item) for one in people for item in ("a", "c")])

    assert suggested(mine, *items, others=company(FEWEST - 1)) == []
    (found,) = suggested(mine, *items, others=company(FEWEST))
    assert (found.item, found.reason.key) == ("c", "reason-item-because-got")
    assert found.reason.row == "row:me:a"


def test_what_they_have_is_not_suggested_and_the_same_topic_comes_first():
    mine = ItemPast([deed("me", "a")])
    found = suggested(mine, an_item("a"), an_item("far", "job-change"), an_item("near"))
    assert [one.item for one in found] == ["near", "far"]


def test_older_deeds_count_less():
    people = ("p1", "p2", "p3")
    others = Others([deed(one, item) for one in people for item in ("a", "c")])
    items = [an_item("a"), an_item("c", "wealth")]
    scores = [
        suggested(ItemPast([deed("me", "a", days=days)]), *items, others=others)[0].score
        for days in (0, 240)
    ]
    assert scores[1] == scores[0] / 4


def test_without_history_it_is_the_segment_then_what_most_have():
    others = Others(got={"a": 5, "b": 9}, got_in_segment={"a": 4})
    found = suggested(ItemPast(), an_item("a"), an_item("b"), others=others)
    assert [(one.item, one.reason.key) for one in found] == [
        ("a", "reason-item-segment"), ("b", "reason-item-popular"),
    ]  # fmt: skip
