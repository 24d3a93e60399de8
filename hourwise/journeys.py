"""`hourwise journey`: stories played through the sandbox, with their transcript."""

import asyncio
import json
import multiprocessing
import socket
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import aiohttp
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from hourwise.demo import demo
from hourwise.player import Player, StoryFailed, advance
from kernel.errors import InputError

SHIPPED = ("consultation_en.yaml", "consultation_zh.yaml")
_WHO = {"client": 1001, "expert": 2001, "admin": 9001}
_DOES = ("says", "taps", "opens", "sees", "never_sees", "pays", "joins")


@dataclass(frozen=True)
class Step:
    """One line of a story: who (a person, or the clock) does what."""

    who: str
    does: str
    what: Any


@dataclass
class Telling:
    """The transcript, told as it happens or kept for JSON."""

    aloud: bool
    lines: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, who: str, what: str) -> None:
        self.lines.append({"who": who, "what": what})
        if self.aloud:
            first, *rest = what.splitlines() or [""]
            sys.stdout.write(
                "\n".join([f"{who:>12}  {first}", *(f"{'':>12}  {one}" for one in rest)])
            )
            sys.stdout.write("\n")
            sys.stdout.flush()


def read_story(text: str, *, name: str) -> list[Step]:
    """The steps of a story as `docs/stories.md` describes them.

    Raises InputError naming the step that is wrong.
    """
    try:
        rows = YAML(typ="safe").load(text)
    except YAMLError as error:
        raise InputError(f"{name} is not YAML: {error}") from error
    if not isinstance(rows, list):
        raise InputError(f"{name} must be a list of steps")
    return [_step(row, f"{name}, step {number}") for number, row in enumerate(rows, start=1)]


def _step(row: Any, place: str) -> Step:
    if not isinstance(row, dict) or len(row) != 1:
        raise InputError(f"{place}: must be `who: {{does: what}}`")
    ((who, action),) = row.items()
    if who == "clock":
        return Step("clock", "moves", action)
    if not isinstance(action, dict) or len(action) != 1:
        raise InputError(f"{place}: must be `{who}: {{does: what}}`")
    ((does, what),) = action.items()
    if does not in _DOES:
        raise InputError(f"{place}: {does!r} is none of {', '.join(_DOES)}")
    return Step(str(who), does, what)


async def perform(steps: Sequence[Step], *, sandbox: str, tell: Telling) -> None:
    """Play a story against a running demo. Raises StoryFailed."""
    async with aiohttp.ClientSession() as http:
        people: dict[str, Player] = {}
        for number, step in enumerate(steps, start=1):
            try:
                await _perform(step, people, http=http, sandbox=sandbox, tell=tell)
            except StoryFailed as failure:
                raise StoryFailed(
                    f"step {number} ({step.who} {step.does} {step.what!r}): {failure}"
                ) from failure


async def _perform(
    step: Step, people: dict[str, Player], *, http: aiohttp.ClientSession, sandbox: str,
    tell: Telling,
) -> None:  # fmt: skip
    if step.who == "clock":
        how = {"to": step.what} if str(step.what)[:1] != "P" else {"advance": step.what}
        tell("clock", await advance(http, sandbox, how))
        return
    if step.who not in people:
        number = _WHO.get(step.who) or 5000 + len(people)
        people[step.who] = Player(http, sandbox, number, step.who, tell)
    player = people[step.who]
    match step.does:
        case "joins":
            await player.joins(step.what["name"], step.what.get("language", "en"))
        case "pays":
            await player.pays(str(step.what))
        case does:
            await getattr(player, does)(str(step.what))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def play(story: Path | None, *, as_json: bool) -> int:
    """Play one story, or the shipped ones in both languages; the exit code."""
    folder = files("hourwise").joinpath("stories")
    texts = (
        [(story.name, story.read_text(encoding="utf-8"))]
        if story is not None
        else [(name, folder.joinpath(name).read_text(encoding="utf-8")) for name in SHIPPED]
    )
    stories = [(name, read_story(text, name=name)) for name, text in texts]
    # a process each, as in life: a dispatcher's routers are never attached twice
    with ProcessPoolExecutor(
        max_workers=1, max_tasks_per_child=1, mp_context=multiprocessing.get_context("spawn")
    ) as processes:
        results = [
            processes.submit(_play_alone, name, steps, aloud=not as_json).result()
            for name, steps in stories
        ]
    if as_json:
        sys.stdout.write(json.dumps(results, ensure_ascii=False) + "\n")
    return 0 if all(one["ok"] for one in results) else 1


def _play_alone(name: str, steps: Sequence[Step], *, aloud: bool) -> dict[str, Any]:
    return asyncio.run(_play(name, steps, aloud=aloud))


async def _play(name: str, steps: Sequence[Step], *, aloud: bool) -> dict[str, Any]:
    tell = Telling(aloud)
    port = free_port()
    tell("story", name)
    error = None
    with tempfile.TemporaryDirectory() as folder:
        async with demo(port=port, data_dir=Path(folder)):
            try:
                await perform(steps, sandbox=f"http://127.0.0.1:{port}", tell=tell)
            except StoryFailed as failure:
                error = str(failure)
    tell("story", "told to its end" if error is None else f"failed at {error}")
    return {"story": name, "ok": error is None, "error": error, "transcript": tell.lines}
