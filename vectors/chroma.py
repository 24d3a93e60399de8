"""Chroma as the vector store: embedded in one process, or its server for several."""

import fcntl
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import numpy as np
import regex

from vectors.embedders.base import Vectors
from vectors.errors import StoreInUse, StoreUnavailable

# more in one call stall the event loop, whichever thread makes it
_ROWS_A_CALL = 32
_NAME = regex.compile(r"[^a-zA-Z0-9._-]+")


class Chroma:
    """One Chroma, embedded in `folder` or at the server `url`; use it from one thread.

    Raises: StoreInUse when another process has the folder open; StoreUnavailable.
    """

    def __init__(self, *, folder: Path | None = None, url: str = "") -> None:
        self._folder = folder
        self._url = url
        self._lock: IO[str] | None = None
        if folder is not None and not url:
            self._lock = _locked(folder)
        with _unavailable():
            self._client = self._connect()

    def _connect(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False, allow_reset=False)
        if self._url:
            address = urlsplit(self._url)
            secure = address.scheme == "https"
            return chromadb.HttpClient(
                host=address.hostname or "localhost",
                port=address.port or (443 if secure else 80),
                ssl=secure,
                settings=settings,
            )
        if self._folder is None:
            return chromadb.EphemeralClient(settings=settings)
        return chromadb.PersistentClient(path=str(self._folder / "data"), settings=settings)

    def collection(self, name: str) -> "ChromaStore":
        """The named collection, made when it is not there."""
        return ChromaStore(self, _NAME.sub("-", name)[:200])

    def open(self, name: str) -> Any:
        """Chroma's own collection; a damaged embedded one is made anew, empty."""
        try:
            return self._open(name)
        except Exception as error:  # Chroma's failures share no base class
            if self._folder is None or self._url:
                raise StoreUnavailable(str(error)) from error
            shutil.rmtree(self._folder / "data", ignore_errors=True)
            with _unavailable():
                self._client = self._connect()
                return self._open(name)

    def _open(self, name: str) -> Any:
        return self._client.get_or_create_collection(
            name, metadata={"hnsw:space": "cosine"}, embedding_function=None
        )

    def close(self) -> None:
        """Lets another process open the folder."""
        close = getattr(self._client, "close", None)
        if close is not None:
            close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None


class ChromaStore:
    """A VectorStore in one of Chroma's collections."""

    def __init__(self, chroma: Chroma, name: str) -> None:
        self._collection = chroma.open(name)

    def sync(self, rows: Mapping[str, Vectors]) -> None:
        with _unavailable():
            there = set(self._collection.get(include=[])["ids"])
            for ids in _slices(sorted(there - rows.keys())):
                self._collection.delete(ids=ids)
            for ids in _slices([row for row in rows if row not in there]):
                vectors = np.array([rows[row] for row in ids], np.float32)
                self._collection.upsert(ids=ids, embeddings=vectors)

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        with _unavailable():
            found = self._collection.query(
                query_embeddings=[vector], n_results=limit, include=["distances"]
            )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(row, 1.0 - float(distance)) for row, distance in pairs]


def _locked(folder: Path) -> IO[str]:
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise StoreInUse(str(folder)) from error
    return file


def _slices(ids: Sequence[str]) -> Iterator[list[str]]:
    for first in range(0, len(ids), _ROWS_A_CALL):
        yield list(ids[first : first + _ROWS_A_CALL])


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # Chroma's failures share no base class
        raise StoreUnavailable(str(error)) from error
