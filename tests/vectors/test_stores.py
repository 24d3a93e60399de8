from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vectors.chroma import Chroma
from vectors.embedders import Vectors
from vectors.errors import StoreInUse, StoreUnavailable
from vectors.store import MemoryStore, VectorStore


def random_rows(count: int, *, seed: int = 0) -> dict[str, Vectors]:
    rows = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return {f"row-{n}": row for n, row in enumerate(rows)}


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[Chroma]:
    opened = Chroma(folder=tmp_path / "chroma")
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "chroma"])
def store(request: pytest.FixtureRequest) -> VectorStore:
    if request.param == "memory":
        return MemoryStore()
    chroma: Chroma = request.getfixturevalue("chroma")
    return chroma.collection("faq-en")


def test_a_store_finds_the_nearest_rows_first(store: VectorStore) -> None:
    rows = random_rows(100)
    store.sync(rows)
    found = store.nearest(rows["row-7"], 3)
    assert found[0][0] == "row-7"
    assert found[0][1] == pytest.approx(1, abs=1e-4)
    assert [cosine for _, cosine in found] == sorted((c for _, c in found), reverse=True)


def test_sync_removes_what_is_gone_and_adds_what_is_new(store: VectorStore) -> None:
    rows = random_rows(10)
    store.sync(rows)
    gone = rows.pop("row-3")
    store.sync(rows)
    assert "row-3" not in dict(store.nearest(gone, 10))
    assert len(store.nearest(gone, 10)) == 9


def test_an_empty_store_finds_nothing(store: VectorStore) -> None:
    store.sync({})
    assert store.nearest(random_rows(1)["row-0"], 5) == []


def test_chroma_keeps_its_rows_over_a_restart(tmp_path: Path) -> None:
    rows = random_rows(40)
    first = Chroma(folder=tmp_path)
    first.collection("faq").sync(rows)
    first.close()
    second = Chroma(folder=tmp_path)
    assert second.collection("faq").nearest(rows["row-39"], 1)[0][0] == "row-39"
    second.close()


def test_a_second_process_may_not_open_the_folder(chroma: Chroma, tmp_path: Path) -> None:
    with pytest.raises(StoreInUse, match="HOURWISE_CHROMA_URL"):
        Chroma(folder=tmp_path / "chroma")


def test_a_server_that_is_down_is_unavailable() -> None:
    with pytest.raises(StoreUnavailable):
        Chroma(url="http://127.0.0.1:9")
