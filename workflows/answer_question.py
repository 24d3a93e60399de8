"""Free text at any moment: answered, turned into a search, a command, or an honest no."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from catalogue import service as catalogue
from catalogue.model import Item
from kernel.clock import Clock
from kernel.ids import ExpertId
from kernel.money import Money
from knowledge import service as knowledge
from knowledge.composing import Composer
from knowledge.model import Answer, AnswerKind, Candidate, Priority, Route, Understood, Wish
from knowledge.reading import shared_words, subject_of_reading
from knowledge.understanding import Understanding
from knowledge.wishes.completing import missing
from people.model import Person
from storage import activity, commands
from storage.engine import SessionMaker
from workflows.needs import latest_need, need_values, together
from workflows.tell_admins import TellAdmins

# free times and prices stand on the experts' cards
_ANSWERED_BY_EXPERTS = frozenset({"find_expert", "free_times", "prices"})
# in minor units; beyond this nobody means it, and a database cannot hold it
_LARGEST_BUDGET = 10**12
# commands that only say a text, which the knowledge base may know better
_ONLY_WORDS = frozenset({"receipt", "become_expert"})
_MOST_ITEMS = 3
_NOTHING_TO_DO = frozenset({"chitchat", "out_of_scope", "ask_question"})
HANDLED_WITHOUT_COMMAND = _ANSWERED_BY_EXPERTS | _NOTHING_TO_DO


@dataclass(frozen=True)
class Answered:
    """The knowledge base knows it. `other_language` when it only knows it in another one."""

    answer: Answer
    topic: str | None
    other_language: bool


@dataclass(frozen=True)
class Suggested:
    """Near questions to choose from."""

    candidates: Sequence[Candidate]


@dataclass(frozen=True)
class WishUnderstood:
    """The person looks for an expert; what they said is filled in.

    `complete`: who fits can be shown, even where the wish leaves something open.
    """

    text: str
    wish: Wish
    complete: bool = True


@dataclass(frozen=True)
class CommandUnderstood:
    """The person wants the bot to do something; `name` is the intent's."""

    name: str


@dataclass(frozen=True)
class ExpertNamed:
    """The person writes of an expert by name."""

    expert: ExpertId


@dataclass(frozen=True)
class ItemsFound:
    """The person wants something to read, hear or see, and the library has it."""

    items: Sequence[Item]


@dataclass(frozen=True)
class NotUnderstood:
    """It is said to be so, and the choices are offered."""


Reply = (
    Answered | Suggested | WishUnderstood | CommandUnderstood | ExpertNamed | ItemsFound
    | NotUnderstood
)  # fmt: skip


def decide(text: str, understood: Understood, *, language: str) -> Reply:
    """What to do about an understood text."""
    answer, name = understood.answer, understood.intent.name
    match understood.route:
        case Route.ANSWER:
            return _answered(understood, language)
        case Route.RULE if answer.by == "rule":
            return _answered(understood, language)
        case Route.INTENT if answer.kind is AnswerKind.ANSWER and name in _ONLY_WORDS:
            return _answered(understood, language)
        case Route.RULE | Route.INTENT if name in _ANSWERED_BY_EXPERTS:
            complete = name != "find_expert" or not missing(understood.wish)
            return WishUnderstood(text, understood.wish, complete)
        case Route.RULE | Route.INTENT if name in _NOTHING_TO_DO:
            return NotUnderstood()
        case Route.RULE | Route.INTENT if name is not None:
            return CommandUnderstood(name)
        case Route.WISH:
            return WishUnderstood(text, understood.wish, not missing(understood.wish))
        case Route.SUGGEST:
            return Suggested(answer.candidates)
        case _:
            return NotUnderstood()


def _answered(understood: Understood, language: str) -> Answered:
    other = understood.answer.language not in {None, language, understood.language}
    return Answered(understood.answer, topic=None, other_language=other)


@dataclass(frozen=True)
class AnswerQuestion:
    """Understands what a person wrote and says what to do about it.

    What was not answered is kept for the admins. Danger has been looked for before. With a
    `composer` a found answer is phrased by a language model, where the entries support it.
    `named` tells which expert a text names.
    """

    sessions: SessionMaker
    clock: Clock
    understanding: Understanding
    named: Callable[[str], ExpertId | None]
    composer: Composer | None = None

    async def __call__(self, person: Person, text: str, *, command: str) -> Reply:
        now = self.clock()
        understood = await self.understanding.understand(
            text, language=person.language, now=now, zone=person.time_zone or "UTC"
        )
        decided = self._or_expert(text, decide(text, understood, language=person.language))
        if found := await self._items(text, understood):
            decided = ItemsFound(found)
        reply = await self._composed(await self._with_topic(decided), text)
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return reply
            await activity.record(
                db, person.id, "asked", at=now, about=understood.answer.article,
                profiling=person.profiling,
            )  # fmt: skip
            if isinstance(reply, NotUnderstood | Suggested):
                await knowledge.note_unanswered(db, text, language=person.language, now=now)
            await commands.record(db, command, now=now)
        return reply

    async def chosen(self, person: Person, entry_id: str) -> Answered:
        """The answer that somebody chose among near ones. Raises EntryMissing."""
        async with self.sessions() as db:
            entry = await knowledge.entry(db, entry_id)
        answer = Answer(
            AnswerKind.ANSWER, by="search", language=entry.language, answer=entry.answer,
            article=entry.id, score=1.0,
        )  # fmt: skip
        return Answered(answer, entry.topic, other_language=entry.language != person.language)

    async def _items(self, text: str, understood: Understood) -> list[Item]:
        """What the library has of the topic that somebody wants to read about, or with its words
        in the title; a rule of the operator goes first."""
        subject = subject_of_reading(text)
        if subject is None or understood.route in {Route.DANGER, Route.RULE}:
            return []
        async with self.sessions() as db:
            listed = await catalogue.listed(db)
        near = {
            one.id: (
                one.topic == understood.wish.topic,
                max(shared_words(subject, title) for title in one.titles.values()),
            )
            for one in listed
        }
        found = [one for one in listed if any(near[one.id])]
        return sorted(found, key=lambda one: near[one.id], reverse=True)[:_MOST_ITEMS]

    def _or_expert(self, text: str, reply: Reply) -> Reply:
        """Whoever names an expert wants them, unless the text is a question or a command."""
        if isinstance(reply, Answered | CommandUnderstood):
            return reply
        expert = self.named(text)
        return reply if expert is None else ExpertNamed(expert)

    async def _composed(self, reply: Reply, text: str) -> Reply:
        """The answer in other words; the plain entry where there are none."""
        if self.composer is None or not isinstance(reply, Answered) or reply.answer.by != "search":
            return reply
        async with self.sessions() as db:
            near = [one.article for one in reply.answer.candidates]
            entries = await knowledge.entries_by_id(db, near)
        composed = await self.composer.compose(text, entries)
        return replace(reply, answer=replace(reply.answer, answer=composed)) if composed else reply

    async def _with_topic(self, reply: Reply) -> Reply:
        """The entry's topic decides which disclaimer goes with its answer."""
        if not isinstance(reply, Answered) or reply.answer.article is None:
            return reply
        async with self.sessions() as db:
            entry = await knowledge.entry(db, reply.answer.article)
        return replace(reply, topic=entry.topic)


@dataclass(frozen=True)
class ReadWish:
    """What a text says that somebody wrote when they were asked for a part of their wish."""

    clock: Clock
    understanding: Understanding

    async def __call__(self, text: str, person: Person) -> Wish:
        return await self.understanding.read_wish(
            text, now=self.clock(), zone=person.time_zone or "UTC", language=person.language
        )


@dataclass(frozen=True)
class ReadBudget:
    """The amount in a text such as "up to 80 dollars", or None."""

    clock: Clock
    understanding: Understanding

    async def __call__(self, text: str, person: Person) -> Money | None:
        wish = await self.understanding.read_wish(
            _as_budget(text), now=self.clock(), zone=person.time_zone or "UTC",
            language=person.language,
        )  # fmt: skip
        budget = wish.budget
        return None if budget is None or budget.minor > _LARGEST_BUDGET else budget


def _as_budget(text: str) -> str:
    """A bare number is an amount where a budget was asked for."""
    plain = text.strip()
    return f"budget {plain}" if plain.replace(",", "").replace(".", "").isdecimal() else plain


@dataclass(frozen=True)
class AskHuman:
    """Somebody wants to talk to a human: the admins are told, with what they wrote and what kind
    of need it is. An urgent one is told before every other news."""

    sessions: SessionMaker
    clock: Clock
    tell_admins: TellAdmins
    understanding: Understanding

    async def __call__(self, person: Person, text: str, *, command: str) -> bool:
        """True when there is an admin who was told."""
        async with self.sessions.begin() as db:
            before = await latest_need(db, person.id, now=self.clock())
            need = together(self.understanding.classify(text), before)
            told = await self.tell_admins(
                db, "notice-human-wanted", once=command, client=person.first_name,
                telegram_id=str(person.telegram_id), text=text,
                at_once=need.priority is Priority.URGENT, made=await need_values(db, need),
            )  # fmt: skip
        return bool(told)
