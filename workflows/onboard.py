"""Joining and the questionnaire."""

from dataclasses import dataclass

from insights import profiles
from kernel.clock import Clock
from kernel.ids import PersonId
from kernel.money import Money
from knowledge.model import Priority
from knowledge.understanding import Understanding
from people import service as people
from people.model import Intake, Person
from storage import activity, commands
from storage.engine import SessionMaker
from workflows.introductions import introduced
from workflows.needs import PRIORITIES

_PRIORITY_OF_URGENCY = {
    "today": Priority.URGENT,
    "this-week": Priority.HIGH,
    "this-month": Priority.NORMAL,
    "no-hurry": Priority.LOW,
}


@dataclass(frozen=True)
class Newcomer:
    """Who agreed, as Telegram tells it; `campaign` is the code of the link they came with."""

    telegram_id: int
    first_name: str
    username: str | None
    language: str
    campaign: str | None = None


@dataclass(frozen=True)
class Join:
    """Somebody agreed to the privacy notice: from now on they are stored.

    Agreeing twice is agreeing once.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, newcomer: Newcomer, *, command: str) -> Person:
        now = self.clock()
        async with self.sessions.begin() as db:
            person = await people.join(
                db, telegram_id=newcomer.telegram_id, first_name=newcomer.first_name,
                username=newcomer.username, language=newcomer.language, now=now,
            )  # fmt: skip
            expert = await people.expert_by_telegram(db, newcomer.telegram_id)
            if expert is not None and person.time_zone is None:
                person = await people.set_time_zone(db, person.id, expert.time_zone)
            if await commands.earlier(db, command) is None:
                await activity.record(
                    db, person.id, "joined", at=now, campaign=newcomer.campaign,
                    profiling=person.profiling,
                )  # fmt: skip
                await introduced(db, person.id, newcomer.campaign, now=now)
                await commands.record(db, command, now=now)
        return person


@dataclass(frozen=True)
class Answers:
    """What a person told in the questionnaire; every part may be skipped."""

    topic: str | None = None
    about: str | None = None
    urgency: str | None = None
    tried: str | None = None
    budget: Money | None = None


@dataclass(frozen=True)
class AnswerQuestionnaire:
    """The answers are kept and classify the need: topic, kind, priority."""

    sessions: SessionMaker
    clock: Clock
    understanding: Understanding

    async def __call__(self, person: Person, answers: Answers, *, command: str) -> Intake:
        now = self.clock()
        words = " ".join(part for part in (answers.about, answers.tried) if part)
        need = self.understanding.classify(words, topic_hint=answers.topic)
        said = _PRIORITY_OF_URGENCY.get(answers.urgency or "", need.priority)
        priority = min(said, need.priority, key=PRIORITIES.index)
        intake = Intake(
            person_id=person.id,
            topic=answers.topic or need.topic,
            about=answers.about,
            urgency=answers.urgency,
            tried=answers.tried,
            budget=answers.budget,
            kind=need.kind,
            priority=PRIORITIES.index(priority) + 1,
            answered_at=now,
        )
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                await people.save_intake(db, intake)
                await activity.record(
                    db, person.id, "answered_questionnaire", at=now, about=intake.topic,
                    profiling=person.profiling,
                )  # fmt: skip
                await commands.record(db, command, now=now)
        return intake


@dataclass(frozen=True)
class ChangePreferences:
    """Language, time zone, marketing and profiling, each changeable at any time.

    Raises UnknownTimeZone.
    """

    sessions: SessionMaker
    clock: Clock

    async def language(self, person: PersonId, language: str) -> Person:
        async with self.sessions.begin() as db:
            return await people.set_language(db, person, language)

    async def time_zone(self, person: PersonId, zone: str) -> Person:
        async with self.sessions.begin() as db:
            return await people.set_time_zone(db, person, zone)

    async def marketing(self, person: PersonId, *, wanted: bool) -> Person:
        change = people.allow_marketing if wanted else people.stop_marketing
        async with self.sessions.begin() as db:
            return await change(db, person)

    async def profiling(self, person: PersonId, *, wanted: bool) -> Person:
        """Turned off, what was learnt about the person goes at once, and they are left out of what
        is learnt from then on."""
        change = people.allow_profiling if wanted else people.stop_profiling
        async with self.sessions.begin() as db:
            if not wanted:
                await profiles.forget(db, person)
            return await change(db, person)

    async def reachable(self, person: PersonId, *, reachable: bool) -> Person:
        """Telegram told that they blocked the bot, or came back."""
        async with self.sessions.begin() as db:
            return await people.set_blocked(db, person, None if reachable else self.clock())
