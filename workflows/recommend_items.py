"""“For you” in the library: items that somebody may like, each with a reason that is true.

Who turned profiling off is suggested only what is of the topic that they asked for. Whatever
concerns health or psychology is neither suggested nor a reason: it is found by its topic alone.
Nothing is suggested of an expert whom the person hid.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from catalogue import service as catalogue
from catalogue.model import Item
from insights import item_histories
from insights.events import SENSITIVE_FIELD
from kernel.clock import Clock
from kernel.ids import ExpertId
from knowledge import service as knowledge
from matching.model import Reason
from matching.recommend.items import ItemFacts, ItemMatch, ItemPast, Others, suggest
from people import blocks
from people import service as people
from people.model import Person
from storage.engine import SessionMaker
from texts.values import Localized, Value
from workflows.topics import Taxonomy

_MOST = 3
_LOOKED_AT = 500


@dataclass(frozen=True)
class Suggested:
    """An item and why it is suggested, with the names that the reason speaks of."""

    item: Item
    reason: Reason
    names: Mapping[str, str]
    titles: Mapping[str, Mapping[str, str]]

    def shown(self, topics: Taxonomy, language: str) -> dict[str, Value]:
        """The reason's values as its reader knows them."""
        found: dict[str, Value] = dict(self.reason.values)
        for name, value in self.reason.values.items():
            match name:
                case "item":
                    found[name] = Localized(self.titles.get(str(value), {})).in_language(language)
                case "expert":
                    found[name] = self.names.get(str(value), "")
                case "topic":
                    found[name] = topics.name(str(value), language)
        return found


@dataclass(frozen=True)
class RecommendItems:
    """At most three, the best first; what one cannot tell a reason for is left out."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, person: Person) -> list[Suggested]:
        async with self.sessions() as db:
            fields = {one.id: one.parent or one.id for one in await knowledge.topics(db)}
            hidden = [one for one, of in fields.items() if of == SENSITIVE_FIELD]
            authors = await blocks.hidden_by(db, person.id)
            items = [
                one for one in await catalogue.listed(db, limit=_LOOKED_AT)
                if one.topic not in hidden and one.author not in authors
            ]  # fmt: skip
            past = await _past(db, person, hidden)
            others = Others()
            if person.profiling:
                done = {one.item for one in past.deeds}
                others = await item_histories.others(db, person.id, done, without=hidden)
            known = await catalogue.many(db, {one.item for one in past.deeds})
            owned = {one.item.id for one in await catalogue.owned(db, person.id)}
            matches = suggest(
                [_facts(one, fields) for one in items if one.id not in owned], past, others,
                known={one.id: _facts(one, fields) for one in known.values()}, fields=fields,
                now=self.clock(), limit=_MOST,
            )  # fmt: skip
            names = await _names(db, matches)
        by_id = {one.id: one for one in items}
        titles = {one.id: one.titles for one in known.values()}
        return [Suggested(by_id[one.item], one.reason, names, titles) for one in matches]


async def _past(db: AsyncSession, person: Person, hidden: Collection[str]) -> ItemPast:
    if person.profiling:
        past = await item_histories.past_with_items(db, person.id, without=hidden)
    else:
        past = ItemPast(topic=await item_histories.asked_for(db, person.id))
    if past.topic is not None and past.topic[0] in hidden:
        return ItemPast(past.deeds, past.booked)
    return past


async def _names(db: AsyncSession, matches: Collection[ItemMatch]) -> dict[str, str]:
    experts = {str(one.reason.values["expert"]) for one in matches if "expert" in one.reason.values}
    return {one: (await people.expert(db, ExpertId(one))).name for one in experts}


def _facts(of: Item, fields: Mapping[str, str]) -> ItemFacts:
    return ItemFacts(of.id, of.topic, fields.get(of.topic, of.topic), of.author)
