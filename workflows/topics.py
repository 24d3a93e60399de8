"""The fields and topics of advice, as people read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge import service as knowledge
from knowledge.model import Topic
from storage.engine import SessionMaker
from texts.values import Localized


@dataclass(frozen=True)
class Topics:
    """Names and disclaimers of topics, by language."""

    sessions: SessionMaker

    async def within(self, parent: str | None) -> Sequence[Topic]:
        """The topics of a field, or the fields (None)."""
        return [one for one in await self._all() if one.parent == parent]

    async def name(self, topic_id: str | None, language: str) -> str:
        """The topic's name; empty for none or an unknown one."""
        found = await self._find(topic_id)
        return Localized(found.names).in_language(language) if found else ""

    async def disclaimer(self, topic_id: str | None, language: str) -> str:
        """What must be said where advice of this topic is given; empty where nothing must."""
        found = await self._find(topic_id)
        if found is not None and not found.disclaimer and found.parent:
            found = await self._find(found.parent)
        return Localized(found.disclaimer).in_language(language) if found else ""

    async def _find(self, topic_id: str | None) -> Topic | None:
        if topic_id is None:
            return None
        return next((one for one in await self._all() if one.id == topic_id), None)

    async def _all(self) -> Sequence[Topic]:
        async with self.sessions() as db:
            return await knowledge.topics(db)
