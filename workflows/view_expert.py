"""An expert's page."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking import service as booking
from booking.model import Offer
from kernel.clock import Clock
from kernel.ids import ExpertId
from matching import shown
from matching.model import Listed
from people import service as people
from people.model import Expert, Person, Rating, Review
from storage import activity, commands
from storage.engine import SessionMaker

_REVIEWS = 3


@dataclass(frozen=True)
class ExpertPage:
    """Everything that a client sees of an expert; the newest reviews first."""

    expert: Expert
    offers: Sequence[Offer]
    rating: Rating | None
    reviews: Sequence[Review]


@dataclass(frozen=True)
class ReadExpert:
    """Shows the page. Raises UnknownExpert."""

    sessions: SessionMaker

    async def __call__(self, expert_id: ExpertId) -> ExpertPage:
        async with self.sessions() as db:
            return ExpertPage(
                expert=await people.expert(db, expert_id),
                offers=await booking.offers(db, expert_id),
                rating=(await people.ratings(db, [expert_id])).get(expert_id),
                reviews=await people.reviews(db, expert_id, limit=_REVIEWS),
            )


@dataclass(frozen=True)
class NoteView:
    """Remembers that somebody looked at an expert, and on which list they were shown, of those who
    agree to be profiled."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(
        self, person: Person, expert_id: ExpertId, *, command: str, among: Sequence[Listed] = ()
    ) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                await activity.record(
                    db, person.id, "viewed", at=now, about=expert_id, profiling=person.profiling
                )
                if among and person.profiling:
                    await shown.note(db, person.id, among, now=now)
                await commands.record(db, command, now=now)
