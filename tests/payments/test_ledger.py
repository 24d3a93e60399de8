"""The ledger: balanced, idempotent, and refused by the database to be changed."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kernel.money import Money
from payments import ledger
from payments.ledger import Entry, Unbalanced
from storage.engine import Database
from tests.clock import NOON

PAID = [Entry("processor:card", Money(6000, "USD")), Entry("held:s", Money(-6000, "USD"))]


async def test_a_transaction_is_booked_once(database: Database):
    async with database.write.begin() as db:
        assert await ledger.post(db, key="paid:1", reason="paid", entries=PAID, now=NOON)
        assert not await ledger.post(db, key="paid:1", reason="paid", entries=PAID, now=NOON)
        assert await ledger.balances(db, "held:") == {("held:s", "USD"): -6000}
        checked = await ledger.check(db)
    assert checked == {
        "balanced": True,
        "transactions": 1,
        "currencies": {"USD": {"debit": 6000, "credit": 6000}},
        "problems": [],
    }


@pytest.mark.parametrize(
    "entries",
    [
        [],
        PAID[:1],
        [Entry("a", Money(1, "USD")), Entry("b", Money(-1, "EUR"))],
    ],
)
async def test_what_does_not_balance_is_a_bug(database: Database, entries: list[Entry]):
    async with database.write.begin() as db:
        with pytest.raises(Unbalanced):
            await ledger.post(db, key="x", reason="x", entries=entries, now=NOON)


@pytest.mark.parametrize("table", ["ledger_transactions", "ledger_entries", "activity"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
async def test_the_database_refuses_changes(database: Database, table: str, statement: str):
    sqlite = database.engines[0].dialect.name == "sqlite"
    if sqlite and statement.startswith("TRUNCATE"):
        pytest.skip("SQLite has no TRUNCATE")
    await fill(database)
    if not sqlite and statement.startswith("TRUNCATE"):
        statement += " CASCADE"
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write.begin() as db:
            await db.execute(text(statement.format(table)))


async def test_sqlite_refuses_insert_or_replace(database: Database):
    if database.engines[0].dialect.name != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    await fill(database)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write.begin() as db:
            await db.execute(
                text(
                    "INSERT OR REPLACE INTO ledger_entries (id, transaction_id, account, minor, "
                    "currency) SELECT id, transaction_id, account, 1, currency FROM ledger_entries"
                )
            )


async def fill(database: Database) -> None:
    async with database.write.begin() as db:
        await ledger.post(db, key="paid:1", reason="paid", entries=PAID, now=NOON)
        await db.execute(
            text(
                "INSERT INTO activity (id, person_id, verb, profiling, at) "
                "VALUES ('a', 'p', 'asked', true, '2026-03-02 12:00:00+00:00')"
            )
        )
