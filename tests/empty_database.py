"""A SQLite database with all tables, made once: a quarter of a second is too long for each test."""

import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine

from hourwise.tables import ALL_TABLES


@cache
def _content() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        engine = create_engine(f"sqlite:///{file}")
        ALL_TABLES.create_all(engine)
        engine.dispose()
        return file.read_bytes()


def empty_sqlite(file: Path) -> str:
    """Put a database without rows at `file`; its address."""
    file.write_bytes(_content())
    return f"sqlite+aiosqlite:///{file}"
