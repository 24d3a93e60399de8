"""A start embeds only what no earlier one has, and what nobody says any more is not kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select

from matching import service as matching
from matching.model import ExpertFacts, MatchNeed
from matching.shortlist import Matcher
from matching.tables import TextVectorRow
from storage.engine import Database
from tests.matching.builders import ADVISER, COACH, EVERYBODY
from vectors.embedders import Embedder, Embedders, Vectors, load_embedders
from workflows.housekeeping import RefreshMatching

NEEDS = ("I want to change my job", "我最近总是失眠", "taxes for freelancers")


@dataclass(eq=False)
class Counting:
    """Remembers which passages were embedded."""

    model: Embedder
    embedded: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def dimension(self) -> int:
        return self.model.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return self.model.embed(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.model.embed_queries(texts)


async def start(database: Database) -> tuple[Matcher, list[str]]:
    """A process that has just read everything, and what it embedded for that."""
    models = load_embedders("auto")
    english, others = Counting(models.english), Counting(models.others)
    matcher = Matcher(Embedders(english, others))
    await RefreshMatching(database, matcher)()
    return matcher, english.embedded + others.embedded


def fits(matcher: Matcher) -> list[list[tuple[str, float]]]:
    return [
        [
            (one.expert_id, round(one.semantic, 5))
            for one in matcher.shortlist(MatchNeed(text=need), limit=9)
        ]
        for need in NEEDS
    ]


async def save(database: Database, *experts: ExpertFacts) -> None:
    async with database.write.begin() as db:
        await matching.save_facts(db, experts)


async def kept(database: Database) -> int:
    async with database.read() as db:
        return await db.scalar(select(func.count()).select_from(TextVectorRow)) or 0


async def test_a_start_embeds_only_what_no_earlier_one_has(database: Database):
    await save(database, *EVERYBODY)
    first, embedded = await start(database)
    assert await kept(database) == len(embedded) > len(EVERYBODY)
    again, embedded = await start(database)
    assert embedded == []
    assert fits(again) == fits(first)
    bio = "Runs a bakery, and helps others to open one."
    await save(database, replace(COACH, bio={"en": bio}))
    _, embedded = await start(database)
    assert set(embedded) == {bio}


async def test_what_nobody_says_any_more_is_not_kept(database: Database):
    await save(database, COACH)
    await start(database)
    alone = await kept(database)
    await save(database, ADVISER)
    await start(database)
    assert await kept(database) > alone
    async with database.write.begin() as db:
        await matching.forget_facts(db, ADVISER.expert_id)
    assert await kept(database) <= alone
    await save(database, replace(COACH, bio={}, offers=(), topics=()))
    assert await kept(database) == 0
