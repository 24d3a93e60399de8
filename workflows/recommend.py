"""Recommendation's night: learn from the recorded activity, judge, take into use or go back."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from insights import histories
from kernel.clock import Clock
from kernel.errors import InputError
from matching.model import ExpertFacts
from matching.recommend import versions
from matching.recommend.content import Content, describe
from matching.recommend.history import History, Kind
from matching.recommend.recommender import Recommender
from matching.recommend.training import learn_everything, replay
from matching.recommend.versions import Night
from matching.shortlist import Matcher
from storage.engine import Database

_NIGHT = timedelta(hours=3)
_FEWEST_ROWS, _FEWEST_BOOKINGS, _FEWEST_EXPERTS = 200, 30, 3


@dataclass(frozen=True)
class LearnTastes:
    """Once a night, at the first look after 03:00 UTC: learn from the activity, judge on its newest
    fifth, and use the new model unless it is worse than the one in use. Who turned profiling off or
    was erased is not in it from then on."""

    database: Database
    clock: Clock
    matcher: Matcher

    async def due(self) -> bool:
        """Whether tonight's training is still to be done."""
        async with self.database.read() as db:
            last = await versions.newest(db, versions.TASTES)
        return is_due(last, now=self.clock())

    async def __call__(self) -> Night:
        now = self.clock()
        experts = self.matcher.everybody
        history = await self._history(experts)
        if not enough(history):
            card = {"people": len(history.people), "interactions": len(history)}
            async with self.database.write.begin() as db:
                return await versions.note_too_little(db, card, now=now)
        content = await self._content(experts)
        recommender, card = await asyncio.to_thread(_learn, history, content, now)
        async with self.database.write.begin() as db:
            return await versions.save(db, recommender, card, now=now)

    async def replay(self) -> dict[str, Any]:
        """The scores on the stored history, nothing stored. Raises InputError without enough."""
        experts = self.matcher.everybody
        history = await self._history(experts)
        if not enough(history):
            raise InputError(
                f"the stored history has {len(history)} interactions; a replay needs at least "
                f"{_FEWEST_ROWS}, {_FEWEST_BOOKINGS} of them bookings, "
                f"with {_FEWEST_EXPERTS} experts"
            )
        content = await self._content(experts)
        return _card(history, await asyncio.to_thread(replay, history, content))

    async def _history(self, experts: Sequence[ExpertFacts]) -> History:
        async with self.database.read() as db:
            return await histories.read(db, [one.expert_id for one in experts])

    async def _content(self, experts: Sequence[ExpertFacts]) -> Content:
        """The experts described: takes a while, and a library of much memory."""
        embedder = self.matcher.embedders.across
        return await asyncio.to_thread(describe, experts, embedder, self.matcher.fields)


def is_due(last: datetime | None, *, now: datetime) -> bool:
    """Whether what is done once a night, and was `last` done then, waits: at 03:00 UTC it does."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0) + _NIGHT
    night = day if day <= now else day - timedelta(days=1)
    return last is None or last < night


def enough(history: History) -> bool:
    """Whether there is anything to learn from."""
    bookings = int((history.columns().kind == Kind.BOOKED).sum())
    return (
        len(history) >= _FEWEST_ROWS
        and bookings >= _FEWEST_BOOKINGS
        and len(history.experts) >= _FEWEST_EXPERTS
    )


def _card(history: History, judged: Any) -> dict[str, Any]:
    return versions.card_of(
        judged, people=len(history.people), experts=len(history.experts), rows=len(history)
    )


def _learn(history: History, content: Content, now: datetime) -> tuple[Recommender, dict[str, Any]]:
    judged = replay(history, content)
    lessons = learn_everything(history, now=now.timestamp())
    experts = list(history.experts)
    return Recommender(experts, lessons, content, judged.warm, judged.cold), _card(history, judged)
