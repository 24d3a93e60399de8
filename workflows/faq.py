"""The operator's knowledge base: add, change, list; feedback of those who read an answer."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from kernel.clock import Clock
from knowledge import service as knowledge
from knowledge.model import Entry
from knowledge.search.embedding import Batch, EntryEmbedder
from knowledge.understanding import Understanding
from people.model import Person
from storage import commands
from storage.admin import audit
from storage.engine import Database

# rebuilding the index for 10,000 entries takes a second
_ANSWER_AFTER = 2048
_WHOLE_BATCHES = 8


@dataclass(frozen=True)
class EditFaq:
    """An entry is saved and answers from the next message on; who did it is in the audit log.

    `by` is the admin's Telegram id.
    """

    database: Database
    clock: Clock
    learn: "Learn"

    async def __call__(
        self, *, question: str, answer: str, language: str, by: int, command: str,
        entry_id: str | None = None,
    ) -> Entry:  # fmt: skip
        now = self.clock()
        async with self.database.write.begin() as db:
            if done := await commands.earlier(db, command):
                return await knowledge.entry(db, done.result)
            before = await knowledge.entry(db, entry_id) if entry_id else None
            changed = Entry(
                id=entry_id or "", question=question, answer=answer, language=language,
                topic=before.topic if before else None, variants=before.variants if before else (),
            )  # fmt: skip
            entry = await knowledge.save_entry(db, changed, now=now)
            await audit(
                db, by, "changed" if before else "added", about=_named(entry), at=now,
                changes=_changes(before, entry),
            )  # fmt: skip
            await commands.record(db, command, now=now, result=entry.id)
        await self.learn()
        return entry

    async def remove(self, entry_id: str, *, by: int) -> None:
        """The entry answers no more; `by` is the admin's Telegram id. Raises EntryMissing."""
        now = self.clock()
        async with self.database.write.begin() as db:
            before = await knowledge.entry(db, entry_id)
            await knowledge.remove_entry(db, entry_id)
            await audit(
                db, by, "deleted", about=_named(before), at=now, changes=_changes(before, None)
            )
        await self.learn()

    async def entry(self, entry_id: str) -> Entry:
        """Raises UnknownEntry."""
        async with self.database.read() as db:
            return await knowledge.entry(db, entry_id)

    async def entries(self, language: str, *, sought: str = "") -> Sequence[Entry]:
        """Entries of one language, by id; only those with every word of `sought` in them."""
        words = sought.casefold().split()
        async with self.database.read() as db:
            return [
                one
                for one in await knowledge.entries(db)
                if one.language == language and all(word in _readable(one) for word in words)
            ]


def _readable(entry: Entry) -> str:
    return "\n".join((*entry.phrasings, entry.answer)).casefold()


def _named(entry: Entry) -> str:
    return f"faq_entries:{entry.id}"


def _changes(before: Entry | None, after: Entry | None) -> dict[str, list[str | None]]:
    """Column → [before, after], as the browser's audit log writes it."""
    pairs = {
        name: [getattr(before, name, None), getattr(after, name, None)]
        for name in ("question", "answer", "language")
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True)
class EmbedEntries:
    """Makes and stores the vectors that entries still need; broken off, it goes on where it was.

    All phrasings, and whole entries up to a bound: of many, the running bot's `Learn` makes the
    rest little by little. `at_once` batches are embedded side by side. Two processes share the
    work when one of them goes `backwards`. `progress` hears how many texts are done of how many.
    """

    database: Database
    embedder: EntryEmbedder
    at_once: int = 1
    backwards: bool = False

    async def __call__(self, progress: Callable[[int, int], Awaitable[None]]) -> None:
        async with self.database.read() as db:
            missing = await self.embedder.missing(db)
        phrasings = [one for one in missing if not one.whole]
        wholes = [one for one in missing if one.whole][:_WHOLE_BATCHES]
        batches = [*(reversed(phrasings) if self.backwards else phrasings), *wholes]
        done, total = 0, sum(len(one.texts) for one in batches)
        waiting = iter(batches)

        async def work() -> None:
            nonlocal done
            for batch in waiting:
                await self._embed(batch)
                done += len(batch.texts)
                await progress(done, total)

        async with asyncio.TaskGroup() as workers:
            for _ in range(self.at_once):
                workers.create_task(work())

    async def _embed(self, batch: Batch) -> None:
        async with self.database.read() as db:
            left = await self.embedder.left(db, batch)
        if left.texts:
            made = await self.embedder.embed(left)
            async with self.database.write.begin() as db:
                await knowledge.keep_vectors(db, left.model, made)


@dataclass(frozen=True)
class Learn:
    """What is stored is embedded and answers; of many new entries some answer while the others
    are still being embedded, here or by an import in another process."""

    database: Database
    understanding: Understanding

    async def __call__(self) -> None:
        async with self.database.read() as db:
            complete = await self.understanding.is_complete(db)
        # looking for what is missing reads every entry, and this runs every few seconds
        if not complete:
            answering = 0

            async def progress(done: int, _: int) -> None:
                nonlocal answering
                if done - answering >= _ANSWER_AFTER:
                    answering = done
                    await self._refresh()

            embedder = self.understanding.entry_embedder
            # an import goes forwards: they meet in the middle
            await EmbedEntries(self.database, embedder, backwards=True)(progress)
        await self._refresh()

    async def _refresh(self) -> None:
        async with self.database.read() as db:
            await self.understanding.refresh(db)


@dataclass(frozen=True)
class JudgeAnswer:
    """Somebody says whether an answer was right; a wrong one lands among the unanswered.

    `question` is what they had asked, None where it is not known any more.
    """

    database: Database
    clock: Clock

    async def __call__(
        self, person: Person, entry_id: str, *, question: str | None, right: bool, command: str
    ) -> None:
        now = self.clock()
        async with self.database.write.begin() as db:
            entry = await knowledge.entry(db, entry_id)
            text = question or entry.question
            await knowledge.note_feedback(
                db, feedback_id=command, article=entry_id, text=text, right=right, now=now
            )
            if not right and await commands.earlier(db, command) is None:
                await knowledge.note_unanswered(db, text, language=person.language, now=now)
                await commands.record(db, command, now=now)
