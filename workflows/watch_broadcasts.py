"""A broadcast's progress in its author's chat, which stays true while it is sent."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from kernel.clock import Clock
from people import service as people
from people.model import Person
from scheduler.broadcasts import OPEN_STATES, VARIANTS
from storage import outbox
from storage.engine import Database
from storage.outbox import NOTICE_PRIORITY, Notice, NoticeButton
from texts.values import Key, Value, to_json
from workflows.broadcast import Progress, SendBroadcast, TextResult

_WORTH_WATCHING_SECONDS = 3
_WATCHED = 8
_ONE_TEXT = dict.fromkeys(VARIANTS, TextResult(0, 0, 0))
PROGRESS = "broadcast-progress"


@dataclass(frozen=True)
class Watched:
    """The message with a broadcast's progress in its author's chat, and what it is to say."""

    author: Person
    message_id: int
    progress: Progress

    @property
    def is_last(self) -> bool:
        """Whether nothing more will be sent."""
        state = self.progress.broadcast.state
        return state not in OPEN_STATES and not self.progress.waiting


@dataclass(frozen=True)
class WatchBroadcasts:
    """Whoever sent a broadcast from the chat gets a message with its progress when it takes
    longer than a few seconds."""

    database: Database
    clock: Clock

    async def __call__(self, *, but: Collection[str] = ()) -> list[Watched]:
        """The messages that are there, of the newest broadcasts; `but` are not looked at."""
        send, found = SendBroadcast(self.database, self.clock), []
        for one in await send.latest(limit=_WATCHED):
            if one.id in but:
                continue
            author = await self._author(one.author)
            if author is None:
                continue
            key = f"broadcast-live:{one.id}"
            async with self.database.read() as db:
                message_id = await outbox.message_of(db, key)
                new = bool(await outbox.unknown_keys(db, [key]))
            # what is over already needs no message any more
            if message_id is not None or (new and one.state in OPEN_STATES):
                progress = await send.progress(one.id)
                if message_id is not None:
                    found.append(Watched(author, message_id, progress))
                elif progress.seconds > _WORTH_WATCHING_SECONDS and progress.waiting:
                    await self._begin(key, author, progress)
        return found

    async def _author(self, author: str) -> Person | None:
        if not author.isdigit():
            return None
        async with self.database.read() as db:
            return await people.by_telegram(db, int(author))

    async def _begin(self, key: str, author: Person, progress: Progress) -> None:
        notice = Notice(
            unique_key=key, recipient=author.id, due_at=self.clock(), key=PROGRESS,
            values=to_json(progress_values(progress)), priority=NOTICE_PRIORITY,
            buttons=[[NoticeButton(text, data) for text, data in steering(progress)]],
        )  # fmt: skip
        async with self.database.write.begin() as db:
            await outbox.add(db, notice)


def progress_values(progress: Progress) -> Mapping[str, Value]:
    """The variables of the text that tells how far a broadcast is."""
    counts, left = progress.counts, progress.left
    return {
        "state": Key(f"broadcast-state-{progress.state}"),
        "planned": _planned(progress),
        "at": progress.broadcast.at,
        "local": progress.broadcast.local_time or "",
        "recipients": progress.broadcast.recipients,
        "sent": counts[outbox.SENT],
        "blocked": counts[outbox.BLOCKED],
        "failed": counts[outbox.FAILED],
        "unknown": counts[outbox.UNKNOWN],
        "void": progress.void,
        "over_cap": progress.over_cap,
        "waiting": progress.waiting,
        "speed": f"{progress.per_second:g}",
        "left": "—" if left is None or not progress.waiting else str(left),
        "clicks": progress.clicks,
        "bookings": progress.bookings,
        "two": "yes" if progress.texts else "no",
        **{
            f"{what}_{name}": count
            for name, one in (progress.texts or _ONE_TEXT).items()
            for what, count in asdict(one).items()
        },
    }


def _planned(progress: Progress) -> str:
    """Whether it waits for an instant, for everyone's local time, or for nothing any more."""
    if progress.broadcast.local_time and progress.state in {"scheduled", "sending"}:
        return "local"
    return "at" if progress.state == "scheduled" else "no"


def steering(progress: Progress) -> list[tuple[str, str]]:
    """The buttons that steer it in its state: text keys, with plain callback data."""
    names = {"sending": ("pause", "stop"), "scheduled": ("pause", "stop")}
    names["paused"] = ("resume", "stop")
    return [
        (f"broadcast-{name}", f"broadcast:{name}:{progress.broadcast.id}")
        for name in names.get(progress.state, ())
    ]
