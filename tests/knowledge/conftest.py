import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from hourwise.seed.content import demo_entries
from knowledge.search.embedding import embed_missing
from knowledge.search.knowledge_base import KnowledgeBase
from knowledge.understanding import Understanding
from vectors.embedders import Embedders, load_embedders

WEDNESDAY = datetime(2026, 3, 4, 14, tzinfo=UTC)  # 15:00 in Berlin


@pytest.fixture(scope="session")
def embedders() -> Embedders:
    """The default embedders; loading them takes a second."""
    return load_embedders("auto")


@pytest.fixture(scope="session")
def demo_base(embedders: Embedders) -> KnowledgeBase:
    """The demo's FAQ, searchable."""
    entries = demo_entries()
    return KnowledgeBase(
        entries, embedders=embedders, vectors=embed_missing(entries, embedders, {})
    )


@pytest.fixture(scope="session")
def understanding(
    tmp_path_factory: pytest.TempPathFactory, demo_base: KnowledgeBase, trained: Path
) -> Iterator[Understanding]:
    """The whole of it with the demo's FAQ."""
    folder = tmp_path_factory.mktemp("understanding")
    copytree(trained, folder / "intents")
    opened = Understanding(data_dir=folder, in_memory=True)
    asyncio.run(opened.start())
    opened.use(demo_base)
    yield opened
    asyncio.run(opened.close())
