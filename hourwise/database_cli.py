"""`hourwise db …` and `hourwise seed …`."""

import asyncio
import json
from typing import TYPE_CHECKING

import typer

from hourwise.delivery_cli import AsJson
from hourwise.later import Later

if TYPE_CHECKING:
    from hourwise import commands
else:
    commands = Later("hourwise.commands")

db = typer.Typer(no_args_is_help=True, help="The database.")
seed = typer.Typer(no_args_is_help=True, help="Example content.")


@db.command()
def upgrade() -> None:
    """Migrate the database to the newest tables."""
    asyncio.run(commands.upgrade())


@db.command()
def check() -> None:
    """Check the integrity of the data; exit code 1 when something is wrong."""
    problems = asyncio.run(commands.check())
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo("ok")


@db.command()
def reencrypt() -> None:
    """Write what older keys encrypted anew under the newest; exit code 1 when no key opens a text.

    Can run beside the product, and again after it was broken off.
    """
    done = asyncio.run(commands.reencrypt())
    typer.echo(
        f"{done.rewritten} of {done.seen} texts were under an older key and are written anew"
    )
    for table, count in done.unreadable.items():
        typer.echo(
            f"{table}: no key of HOURWISE_SECRET_KEYS opens {count} texts; "
            "put back the key they were written with and run this again",
            err=True,
        )
    if done.unreadable:
        raise typer.Exit(1)


@seed.command("demo")
def seed_demo(as_json: AsJson = False) -> None:
    """Demo experts, offers and FAQ in both languages; twice is once."""
    seeded = asyncio.run(commands.seed())
    if as_json:
        typer.echo(json.dumps(seeded, ensure_ascii=False))
    else:
        typer.echo(f"{len(seeded['experts'])} experts, {seeded['faq']} FAQ entries")
