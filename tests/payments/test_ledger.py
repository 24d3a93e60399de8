"""The ledger: balanced, idempotent, and refused by the database to be changed."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.money import Money
from payments import ledger, ledger_check
from payments.accounts import is_known
from payments.errors import Overdrawn
from payments.ledger import Entry, Unbalanced, UnknownAccount
from storage.engine import Database
from tests.clock import NOON

PAID = [Entry("processor:card", Money(6000, "USD")), Entry("held:s", Money(-6000, "USD"))]
TABLES = ("ledger_transactions", "ledger_entries", "activity")


def usd(account: str, minor: int) -> Entry:
    return Entry(account, Money(minor, "USD"))


async def book(db: AsyncSession, key: str, *entries: Entry, may_owe: bool = False) -> bool:
    return await ledger.post(db, key=key, reason=key, entries=entries, now=NOON, may_owe=may_owe)


async def test_a_transaction_is_booked_once(database: Database):
    async with database.write.begin() as db:
        assert await book(db, "one", usd("processor:card", 6000), usd("goodwill", -6000))
        assert not await book(db, "one", usd("processor:card", 6000), usd("goodwill", -6000))
        assert await ledger.balances(db, "good") == {("goodwill", "USD"): -6000}
        checked = await ledger_check.check(db)
    assert checked == {
        "balanced": True,
        "transactions": 1,
        "currencies": {"USD": {"debit": 6000, "credit": 6000}},
        "problems": [],
    }


@pytest.mark.parametrize(
    ("entries", "bug"),
    [
        ([], Unbalanced),
        (PAID[:1], Unbalanced),
        ([usd("revenue", 1), Entry("tax", Money(-1, "EUR"))], Unbalanced),
        ([usd("revenue", 1), usd("revnue", -1)], UnknownAccount),
        ([usd("revenue", 1), usd("held:", -1)], UnknownAccount),
    ],
)
async def test_what_does_not_balance_or_is_no_account_is_a_bug(
    database: Database, entries: list[Entry], bug: type[Exception]
):
    async with database.write.begin() as db:
        with pytest.raises(bug):
            await book(db, "x", *entries)


@given(st.text(max_size=12))
def test_only_accounts_of_the_chart_are_known(name: str):
    assert not is_known(f"x{name}:y")


async def test_a_guarded_account_cannot_go_below_zero(database: Database):
    async with database.write.begin() as db:
        await book(db, "in", *PAID)
    with pytest.raises(Overdrawn):
        async with database.write.begin() as db:
            await book(db, "out", usd("held:s", 6001), usd("refunds", -6001))
    async with database.write.begin() as db:
        assert await ledger.balance(db, "held:s", "USD") == Money(6000, "USD")
        assert not [key for key, _, _ in await ledger.entries_of(db, "out")]


async def test_an_expert_may_owe_only_where_that_is_said(database: Database):
    owing = (usd("expert:ana", 100), usd("refunds", -100))
    with pytest.raises(Overdrawn):
        async with database.write.begin() as db:
            await book(db, "no", *owing)
    async with database.write.begin() as db:
        await book(db, "yes", *owing, may_owe=True)
        assert await ledger.holdings(db, "expert:ana") == [Money(-100, "USD")]


async def test_a_debt_is_worked_off_without_a_refusal(database: Database):
    async with database.write.begin() as db:
        await book(db, "debt", usd("expert:ana", 100), usd("refunds", -100), may_owe=True)
        await book(db, "earned", usd("held:s", -60), usd("processor:card", 60))
        await book(db, "released", usd("held:s", 60), usd("expert:ana", -60))
        assert await ledger.balance(db, "expert:ana", "USD") == Money(-40, "USD")


async def test_correction_is_a_reversal_and_happens_once(database: Database):
    async with database.write.begin() as db:
        await book(db, "wrong", *PAID)
        assert await ledger.reverse(db, "wrong", reason="typed twice", now=NOON)
        assert not await ledger.reverse(db, "wrong", reason="typed twice", now=NOON)
        assert set((await ledger.balances(db)).values()) == {0}
        with pytest.raises(LookupError):
            await ledger.reverse(db, "never", reason="x", now=NOON)


async def test_what_has_moved_on_cannot_be_reversed(database: Database):
    async with database.write.begin() as db:
        await book(db, "in", *PAID)
        await book(db, "on", usd("held:s", 6000), usd("refunds", -6000))
        with pytest.raises(Overdrawn):
            await ledger.reverse(db, "in", reason="too late", now=NOON)
        await db.rollback()


@pytest.mark.parametrize("table", TABLES)
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


REPLACEMENTS = [
    "INSERT OR REPLACE INTO ledger_entries (id, transaction_id, account, minor, currency) "
    "SELECT id, transaction_id, account, 1, currency FROM ledger_entries",
    "REPLACE INTO ledger_transactions (id, key, reason, at) "
    "SELECT id, key, 'another', at FROM ledger_transactions",
    # another row, but a known key: SQLite would delete the old one
    "INSERT OR REPLACE INTO ledger_transactions (id, key, reason, at) "
    "SELECT 'new', key, reason, at FROM ledger_transactions",
]


@pytest.mark.parametrize("statement", REPLACEMENTS)
async def test_sqlite_refuses_insert_or_replace(database: Database, statement: str):
    if database.engines[0].dialect.name != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    await fill(database)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write.begin() as db:
            await db.execute(text(statement))


async def test_postgres_refuses_an_upsert_that_changes(database: Database):
    if database.engines[0].dialect.name != "postgresql":
        pytest.skip("SQLite's are tried above")
    await fill(database)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write.begin() as db:
            await db.execute(
                text(
                    "INSERT INTO ledger_entries SELECT * FROM ledger_entries "
                    "ON CONFLICT (id) DO UPDATE SET minor = 1"
                )
            )


async def fill(database: Database) -> None:
    async with database.write.begin() as db:
        await book(db, "paid:1", *PAID)
        await db.execute(
            text(
                "INSERT INTO activity (id, person_id, verb, profiling, at) "
                "VALUES ('a', 'p', 'asked', true, '2026-03-02 12:00:00+00:00')"
            )
        )


PROBLEMS = [
    (
        "INSERT INTO ledger_entries VALUES ('e', :one, 'revenue', 5, 'USD')",
        "is not balanced",
    ),
    (
        "INSERT INTO ledger_transactions VALUES ('t', 'k', 'r', '2026-03-02 12:00:00+00:00')",
        "has no entries",
    ),
    ("UPDATE ledger_balances SET minor = 7", "its entries say 6000"),
    ("DELETE FROM ledger_balances", "says None USD"),
    (
        "INSERT INTO ledger_balances VALUES ('credit:x', 'USD', 7)",
        "its entries say 0",
    ),
    ("INSERT INTO ledger_entries VALUES ('e', :one, 'nowhere', 0, 'USD')", "not in the chart"),
]


@pytest.mark.parametrize(("tampering", "found"), PROBLEMS)
async def test_check_finds(database: Database, tampering: str, found: str):
    async with database.write.begin() as db:
        await book(db, "paid:1", *PAID)
        one = await db.scalar(text("SELECT id FROM ledger_transactions"))
        given_ = {"one": one} if ":one" in tampering else {}
        await db.execute(text(tampering), given_)
        checked = await ledger_check.check(db)
    assert not checked["balanced"]
    assert any(found in problem for problem in checked["problems"]), checked["problems"]


async def test_balances_are_made_anew_from_the_entries(database: Database):
    async with database.write.begin() as db:
        await book(db, "paid:1", *PAID)
        await db.execute(text("UPDATE ledger_balances SET minor = 1"))
        assert await ledger_check.rebuild(db) == 1
        assert await ledger.balance(db, "held:s", "USD") == Money(6000, "USD")


async def test_opposite_orders_side_by_side_do_not_deadlock(database: Database):
    async def many(first: str, second: str) -> None:
        for turn in range(20):
            async with database.write.begin() as db:
                await book(
                    db, f"{first}{turn}", usd(first, -1), usd(second, -1), usd("goodwill", 2)
                )

    both = ("credit:a", "credit:b")
    await asyncio.gather(many(*both), many(*reversed(both)))
    async with database.write.begin() as db:
        assert await ledger.balance(db, "credit:a", "USD") == Money(40, "USD")
