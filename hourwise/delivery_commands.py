"""The commands about what happens later: `outbox`, `jobs`, `broadcast`."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hourwise.broadcast_file import read_broadcast
from hourwise.commands import instant, opened
from hourwise.settings import load_settings
from kernel.clock import real_now
from scheduler import jobs as job_rows
from storage import outbox
from workflows.broadcast import Draft, Progress, SendBroadcast

_RUNNING = {"scheduled", "sending", "paused"}


async def outbox_status() -> dict[str, int]:
    """`outbox status`."""
    now = real_now()
    async with opened(load_settings()) as database, database.read() as db:
        counts = await outbox.counts(db)
        oldest = await outbox.next_due(db)
        late = 0 if oldest is None else max(0, int((now - oldest).total_seconds()))
        shown = ("sending", "sent", "void", "blocked", "failed", "unknown")
        return {
            "due": await outbox.due_count(db, now=now),
            **{state: counts[state] for state in shown},
            "oldest_due_s": late,
        }


async def jobs() -> list[dict[str, Any]]:
    """`jobs`."""
    async with opened(load_settings()) as database, database.read() as db:
        return [
            {
                "name": one.name, "last_run": instant(one.at), "seconds": one.seconds,
                "next_run": instant(one.next_run), "error": one.error,
            }
            for one in await job_rows.last_runs(db)
        ]  # fmt: skip


async def send_broadcast(file: Path, *, wait: bool) -> dict[str, Any]:
    """`broadcast send`."""
    asked = read_broadcast(file.read_text(encoding="utf-8"), name=file.name)
    async with opened(load_settings()) as database:
        send = SendBroadcast(database, real_now)
        draft = Draft(
            asked.audience, asked.message, at=asked.at, local_time=asked.local_time,
            campaign=asked.campaign,
        )  # fmt: skip
        sent = await send(draft, author="command line", command=f"cli:{real_now().isoformat()}")
        while wait and (await send.progress(sent.id)).state in _RUNNING:  # noqa: ASYNC110
            await asyncio.sleep(1)  # another process is what sends
    return {"id": sent.id, "recipients": sent.recipients}


async def broadcast_status(broadcast_id: str) -> dict[str, Any]:
    """`broadcast status`."""
    async with opened(load_settings()) as database:
        return _progress(await SendBroadcast(database, real_now).progress(broadcast_id))


def _progress(progress: Progress) -> dict[str, Any]:
    shown = ("sent", "blocked", "failed", "unknown")
    left = progress.left
    return {
        "state": progress.state,
        "recipients": progress.broadcast.recipients,
        **{state: progress.counts[state] for state in shown},
        "void": progress.void,
        "over_cap": progress.over_cap,
        "waiting": progress.waiting,
        "per_s": progress.per_second,
        "left_s": None if left is None else int(left.total_seconds()),
        "clicks": progress.clicks,
        "bookings": progress.bookings,
        "texts": {name: asdict(one) for name, one in progress.texts.items()},
    }


async def pause_broadcast(broadcast_id: str) -> None:
    """`broadcast pause`."""
    async with opened(load_settings()) as database:
        await SendBroadcast(database, real_now).pause(broadcast_id)


async def resume_broadcast(broadcast_id: str) -> None:
    """`broadcast resume`."""
    async with opened(load_settings()) as database:
        await SendBroadcast(database, real_now).resume(broadcast_id)


async def cancel_broadcast(broadcast_id: str) -> None:
    """`broadcast cancel`."""
    async with opened(load_settings()) as database:
        await SendBroadcast(database, real_now).cancel(broadcast_id)
