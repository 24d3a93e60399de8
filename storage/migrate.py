"""Migrations: from whatever the database holds to the newest tables."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

_SCRIPTS = Path(__file__).parent / "migrations"


class BrokenReferences(RuntimeError):
    """After a migration rows refer to rows that are not there; nothing was changed."""


async def upgrade(url: str, *, to: str = "head") -> None:
    """Bring the database at a SQLAlchemy URL to a revision, in one transaction."""
    await _run(url, lambda config: command.upgrade(config, to))


async def downgrade(url: str, *, to: str) -> None:
    """Take the database back to a revision."""
    await _run(url, lambda config: command.downgrade(config, to))


async def _run(url: str, change: Any) -> None:
    sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = create_async_engine(url)
    if sqlite:
        # batch changes drop and copy tables, which foreign keys would refuse or cascade
        event.listen(engine.sync_engine, "connect", _foreign_keys_off)
        event.listen(engine.sync_engine, "begin", _begin)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: change(config_for(sync)))
            if sqlite:
                broken = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
                if broken:
                    raise BrokenReferences(broken[:5])
    finally:
        await engine.dispose()


def config_for(connection: Connection, metadata: MetaData | None = None) -> Config:
    """Alembic's configuration for an open connection; `metadata` is what to compare with."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config


def _foreign_keys_off(connection: Any, _: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
