"""What every product of the crash tests would load for itself at its start: models, seeded data.

The fork server imports this once; each product that is started is a fork, ready at once.
HOURWISE_CRASH_FOLDER is where it is made, and from where a data folder is copied.
"""

import asyncio
import gc
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import hourwise.running  # noqa: F401 - the forks need it
from hourwise import wiring
from hourwise.seeding import let_experts_in, seed_demo
from hourwise.settings import Settings
from kernel.clock import real_now
from kernel.languages import LANGUAGES
from knowledge.understanding import Understanding
from sandbox.people import PRESET_PEOPLE
from texts.translator import bundle
from workflows.housekeeping import RefreshMatching

FOLDER = Path(os.environ["HOURWISE_CRASH_FOLDER"])


async def _prepare() -> Understanding:
    settings = Settings(_env_file=None, data_dir=FOLDER)
    await wiring.migrate(settings)
    database = wiring.open_storage(settings)
    seeded = await seed_demo(database, real_now)
    await let_experts_in(database, real_now, seeded, among={one.id for one in PRESET_PEOPLE[1:]})
    await database.close()
    ground = await wiring.lay_ground(settings, in_memory=True)
    await RefreshMatching(ground.database, ground.matcher)()
    await ground.understanding.warm()
    await ground.close()
    return ground.understanding


_understanding = asyncio.run(_prepare())
for language in LANGUAGES:
    bundle(language)
# a fork that looks for garbage would copy all of this
gc.collect()
gc.freeze()


def loaded(**_: Any) -> Understanding:
    """The understanding as `Understanding(…)` would make it, started already."""
    # a thread does not live on in a fork
    _understanding._thread = ThreadPoolExecutor(max_workers=1)
    _understanding._start = lambda: None  # type: ignore[method-assign]
    return _understanding
