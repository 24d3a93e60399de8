"""Free text at any moment: answered, turned into a search, a command, or an honest no."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from booking import service as booking
from catalogue import service as catalogue
from catalogue.model import Item
from kernel.clock import Clock
from kernel.ids import ExpertId
from knowledge import service as knowledge
from knowledge.composing import Composer
from knowledge.model import Answer, AnswerKind, Candidate, Route, Understood, Wish
from knowledge.reading import shared_words, subject_of_reading
from knowledge.understanding import Understanding
from knowledge.wishes.completing import missing
from knowledge.wishes.following import (
    FollowUp,
    follow_up,
    means_as_before,
    means_what_is_booked,
    named_place,
    wants_what_is_shown,
)
from people.model import Person
from storage import activity, commands
from storage.engine import SessionMaker

# free times and prices stand on the experts' cards
_ANSWERED_BY_EXPERTS = frozenset({"find_expert", "free_times", "prices"})
# commands that only say a text, which the knowledge base may know better
_ONLY_WORDS = frozenset({"receipt", "become_expert"})
_MOST_ITEMS = 3
_NOTHING_TO_DO = frozenset({"out_of_scope", "ask_question"})
# short words that are most likely about what is on the screen
_ABOUT_WHAT_IS_SHOWN = frozenset({
    "affirm", "deny", "greet", "chitchat", "help", "back", "change_language", "reschedule_session",
})  # fmt: skip
_ABOUT_SESSIONS = frozenset({"reschedule_session", "cancel_session", "my_sessions"})
_SURE_ANSWER = 0.9
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
    """The person writes of an expert by name, with what they wish for besides."""

    expert: ExpertId
    text: str
    wish: Wish


@dataclass(frozen=True)
class Followed:
    """The person goes on about the search or the expert that they are looking at."""

    found: FollowUp


@dataclass(frozen=True)
class NothingToBook:
    """The person wants what they are looking at booked, and looks at nothing that could be."""


@dataclass(frozen=True)
class ItemsFound:
    """The person wants something to read, hear or see, and the library has it."""

    items: Sequence[Item]


@dataclass(frozen=True)
class NotUnderstood:
    """It is said to be so, and the choices are offered."""


Reply = (
    Answered | Suggested | WishUnderstood | CommandUnderstood | ExpertNamed | Followed | NothingToBook
    | ItemsFound | NotUnderstood
)  # fmt: skip


def decide(text: str, understood: Understood, *, language: str) -> Reply:
    """What to do about an understood text."""
    answer, name = understood.answer, understood.intent.name
    match understood.route:
        case Route.ANSWER:
            return _answered(understood, language)
        case Route.RULE if answer.by == "rule":
            return _answered(understood, language)
        case Route.INTENT if _says_more(answer, name, understood.wish):
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


def _says_more(answer: Answer, name: str | None, wish: Wish) -> bool:
    """Whether the knowledge base says more than the command would."""
    if answer.kind is not AnswerKind.ANSWER:
        return False
    if name == "payment_problem":
        return answer.score >= _SURE_ANSWER
    return name in _ONLY_WORDS or (name == "prices" and not wish)


def _answered(understood: Understood, language: str) -> Answered:
    other = understood.answer.language not in {None, language, understood.language}
    return Answered(understood.answer, topic=None, other_language=other)


def _or_followed(
    text: str, reply: Reply, understood: Understood, shown: Wish | None, names: Sequence[str]
) -> Reply:
    """Of somebody who looks at experts, a few words that answer nothing and command nothing are
    about these."""
    if understood.route in {Route.DANGER, Route.RULE}:
        return reply
    if shown is None:
        none = wants_what_is_shown(text) and not understood.wish
        return NothingToBook() if none else reply
    # "sun" is a day
    place = None if understood.wish else named_place(text, names)
    if place is not None:
        return Followed(FollowUp(place=place))
    found = follow_up(text, understood.wish, shown)
    if found is not None and found.code:
        return Followed(found)
    return _weighed(reply, found, understood)


def _weighed(reply: Reply, found: FollowUp | None, understood: Understood) -> Reply:
    """What was understood in itself, or what it says of what is shown."""
    match reply:
        case Answered():
            # whether the bot speaks a language is another question
            sure = reply.answer.score >= _SURE_ANSWER and not (found and found.wish.language)
            return Followed(found) if found and found.is_clear and not sure else reply
        case CommandUnderstood() if reply.name == "affirm":
            return Followed(found or FollowUp(books=True))
        case CommandUnderstood():
            # "someone else" and "a woman please" are no human of the operator's
            person = found is not None and (found.others or found.wish.by_gender)
            others = person and reply.name == "human"
            follows = others or reply.name in _ABOUT_WHAT_IS_SHOWN
            return Followed(found) if found and follows else reply
        case WishUnderstood() if understood.intent.name == "prices" and not (
            found and (found.is_clear or found.wish.budget)
        ):
            return Followed(FollowUp())
        case WishUnderstood() if understood.intent.name == "free_times" and not (
            found or reply.wish
        ):
            return Followed(FollowUp(books=True))
        case WishUnderstood() | Suggested() | NotUnderstood():
            return Followed(found) if found else reply
        case ExpertNamed() | ItemsFound() | Followed() | NothingToBook():
            return reply


@dataclass(frozen=True)
class AnswerQuestion:
    """Understands what a person wrote and says what to do about it.

    What was not answered is kept for the admins. Danger has been looked for before. With a
    `composer` a found answer is phrased by a language model, where the entries support it.
    `named` tells which expert a text names, `called` whose name is all that it says.
    """

    sessions: SessionMaker
    clock: Clock
    understanding: Understanding
    named: Callable[[str], ExpertId | None]
    called: Callable[[str], ExpertId | None]
    composer: Composer | None = None

    async def __call__(
        self,
        person: Person,
        text: str,
        *,
        command: str,
        shown: Wish | None = None,
        names: Sequence[str] = (),
    ) -> Reply:
        """`shown` is the wish whose experts the person is looking at, `names` those of the experts
        in their order."""
        now = self.clock()
        understood = await self.understanding.understand(
            text, language=person.language, now=now, zone=person.time_zone or "UTC"
        )
        decided = decide(text, understood, language=person.language)
        decided = self._or_expert(text, decided, understood)
        if means_as_before(text) and not isinstance(decided, ExpertNamed):
            decided = await self._as_before(person, text, decided)
        decided = await self._or_wish(person, text, decided, understood.wish)
        decided = _or_followed(text, decided, understood, shown, names)
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

    def _or_expert(self, text: str, reply: Reply, understood: Understood) -> Reply:
        """Whoever names an expert wants them, unless the text is a question or a command; a name
        alone is neither."""
        expert = None if understood.route is Route.RULE else self.called(text)
        if expert is None and isinstance(reply, Answered | CommandUnderstood):
            return reply
        expert = expert or self.named(text)
        return reply if expert is None else ExpertNamed(expert, text, understood.wish)

    async def _or_wish(self, person: Person, text: str, reply: Reply, wish: Wish) -> Reply:
        """Who has nothing to move or cancel, and names a topic, looks for somebody."""
        if not isinstance(reply, CommandUnderstood) or reply.name not in _ABOUT_SESSIONS:
            return reply
        if wish.topic is None or means_what_is_booked(text):
            return reply
        async with self.sessions() as db:
            ahead = await booking.upcoming(db, person.id, after=self.clock())
        return reply if ahead else WishUnderstood(text, wish, not missing(wish))

    async def _as_before(self, person: Person, text: str, reply: Reply) -> Reply:
        """The expert of the latest session, where there was one and no command is given."""
        if isinstance(reply, CommandUnderstood) and reply.name not in _ABOUT_WHAT_IS_SHOWN:
            return reply
        if isinstance(reply, Answered) and reply.answer.score >= _SURE_ANSWER:
            return reply
        now = self.clock()
        async with self.sessions() as db:
            met = await booking.past(db, person.id, before=now, limit=1)
            met = [*met, *await booking.upcoming(db, person.id, after=now)]
        wish = reply.wish if isinstance(reply, WishUnderstood) else Wish()
        return ExpertNamed(met[0].expert_id, text, wish) if met else reply

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
