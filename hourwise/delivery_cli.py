"""`hourwise outbox …`, `hourwise broadcast …` and `hourwise jobs`."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hourwise.later import Later

if TYPE_CHECKING:
    from hourwise import delivery_commands as commands
else:
    commands = Later("hourwise.delivery_commands")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON value on standard output.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]

outbox = typer.Typer(no_args_is_help=True, help="What is said later.")
broadcast = typer.Typer(no_args_is_help=True, help="One message to many.")


def jobs(as_json: AsJson = False) -> None:
    """The scheduler's jobs and their last runs."""
    _report(asyncio.run(commands.jobs()), as_json=as_json)


@outbox.command("status")
def outbox_status(as_json: AsJson = False) -> None:
    """How many messages are in each state."""
    _report(asyncio.run(commands.outbox_status()), as_json=as_json)


@broadcast.command("send")
def broadcast_send(
    file: File,
    wait: Annotated[bool, typer.Option("--wait", help="Return when it is over.")] = False,
    as_json: AsJson = False,
) -> None:
    """Decide a broadcast from a YAML file; the running scheduler plans and sends it."""
    _report(asyncio.run(commands.send_broadcast(file, wait=wait)), as_json=as_json)


@broadcast.command("status")
def broadcast_status(broadcast_id: str, as_json: AsJson = False) -> None:
    """How far a broadcast is."""
    _report(asyncio.run(commands.broadcast_status(broadcast_id)), as_json=as_json)


@broadcast.command("pause")
def broadcast_pause(broadcast_id: str) -> None:
    """Nothing more is sent until `resume`."""
    asyncio.run(commands.pause_broadcast(broadcast_id))


@broadcast.command("resume")
def broadcast_resume(broadcast_id: str) -> None:
    """Go on exactly where it was."""
    asyncio.run(commands.resume_broadcast(broadcast_id))


@broadcast.command("cancel")
def broadcast_cancel(broadcast_id: str) -> None:
    """What was not sent yet is not sent any more."""
    asyncio.run(commands.cancel_broadcast(broadcast_id))


def _report(found: Any, *, as_json: bool) -> None:
    typer.echo(json.dumps(found, ensure_ascii=False, indent=None if as_json else 2))
