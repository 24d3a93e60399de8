"""What clients wrote about an expert is compared with needs, unreadable at rest, and erasable."""

from sqlalchemy import text

from kernel.ids import SessionId
from matching import repository
from people import service as people
from people.model import Review
from storage.engine import Database
from tests.booking.builders import EXPERT
from tests.workflows.builders import World
from workflows.expert_facts import RefreshFacts
from workflows.privacy import EraseMe

WORDS = "She helped me through my burnout."


async def test_a_review_is_matched_by_until_its_author_is_erased(database: Database):
    world = World(database)
    await world.open()
    mia = await world.join(1, "Mia")
    async with database.write.begin() as db:
        review = Review(
            "r", SessionId("s"), EXPERT, mia.id, expected=8, received=9, would_return=True,
            comment=WORDS, published=True, at=world.now,
        )  # fmt: skip
        await people.add_review(db, review)
    await RefreshFacts(database.write)()
    async with database.read() as db:
        (facts,) = await repository.facts_of(db, [EXPERT])
        assert facts.reviews == (WORDS,)
        stored = await db.scalar(text("SELECT reviews FROM expert_facts"))
        assert b"burnout" not in bytes(stored)
    await EraseMe(database.write, world.clock)(mia)
    async with database.read() as db:
        (facts,) = await repository.facts_of(db, [EXPERT])
        assert facts.reviews == ()
