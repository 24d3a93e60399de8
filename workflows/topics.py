"""The fields and topics of advice, as people read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge import service as knowledge
from knowledge.model import Topic
from storage.engine import SessionMaker
from texts.values import Localized


@dataclass(frozen=True)
class Taxonomy:
    """Names and disclaimers of topics, by language."""

    topics: Sequence[Topic]

    def within(self, parent: str | None) -> Sequence[Topic]:
        """The topics of a field, or the fields (None)."""
        return [one for one in self.topics if one.parent == parent]

    def name(self, topic_id: str | None, language: str) -> str:
        """The topic's name; empty for none or an unknown one."""
        found = self._find(topic_id)
        return Localized(found.names).in_language(language) if found else ""

    def covers(self, asked: str, topics: Sequence[str]) -> bool:
        """Whether who works on `topics` works on what was asked for, a topic or a field."""
        return any(asked in (one.id, one.parent) for one in self.topics if one.id in topics)

    def disclaimer(self, topic_id: str | None, language: str) -> str:
        """What must be said where advice of this topic is given; empty where nothing must."""
        found = self._find(topic_id)
        if found is not None and not found.disclaimer and found.parent:
            found = self._find(found.parent)
        return Localized(found.disclaimer).in_language(language) if found else ""

    def field_of(self, topic_id: str | None) -> str | None:
        """The field that a topic belongs to, itself for a field; None for an unknown one."""
        found = self._find(topic_id)
        return (found.parent or found.id) if found else None

    def _find(self, topic_id: str | None) -> Topic | None:
        return next((one for one in self.topics if one.id == topic_id), None)


@dataclass(frozen=True)
class ReadTopics:
    """The taxonomy in force."""

    sessions: SessionMaker

    async def __call__(self) -> Taxonomy:
        async with self.sessions() as db:
            return Taxonomy(await knowledge.topics(db))
