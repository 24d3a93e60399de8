"""What the papers say, read back from the PDF, and that its glyphs are there."""

from dataclasses import replace

import pypdfium2
import pytest

from kernel.ids import PaymentId
from kernel.money import Money
from payments import service as payments
from payments.errors import UnknownPayment
from payments.split import Terms
from people.model import Person
from storage.engine import Database
from tests.booking.builders import EXPERT, at
from tests.workflows.builders import LINK, World
from workflows.papers import File, MakePapers, NothingToState, Seller
from workflows.settle_payment import SettlePayment

SELLER = Seller("Hourwise Ltd", "1 Main Street, Dublin", "IE123")
WORDS = {
    "en": ["Invoice", "Number I-2026-000001", "Career talk, Ana", "$90.00", "19 %", "$14.37",
           "Tax number: IE123", "For: Mia"],
    "zh": ["账单", "编号 I-2026-000001", "职业咨询", "US$90.00", "19%", "税号"],
}  # fmt: skip


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    return found


def words(file: File) -> str:
    pages = pypdfium2.PdfDocument(file.content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


async def booked(world: World) -> tuple[Person, PaymentId]:
    """A paid session."""
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, at(9, day=9))
    settle = SettlePayment(world.database.write, world.clock, LINK)
    await settle(payment, charge="pi_1", amount=Money(90_00, "USD"))
    return mia, payment


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_paper_says_everything_in_the_readers_language(world: World, language: str):
    world.terms = Terms(commission=150, tax=190)
    mia, payment = await booked(world)
    make = MakePapers(world.database.write, world.clock, SELLER)
    reader = replace(mia, language=language)
    file = await make.invoice(reader, payment)
    assert file.name == "I-2026-000001.pdf"
    said = words(file)
    assert [one for one in WORDS[language] if one not in said] == []
    assert (await make.invoice(reader, payment)).content == file.content


async def test_chinese_glyphs_are_drawn(world: World):
    mia, payment = await booked(world)
    make = MakePapers(world.database.write, world.clock, SELLER)
    file = await make.receipt(replace(mia, language="zh"), payment)
    title = pypdfium2.PdfDocument(file.content)[0].render(scale=2).to_pil().convert("L")
    # the title's two characters stand at the top left; missing glyphs leave white or boxes
    part = title.crop((110, 100, 200, 160))
    dark = sum(part.histogram()[:128]) / (part.width * part.height)
    assert 0.05 < dark < 0.6


async def test_without_tax_the_paper_says_so_and_refunds_have_credit_notes(world: World):
    mia, payment = await booked(world)
    make = MakePapers(world.database.write, world.clock, SELLER)
    assert "No value added tax" in words(await make.receipt(mia, payment))
    async with world.database.write.begin() as db:
        for minor in (1000, 2000):
            await payments.request_refund(
                db, payment, Money(minor, "USD"), reason="x", now=world.now
            )
    notes = await make.credit_notes(mia, payment)
    assert [one.name for one in notes] == ["C-2026-000001.pdf", "C-2026-000002.pdf"]
    assert "$20.00" in words(notes[1])
    assert [one.name for one in await make.credit_notes(mia, payment)] == [
        one.name for one in notes
    ]


async def test_nobody_gets_another_persons_paper(world: World):
    _, payment = await booked(world)
    ben = await world.join(2, "Ben")
    make = MakePapers(world.database.write, world.clock, SELLER)
    with pytest.raises(UnknownPayment):
        await make.receipt(ben, payment)


async def test_a_statement_sums_a_year(world: World):
    _, payment = await booked(world)
    make = MakePapers(world.database.write, world.clock, SELLER)
    with pytest.raises(NothingToState):
        await make.statement(EXPERT, 2026, language="en")
    async with world.database.write.begin() as db:
        of = await payments.payment(db, payment)
        await payments.release_payment(db, of, expert_id=EXPERT, now=world.now)
    said = words(await make.statement(EXPERT, 2026, language="en"))
    assert "Statement 2026" in said
    assert "$76.50" in said
    with pytest.raises(NothingToState):
        await make.statement(EXPERT, 2025, language="en")
