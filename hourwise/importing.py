"""The commands that take the operator's files in."""

import asyncio
import os
import sys
from pathlib import Path

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # ships no types

from hourwise.commands import opened
from hourwise.settings import load_settings
from kernel.clock import real_now
from kernel.errors import InputError
from knowledge import service as knowledge
from knowledge.importing import read_entries
from knowledge.search.embedding import EntryEmbedder
from vectors.embedders import load_embedders
from workflows.expert_rows import parse_experts
from workflows.faq import EmbedEntries
from workflows.register_experts import RegisterExperts

_BAR = 30


async def import_faq(file: Path) -> dict[str, int]:
    """`faq import`; what is new is embedded here, and answers while it goes on."""
    entries, settings = read_entries(file), load_settings()
    async with opened(settings) as database:
        async with database.write.begin() as db:
            found = await knowledge.import_entries(db, entries, now=real_now())
        embedder = EntryEmbedder(load_embedders(settings.embedder), asyncio.to_thread)
        # one thread a batch: a batch is too little work to be shared by threads of its own
        with threadpool_limits(limits=1, user_api="blas"):
            await EmbedEntries(database, embedder, at_once=os.cpu_count() or 1)(_show_progress)
    return {"added": found.added, "changed": found.changed, "unchanged": found.unchanged}


async def import_experts(file: Path) -> dict[str, int]:
    """`experts import`."""
    try:
        rows = parse_experts(file.read_text(encoding="utf-8-sig"), name=file.name)
    except UnicodeDecodeError as error:
        raise InputError(f"{file.name} is not UTF-8 text (byte {error.start})") from error
    async with opened(load_settings()) as database:
        found = await RegisterExperts(database.write, real_now)(rows)
    return {"added": found.added, "changed": found.changed, "unchanged": found.unchanged}


async def _show_progress(done: int, total: int) -> None:
    """A bar on standard error, which standard output's JSON is not mixed with."""
    full = _BAR * done // total
    end = "\n" if done == total else ""
    sys.stderr.write(f"\rembedding [{'#' * full}{'.' * (_BAR - full)}] {done} of {total}{end}")
    sys.stderr.flush()
