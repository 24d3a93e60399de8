"""Who was a member before they became an expert is both."""

from sqlalchemy import update

from kernel.ids import ExpertId
from people import service as people
from people.model import ExpertDraft
from people.service import EXPERT_ROLE
from people.tables import ExpertRow
from storage.engine import Database
from tests.workflows.builders import World
from workflows.link_expert import LinkExpert

ZORA = ExpertId("zora")


async def _telegram_id(database: Database, telegram_id: int | None) -> None:
    """As a form in the browser sets it."""
    async with database.write.begin() as db:
        await db.execute(
            update(ExpertRow).where(ExpertRow.id == ZORA).values(telegram_id=telegram_id)
        )


async def test_the_expert_is_whoever_has_their_telegram_id(database: Database):
    world = World(database)
    zora, ben = await world.join(1, "Zora"), await world.join(2, "Ben")
    draft = ExpertDraft(ZORA, "Zora", {"en": "Coach"}, ("en",), (), "UTC")
    async with database.write.begin() as db:
        await people.save_expert(db, draft, world.now)
    link = LinkExpert(database.write, world.clock)
    for telegram_id, person in ((1, zora), (2, ben), (None, None), (3, None)):
        await _telegram_id(database, telegram_id)
        await link(ZORA)
        async with database.read() as db:
            expert = await people.expert(db, ZORA)
            assert expert.person_id == (person and person.id)
            assert expert.telegram_id == telegram_id
            assert person is None or EXPERT_ROLE in (await people.get(db, person.id)).roles
