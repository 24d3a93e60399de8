"""A database of each kind with all tables, migrated; shared by all rooms."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from hourwise.tables import ALL_TABLES
from hourwise.telegram_types import import_aiogram
from kernel.ids import new_id
from knowledge.understanding import Understanding
from storage.engine import Database, open_database
from storage.secrets import use_keys
from tests.empty_database import empty_sqlite

# as the product does, before a test's module imports it
import_aiogram()

_DEFAULT_POSTGRES = "postgresql+asyncpg://postgres@127.0.0.1:5432/test"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Of tests in several processes, one that is `alone` waits for the others, and they for it."""
    alone = item.get_closest_marker("alone") is not None
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    use_keys([Fernet.generate_key().decode()])


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL database of this test run's own."""
    server = make_url(os.environ.get("HOURWISE_TEST_POSTGRES", _DEFAULT_POSTGRES))
    name = f"hourwise_{new_id()}"
    try:
        asyncio.run(_execute(server, f"CREATE DATABASE {name}"))
    except OSError as error:
        pytest.skip(f"no PostgreSQL server answers at {server.host}:{server.port}: {error}")
    yield server.set(database=name).render_as_string(hide_password=False)
    asyncio.run(_execute(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def _execute(server: URL, statement: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(statement)
    await engine.dispose()


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the models that the shipped examples make, trained once a run; to be copied."""
    base = tmp_path_factory.getbasetemp()
    # the processes of a run share the folder above theirs
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "trained"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "intents").exists():
            asyncio.run(_train(shared))
    return shared / "intents"


async def _train(data_dir: Path) -> None:
    understanding = Understanding(data_dir=data_dir, in_memory=True)
    await understanding.start()
    await understanding.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"
    return str(request.getfixturevalue("postgres_url"))


_SHAPE = text(
    "SELECT string_agg(oid || relname, ' ' ORDER BY oid) FROM pg_class "
    "WHERE relnamespace = to_regnamespace('public')"
)
# one statement: a journey to the server for each table takes longer than the work
_WIPE = f"DO $$ BEGIN {'; '.join(str(one.delete()) for one in ALL_TABLES.sorted_tables)}; END $$"
_shapes: dict[str, str] = {}


async def _empty_postgres(connection: AsyncConnection, url: str) -> None:
    """Every table without rows: wiped where they are as this run made them, which is faster."""
    if url in _shapes and await connection.scalar(_SHAPE) == _shapes[url]:
        # as a replica: without the triggers that refuse to change append-only tables
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await connection.exec_driver_sql(_WIPE)
        return
    await connection.execute(text("DROP SCHEMA public CASCADE"))
    await connection.execute(text("CREATE SCHEMA public"))
    await connection.run_sync(ALL_TABLES.create_all)
    _shapes[url] = str(await connection.scalar(_SHAPE))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with all tables."""
    url = make_url(database_url)
    if url.drivername.startswith("sqlite"):
        empty_sqlite(Path(str(url.database)))
    else:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await _empty_postgres(connection, database_url)
        await engine.dispose()
    opened = open_database(database_url)
    yield opened
    await opened.close()
