"""Items as their authors write them: an expert's go to an admin before they are listed, the
operator's own (author None, written by an admin) are listed at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.question_model import Question, QuestionState
from catalogue import service as catalogue
from catalogue.errors import UnknownItem
from catalogue.model import LONGEST_TITLE, File, Item, ItemState, Kind, Lesson, Rights, Words
from kernel.clock import Clock
from kernel.ids import ExpertId, PersonId, new_id
from kernel.money import Money
from people import service as people
from people.model import Expert
from storage import commands, outbox
from storage.admin import audit
from storage.engine import SessionMaker
from workflows import item_notices
from workflows.offer_price import check_price, rail_of
from workflows.tell_admins import TellAdmins


@dataclass(frozen=True)
class Author:
    """Who writes: an expert, or (None) an admin for the operator, with their Telegram id."""

    expert: ExpertId | None
    telegram_id: int


@dataclass(frozen=True)
class Written:
    """An item with how many people have it."""

    item: Item
    owners: int


Change = Callable[[Item], Item]


@dataclass(frozen=True)
class WriteItems:
    """Everything that an author does. Raises UnknownItem for another author's item."""

    sessions: SessionMaker
    clock: Clock
    tell_admins: TellAdmins

    async def mine(self, author: Author) -> Sequence[Written]:
        """All of an author's items, the oldest first."""
        async with self.sessions() as db:
            found = await catalogue.of_author(db, author.expert)
            owners = await catalogue.owners(db, [one.id for one in found])
        return [Written(one, owners.get(one.id, 0)) for one in found]

    async def one(self, author: Author, item_id: str) -> Written:
        """One of an author's items."""
        async with self.sessions() as db:
            found = await _own(db, author, item_id)
            owners = await catalogue.owners(db, [item_id])
        return Written(found, owners.get(item_id, 0))

    async def begin(self, author: Author, kind: Kind, topic: str, *, command: str) -> Item:
        """An empty draft."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return await catalogue.item(db, str(done.result))
            new = await catalogue.draft(db, kind=kind, topic=topic, author=author.expert, now=now)
            await commands.record(db, command, now=now, result=new.id)
        return new

    async def title(
        self, author: Author, item_id: str, language: str, title: str, *, command: str
    ) -> Item:
        """Raises TextTooLong, ItemMoved."""

        def change(of: Item) -> Item:
            words = of.words.get(language, Words(""))
            return of.with_words(language, replace(words, title=title.strip()))

        return await self._change(author, item_id, change, command=command)

    async def add_text(
        self, author: Author, item_id: str, language: str, text: str, *, anew: bool, command: str
    ) -> Item:
        """More of a text, or (`anew`) its beginning; of a course the next lesson, whose first line
        is its title. Raises TextTooLong, ItemMoved."""

        def change(of: Item) -> Item:
            return of.with_words(language, _longer(of, language, text.strip(), anew=anew))

        return await self._change(author, item_id, change, command=command)

    async def put_file(self, author: Author, item_id: str, file: File, *, command: str) -> Item:
        """The file of a file item. Raises ItemMoved."""
        return await self._change(
            author, item_id, lambda of: replace(of, file=file), command=command
        )

    async def price(self, author: Author, item_id: str, price: Money, *, command: str) -> Item:
        """Free (0), in Stars, or by card in another currency. Raises AmountNotPossible,
        ItemMoved."""
        rail = rail_of(price)
        check_price(rail, price)
        return await self._change(
            author, item_id, lambda of: of.priced(price, rail), command=command
        )

    async def declare(
        self, author: Author, item_id: str, rights: Rights, source: str = "", *, command: str
    ) -> Item:
        """The rights that the author has in it. Raises ItemMoved."""
        return await self._change(
            author, item_id, lambda of: of.declared(rights, source), command=command
        )

    async def submit(self, author: Author, item_id: str, *, command: str) -> Item:
        """To an admin, or (the operator's own) listed at once.

        Raises ItemMoved, ItemIncomplete, SourceMissing, ConsentMissing.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            before = await _own(db, author, item_id)
            if await commands.earlier(db, command):
                return before
            after = await catalogue.change(db, before, before.submitted(now=now))
            if after.state is ItemState.REVIEW and author.expert is not None:
                expert = await people.expert(db, author.expert)
                await self._tell_admins(db, after, expert, once=command)
            else:
                await audit(
                    db, author.telegram_id, "item-listed", about=f"item:{item_id}",
                    changes={"titles": after.titles}, at=now,
                )  # fmt: skip
            await commands.record(db, command, now=now)
        return after

    async def withdraw(self, author: Author, item_id: str, *, command: str) -> Item:
        """Shown and sold no more; who has it keeps it. Raises ItemMoved."""
        return await self._change(author, item_id, Item.withdrawn, command=command)

    async def remove(self, author: Author, item_id: str) -> None:
        """Throw a draft away; one that is gone already is gone. Raises ItemMoved."""
        async with self.sessions.begin() as db:
            try:
                found = await _own(db, author, item_id)
            except UnknownItem:
                return
            await catalogue.remove(db, found)

    async def _change(self, author: Author, item_id: str, change: Change, *, command: str) -> Item:
        now = self.clock()
        async with self.sessions.begin() as db:
            before = await _own(db, author, item_id)
            if await commands.earlier(db, command):
                return before
            after = await catalogue.change(db, before, change(before))
            await commands.record(db, command, now=now)
        return after

    async def _tell_admins(self, db: AsyncSession, of: Item, expert: Expert, *, once: str) -> None:
        title = next(iter(of.titles.values()))
        await self.tell_admins(
            db, "notice-item-review", once=once, buttons=[item_notices.review_button(of)],
            expert=expert.name, title=title,
        )  # fmt: skip


@dataclass(frozen=True)
class PublishAnswers:
    """An answered question becomes an item when its expert writes it down without names and who
    asked it agrees."""

    sessions: SessionMaker
    clock: Clock

    async def answered(self, expert_id: ExpertId) -> Sequence[Question]:
        """Answered questions of which nothing was made yet, the newest first."""
        async with self.sessions() as db:
            found = await booking.questions_answered(db, expert_id)
            return [one for one in found if await catalogue.of_question(db, one.id) is None]

    async def begin(
        self, author: Author, question_id: str, topic: str, language: str, title: str, *,
        command: str,
    ) -> Item:  # fmt: skip
        """A draft with the question and its answer, both sides' names taken out; the expert may
        still write it anew. Raises UnknownItem when it is not theirs, not answered or used."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return await catalogue.item(db, str(done.result))
            question = await booking.question(db, question_id)
            if question.expert_id != author.expert or question.state is not QuestionState.ANSWERED:
                raise UnknownItem
            expert = await people.expert(db, question.expert_id)
            client = await people.get(db, question.client_id)
            text = f"❓ {question.text}\n\n💬 {question.answer or ''}"
            names = (expert.name, *expert.name.split(), client.first_name)
            new = Item(
                new_id(), Kind.ANSWER, topic, question.expert_id, now,
                words={language: Words(title[:LONGEST_TITLE], without_names(text, names))},
                question=question.id, asked_by=client.id,
            )  # fmt: skip
            if not await catalogue.add(db, new):
                raise UnknownItem
            await commands.record(db, command, now=now, result=new.id)
        return new

    async def ask_consent(self, author: Author, item_id: str, *, command: str) -> None:
        """Who asked reads what is to be made public. Raises UnknownItem."""
        now = self.clock()
        async with self.sessions.begin() as db:
            item = await _own(db, author, item_id)
            if item.asked_by is None or item.agreed_at is not None or author.expert is None:
                raise UnknownItem
            if await commands.earlier(db, command):
                return
            expert = await people.expert(db, author.expert)
            client = await people.get(db, item.asked_by)
            await outbox.void(db, about=item.id)
            await outbox.add(
                db,
                item_notices.asked_to_agree(
                    item, expert, client.id, language=client.language, once=command, now=now
                ),
            )
            await commands.record(db, command, now=now)

    async def agree(self, person: PersonId, item_id: str, mark: str, *, command: str) -> None:
        """Who asked agrees to the words with this mark. Raises UnknownItem, ItemMoved."""
        await self._decide(person, item_id, mark, command=command)

    async def refuse(self, person: PersonId, item_id: str, *, command: str) -> None:
        """They do not: the draft is gone. Raises UnknownItem, ItemMoved."""
        await self._decide(person, item_id, None, command=command)

    async def _decide(
        self, person: PersonId, item_id: str, mark: str | None, *, command: str
    ) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            item = await catalogue.item(db, item_id)
            agreed = mark is not None
            if mark is not None:
                await catalogue.agree(db, item, person, mark=mark, now=now)
            else:
                await catalogue.refuse(db, item, person)
            if item.author is not None:
                expert = await people.expert(db, item.author)
                told = item_notices.consent_told(item, expert, agreed=agreed, now=now)
                await outbox.add(db, *told)
            await commands.record(db, command, now=now)


_NAMELESS = "…"


def without_names(text: str, names: Sequence[str]) -> str:
    """The text with each of the names (of two characters or more) taken out."""
    for name in sorted({one for one in names if len(one) > 1}, key=len, reverse=True):
        text = text.replace(name, _NAMELESS)
    return text


def _longer(of: Item, language: str, text: str, *, anew: bool) -> Words:
    words = of.words.get(language, Words(""))
    if of.kind is Kind.COURSE:
        title, _, rest = text.partition("\n")
        before = () if anew else words.lessons
        return replace(words, lessons=(*before, Lesson(title.strip(), rest.strip() or title)))
    if anew or not words.text:
        return replace(words, text=text)
    return replace(words, text=f"{words.text}\n\n{text}")


async def _own(db: AsyncSession, author: Author, item_id: str) -> Item:
    found = await catalogue.item(db, item_id)
    if found.author != author.expert:
        raise UnknownItem
    return found
