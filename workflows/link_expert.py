"""An expert entered in the browser is tied to the person who they are."""

from dataclasses import dataclass, fields

from kernel.clock import Clock
from kernel.ids import ExpertId
from people import service as people
from people.model import ExpertDraft
from storage.engine import SessionMaker


@dataclass(frozen=True)
class LinkExpert:
    """Whoever had joined before they were made an expert, or whose Telegram id was changed, gets
    the expert's notices from now on. Raises UnknownExpert."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, expert_id: ExpertId) -> None:
        async with self.sessions.begin() as db:
            expert = await people.expert(db, expert_id)
            draft = {one.name: getattr(expert, one.name) for one in fields(ExpertDraft)}
            await people.save_expert(db, ExpertDraft(**draft), self.clock())
