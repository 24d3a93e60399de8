"""The content audit: an admin looks at what experts want to list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from catalogue import service as catalogue
from catalogue.errors import ItemMoved
from catalogue.model import Item
from kernel.clock import Clock
from people import service as people
from people.model import Expert, Person
from storage import commands, outbox
from storage.admin import audit
from storage.engine import SessionMaker
from storage.outbox import Notice
from workflows import item_notices


@dataclass(frozen=True)
class InReview:
    """An item that waits for an admin, with its expert (None: the operator's own)."""

    item: Item
    expert: Expert | None


@dataclass(frozen=True)
class ReviewItems:
    """The queue, what is in it, and the decision, which the audit log keeps."""

    sessions: SessionMaker
    clock: Clock

    async def waiting(self) -> Sequence[Item]:
        """The oldest first."""
        async with self.sessions() as db:
            return await catalogue.in_review(db)

    async def one(self, item_id: str) -> InReview:
        """Raises UnknownItem."""
        async with self.sessions() as db:
            item = await catalogue.item(db, item_id)
            expert = None if item.author is None else await people.expert(db, item.author)
        return InReview(item, expert)

    async def show_all(self, admin: Person, item_id: str, *, command: str) -> None:
        """The whole content comes to the admin's chat. Raises UnknownItem."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            item = await catalogue.item(db, item_id)
            told = item_notices.whole(item, admin, once=command, now=now)
            await outbox.add(db, *told)
            await commands.record(db, command, now=now)

    async def approve(self, admin: int, item_id: str, *, version: int, command: str) -> None:
        """List the version that the admin saw. Raises UnknownItem, ItemMoved for another."""

        def told(after: Item, expert: Expert) -> Iterable[Notice]:
            return item_notices.approved(after, expert, now=self.clock())

        def seen(of: Item) -> Item:
            if of.version != version:
                raise ItemMoved
            return of.approved(now=self.clock())

        await self._decide(admin, item_id, "item-approved", seen, told, command=command)

    async def give_back(self, admin: int, item_id: str, reason: str, *, command: str) -> None:
        """Its expert is told why, and changes it. Raises UnknownItem, ItemMoved."""

        def told(after: Item, expert: Expert) -> Iterable[Notice]:
            return item_notices.given_back(after, expert, once=command, now=self.clock())

        await self._decide(
            admin, item_id, "item-given-back", lambda of: of.given_back(reason), told,
            command=command,
        )  # fmt: skip

    async def withdraw(self, admin: int, item_id: str, reason: str, *, command: str) -> None:
        """Whatever an expert listed can be taken off the shelf, and they are told why. Raises
        UnknownItem, ItemMoved."""

        def told(after: Item, expert: Expert) -> Iterable[Notice]:
            return item_notices.withdrawn(after, expert, reason, once=command, now=self.clock())

        def off(of: Item) -> Item:
            return replace(of.withdrawn(), note=reason)

        await self._decide(admin, item_id, "item-withdrawn", off, told, command=command)

    async def _decide(
        self, admin: int, item_id: str, action: str, change: Callable[[Item], Item],
        told: Callable[[Item, Expert], Iterable[Notice]], *, command: str,
    ) -> None:  # fmt: skip
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            before = await catalogue.item(db, item_id)
            after = await catalogue.change(db, before, change(before))
            changes = {"titles": after.titles, "reason": after.note}
            await audit(db, admin, action, about=f"item:{item_id}", changes=changes, at=now)
            if after.author is not None:
                expert = await people.expert(db, after.author)
                await outbox.add(db, *told(after, expert))
            await commands.record(db, command, now=now)
