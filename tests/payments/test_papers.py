"""Papers: numbered without gaps, never changed; the bookkeeper's file."""

import asyncio
import csv
from datetime import timedelta
from pathlib import Path

import pytest
import reportlab
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hourwise.settings import Settings
from payments import service as payments
from payments.ledger_export import csv_lines
from payments.paper_pdf import Page, draw
from payments.papers import PaperKind, issue
from storage.engine import Database
from tests.clock import NOON
from tests.payments.builders import PRICE, paid

RECEIPT = PaperKind.RECEIPT


class Failed(Exception):
    """Something else in the transaction went wrong."""


async def test_numbers_have_no_gaps_though_transactions_fail(database: Database):
    async with database.write.begin() as db:
        made = [await paid(db, subject=f"s{n}", charge=f"pi_{n}") for n in range(20)]

    async def one(place: int) -> None:
        async with database.write.begin() as db:
            await issue(db, RECEIPT, made[place].id, content={}, now=NOON)
            if place % 3 == 0:
                raise Failed

    results = await asyncio.gather(*(one(n) for n in range(20)), return_exceptions=True)
    assert sum(isinstance(each, Failed) for each in results) == 7
    assert not [each for each in results if each is not None and not isinstance(each, Failed)]
    async with database.read() as db:
        numbers = sorted(await db.scalars(text("SELECT number FROM papers")))
    assert numbers == [f"R-2026-{number:06}" for number in range(1, 14)]


async def test_asking_again_at_the_same_time_is_one_paper(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)

    async def one() -> str:
        async with database.write.begin() as db:
            return (await issue(db, RECEIPT, payment.id, content={}, now=NOON)).number

    assert set(await asyncio.gather(*(one() for _ in range(8)))) == {"R-2026-000001"}
    async with database.write.begin() as db:
        other = await paid(db, subject="other", charge="pi_2")
        assert (await issue(db, RECEIPT, other.id, content={}, now=NOON)).number == "R-2026-000002"
        invoice = await issue(db, PaperKind.INVOICE, other.id, content={}, now=NOON)
        assert invoice.number == "I-2026-000001"


@pytest.mark.parametrize("statement", ["UPDATE papers SET number = 'x'", "DELETE FROM papers"])
async def test_a_paper_cannot_be_changed(database: Database, statement: str):
    async with database.write.begin() as db:
        await issue(db, RECEIPT, (await paid(db)).id, content={}, now=NOON)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write.begin() as db:
            await db.execute(text(statement))


def test_many_rows_go_on_over_pages():
    pypdfium2 = pytest.importorskip("pypdfium2")
    rows = [(f"row {n}", "1") for n in range(90)]
    found = pypdfium2.PdfDocument(draw(Page("Long", ["a"], rows, ["z"])))
    assert len(found) == 3
    assert "row 89" in found[2].get_textpage().get_text_range()


async def test_the_bookkeepers_file_has_an_entry_a_line(database: Database):
    async with database.write.begin() as db:
        payment = await paid(db)
        await payments.request_refund(db, payment.id, PRICE, reason="=cmd()", now=NOON)
        day = timedelta(days=1)
        lines = [one async for one in csv_lines(db, since=NOON - day, until=NOON + day)]
        assert len([one async for one in csv_lines(db, since=NOON + day, until=NOON + day)]) == 1
    rows = list(csv.DictReader(lines))
    assert {(row["account"], row["debit"], row["credit"]) for row in rows} == {
        ("processor:card", "60.01", ""), ("held:session", "", "60.01"),
        ("held:session", "60.01", ""), ("refunds", "", "60.01"),
    }  # fmt: skip
    assert not any(row["reason"].startswith("=") for row in rows)


def drawn(*lines: str, font: Path | None = None) -> bytes:
    return draw(Page("Receipt", lines, [("Sum", "1")], []), font)


def test_the_operators_font_is_embedded_for_what_it_has_and_only_what_is_used():
    vera = Path(reportlab.__file__).with_name("fonts") / "Vera.ttf"
    plain, own = drawn("Łukasz"), drawn("Łukasz", font=vera)
    assert (b"/FontFile2" in plain, b"/FontFile2" in own) == (False, True)
    assert len(own) < vera.stat().st_size / 2
    without = drawn("收据", font=vera)
    assert b"STSong" in without
    assert b"/FontFile2" not in without


def test_what_no_pdf_can_embed_is_refused_at_the_start(tmp_path: Path):
    wrong = tmp_path / "wrong.otf"
    wrong.write_bytes(b"OTTO" + bytes(64))
    with pytest.raises(ValidationError, match="no font that a PDF can embed"):
        Settings(paper_font=str(wrong))
