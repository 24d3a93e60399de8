"""What the knowledge base could not answer, and one step that makes an entry of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.clock import Clock
from knowledge import service as knowledge
from knowledge.errors import AlreadySettled
from knowledge.model import Entry
from knowledge.unanswered import UnansweredGroup
from knowledge.understanding import Understanding
from storage import commands
from storage.admin import audit
from storage.engine import Database
from workflows.faq import Learn

_MOST = 200


@dataclass(frozen=True)
class ReadUnanswered:
    """Open questions grouped by meaning, the most frequent first."""

    database: Database
    understanding: Understanding

    async def __call__(self) -> list[UnansweredGroup]:
        async with self.database.read() as db:
            questions = await knowledge.unanswered(db, limit=_MOST)
        return await self.understanding.group(questions)

    async def group(self, ids: Sequence[str]) -> UnansweredGroup | None:
        """A group as it was listed, of what is still open; None when it was settled meanwhile."""
        async with self.database.read() as db:
            wordings = await knowledge.still_unanswered(db, ids)
        return UnansweredGroup(tuple(wordings)) if wordings else None


@dataclass(frozen=True)
class SettleUnanswered:
    """A group gets its answer, as an entry found by all its wordings, or is taken off the list.

    `by` is the admin's Telegram id. Raises EntryInvalid, and AlreadySettled when another admin
    was faster.
    """

    database: Database
    clock: Clock
    learn: Learn

    async def answer(self, group: UnansweredGroup, answer: str, *, by: int, command: str) -> Entry:
        """The first wording is the question, the others are its variants."""
        now = self.clock()
        first, *others = group.wordings
        async with self.database.write.begin() as db:
            if done := await commands.earlier(db, command):
                return await knowledge.entry(db, done.result)
            new = Entry(
                id="", question=first.text, answer=answer, language=first.language,
                variants=tuple(one.text for one in others),
            )  # fmt: skip
            closed = [await knowledge.close_unanswered(db, one.id) for one in group.wordings]
            if not any(closed):
                raise AlreadySettled
            entry = await knowledge.save_entry(db, new, now=now)
            await audit(
                db, by, "added", about=f"faq_entries:{entry.id}", at=now,
                changes={"question": [None, entry.question], "answer": [None, entry.answer]},
            )  # fmt: skip
            await commands.record(db, command, now=now, result=entry.id)
        await self.learn()
        return entry

    async def dismiss(self, ids: Sequence[str]) -> None:
        """Not worth an answer; asked again, a question comes back."""
        async with self.database.write.begin() as db:
            for one in ids:
                await knowledge.close_unanswered(db, one)
