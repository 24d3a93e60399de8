"""A restart in the middle of any step goes on where it was.

The first telling of a story notes every point at which the product could die: before and after
each commit that changes a row, before and after each call of the Bot API and the card processor.
Then the story is told once for each point, by a product that dies there by SIGKILL and is started
again. `make test-long` visits all points that differ; `make test` visits six, spread over the kinds.
"""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from signal import SIGKILL, SIGTERM, Signals

import pytest

from hourwise.player import StoryFailed

pytest.register_assert_rewrite("tests.journeys.crash_stories")

from tests.journeys.crash_points import End  # noqa: E402
from tests.journeys.crash_stories import STORIES, tell  # noqa: E402
from tests.journeys.crash_world import start_fork_server, world  # noqa: E402

_AT_ONCE = 3
_TRIES = 3
_EXIT_CODES = {SIGKILL: -9, SIGTERM: 0}
_SAMPLE = {
    "attended": (
        "after commit in Join.__call__ #1",
        "after card processor post a new page in Cashier._keep #1",
        "after commit in HandleStripeEvents._carry_out #1",
        "after commit in AnswerSurvey.__call__ #1",
    ),
    "cancelled": (
        "before commit in CancelSession.__call__ #1",
        "after card processor post refunds in SendRefunds._send #1",
    ),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, trained: Path) -> Path:
    """A seeded data folder, and models in memory that every product shares."""
    folder = tmp_path_factory.mktemp("template") / "data"
    copytree(trained, folder / "intents")
    start_fork_server(folder)
    return folder


async def _points(template: Path, folder: Path, story: str) -> list[str]:
    """Tell a story without harm; the points that it came by."""
    async with world(template, folder) as here:
        await tell(here, story)
        code, seconds = await here.terminate()
        assert (code, here.exits) == (0, [])
        assert seconds < 10
        return here.points()


def _different(points: Sequence[str]) -> list[str]:
    """The points at which a death leaves different things behind.

    From the end of one effect to the beginning of the next nothing changes outside the process, so
    that of such two the first is enough.
    """
    return [
        point
        for previous, point in pairwise(("", *points))
        if not (previous.startswith("after") and point.startswith("before"))
    ]


async def _come_by(template: Path, folder: Path, story: str, end: End) -> list[str]:
    """Tell a story whose product ends at a point; the points that it came by."""
    async with world(template, folder, end=end) as here:
        try:
            await tell(here, story)
        except (AssertionError, TimeoutError) as failure:
            told = "\n".join(here.transcript)
            raise StoryFailed(
                f"{end.by.name} {end.point}: {failure}\n{told}\n{here.log()}"
            ) from failure
        if not here.exits and end.point not in here.points():
            # it may be on the way out
            here.exits.append((await here.terminate())[0])
            here.start()
            await here.settled()
        points = here.points()
        if end.point in points:
            await here.ended()
            if here.exits != [_EXIT_CODES[end.by]]:
                raise StoryFailed(
                    f"{end.by.name} {end.point}: it ended with {here.exits}\n{here.log()}"
                )
        return points


async def _visit(
    template: Path, folder: Path, story: str, points: Sequence[str], *, by: Signals
) -> list[str]:
    """End at each of the points by a signal; what went wrong, a text a point.

    How often some places are come by is chance: delivery commits once for all notices that a look
    finds. A place that was come by fewer times in every try has been visited at its last number.
    """
    at_once = asyncio.Semaphore(_AT_ONCE)

    async def problem(number: int, point: str) -> str | None:
        place, _, _ = point.rpartition(" #")
        seen: list[str] = []
        async with at_once:
            for again in range(_TRIES):
                try:
                    seen = await _come_by(
                        template, folder / f"{number}-{again}", story, End(point, by)
                    )
                except StoryFailed as failure:
                    return str(failure)
                if point in seen:
                    return None
        return None if f"{place} #1" in seen else f"{point} was never reached"

    found = await asyncio.gather(*(problem(*one) for one in enumerate(points)))
    return [one for one in found if one]


@pytest.mark.parametrize("story", STORIES)
async def test_a_story_goes_on_after_a_kill_at_some_points(
    template: Path, tmp_path: Path, story: str
) -> None:
    points = await _points(template, tmp_path / "whole", story)
    assert set(_SAMPLE[story]) <= set(points)
    problems = await _visit(template, tmp_path, story, _SAMPLE[story], by=SIGKILL)
    assert not problems, "\n\n".join(problems)


@pytest.mark.parametrize("story", STORIES)
async def test_a_story_goes_on_after_an_orderly_end_in_its_middle(
    template: Path, tmp_path: Path, story: str
) -> None:
    problems = await _visit(template, tmp_path, story, _SAMPLE[story], by=SIGTERM)
    assert not problems, "\n\n".join(problems)


@pytest.mark.long
async def test_a_story_goes_on_after_a_kill_at_every_point(template: Path, tmp_path: Path) -> None:
    visited: set[str] = set()
    for story in STORIES:
        folder = tmp_path / story
        folder.mkdir()
        points = await _points(template, folder / "whole", story)
        assert len(points) > 150
        # both stories begin alike
        new = [point for point in _different(points) if point not in visited]
        problems = await _visit(template, folder, story, new, by=SIGKILL)
        assert not problems, "\n\n".join(problems)
        visited.update(points)
