import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import service
from knowledge.feedback import Judged, weights_of
from knowledge.model import Entry
from knowledge.search.embedding import embed_missing
from knowledge.search.knowledge_base import KnowledgeBase
from knowledge.search.shelf import digest
from knowledge.stored import compare, located
from storage.engine import Database
from tests.knowledge.conftest import WEDNESDAY as NOW
from vectors.embedders import Embedders

ENTRIES = [
    Entry("cancel", "How can I cancel my session?", "Under My sessions.", "en"),
    Entry("back", "When do I get my money back?", "Within five days.", "en"),
    Entry("move", "How can I move my session to another day?", "Under My sessions.", "en"),
]
# what people wrote when they wanted their money, and got told how to cancel
WRONG = [
    Judged("How can I cancel my session and get the money?", "cancel", right=False),
    Judged("How can I cancel a session for money back?", "cancel", right=False),
    Judged("I cancel my session, how do I get my money?", "cancel", right=False),
    Judged("How can I cancel my session for a refund?", "cancel", right=False),
    Judged("If I cancel my session, how much comes back?", "cancel", right=False),
    Judged("How can I cancel my session and be paid back?", "cancel", right=False),
]
RIGHT = [
    Judged(f"How do I move my session to {day}?", "move", right=True) for day in ("May", "noon")
]


@pytest.fixture(scope="module")
def base(embedders: Embedders) -> KnowledgeBase:
    vectors = embed_missing(ENTRIES, embedders, {})
    return KnowledgeBase(ENTRIES, embedders=embedders, vectors=vectors)


@given(st.lists(st.booleans(), max_size=40))
def test_a_weight_is_bounded_and_has_the_sign_of_the_majority(votes: list[bool]) -> None:
    phrasing = ("a", "digest")
    found = weights_of([(Judged("?", "a", vote), phrasing) for vote in votes])
    majority = 2 * sum(votes) - len(votes)
    weight = found.get(phrasing, 0.0)
    assert abs(weight) < 0.6
    assert (weight > 0, weight < 0) == (majority > 0, majority < 0)


def test_what_was_judged_wrong_is_answered_less_and_what_was_right_still_is(
    base: KnowledgeBase,
) -> None:
    effect = compare(base, WRONG + RIGHT)
    assert effect["with"]["wrong_again"] < effect["without"]["wrong_again"]
    assert effect["with"]["right_again"] == effect["without"]["right_again"] == 1.0


def test_comparing_leaves_the_answers_as_they_were(base: KnowledgeBase) -> None:
    before = base.ask(WRONG[0].text)
    compare(base, WRONG)
    assert base.ask(WRONG[0].text) == before


def test_feedback_belongs_to_the_phrasing_that_led_there(base: KnowledgeBase) -> None:
    ((_, phrasing),) = located(base, WRONG[:1])
    assert phrasing == ("cancel", digest(ENTRIES[0].question))


async def test_weights_in_force_replace_each_other(database: Database) -> None:
    async with database.write.begin() as db:
        await service.put_weights(db, {("a", "x"): 0.1, ("b", "y"): -0.1}, now=NOW)
        await service.put_weights(db, {("a", "x"): 0.2}, now=NOW)
        assert await service.weights(db) == {("a", "x"): 0.2}
