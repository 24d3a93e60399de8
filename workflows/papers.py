"""Receipts, invoices and credit notes for clients; a yearly statement for experts."""

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.ids import ExpertId, PaymentId
from kernel.money import Money
from payments import papers
from payments import service as payments
from payments.errors import UnknownPayment
from payments.model import PREPAID, Payment, Refund
from payments.paper_pdf import Page, draw
from payments.papers import Paper, PaperKind
from payments.split import split
from people import service as people
from people.model import Person
from storage.engine import SessionMaker
from texts.translator import Translator
from texts.values import Localized, from_json, to_json
from workflows.meetings import meeting_of


class NothingToState(DomainError):
    """The expert earned nothing in that year."""

    key = "error-nothing-to-state"


@dataclass(frozen=True)
class Seller:
    """Who issues the papers: name, address, tax number, and the tax in thousandths."""

    name: str
    address: str
    tax_id: str


@dataclass(frozen=True)
class File:
    """A paper as a file."""

    name: str
    content: bytes


@dataclass(frozen=True)
class MakePapers:
    """Papers in the reader's language, with the operator's `font` for what Helvetica has not. A
    client's paper keeps the values of its first issue.

    Raises UnknownPayment for another person's payment or one that was not paid.
    """

    sessions: SessionMaker
    clock: Clock
    seller: Seller
    font: Path | None = None

    async def receipt(self, person: Person, payment_id: PaymentId) -> File:
        """That a payment came."""
        return await self._about_payment(person, payment_id, PaperKind.RECEIPT)

    async def invoice(self, person: Person, payment_id: PaymentId) -> File:
        """What was bought, with the tax in its price, or that there is none."""
        return await self._about_payment(person, payment_id, PaperKind.INVOICE)

    async def credit_notes(self, person: Person, payment_id: PaymentId) -> list[File]:
        """One for each refund of a payment, oldest first."""
        now = self.clock()
        async with self.sessions.begin() as db:
            of = await _own(db, person, payment_id)
            found = []
            for refund in await payments.refunds_of(db, of.id):
                content = await self._content(db, of, person, refund)
                found.append(
                    await papers.issue(
                        db, PaperKind.CREDIT_NOTE, of.id, content=content, now=now,
                        refund_id=refund.id,
                    )
                )  # fmt: skip
        return [await self._draw(paper, person) for paper in found]

    async def _about_payment(self, person: Person, payment_id: PaymentId, kind: PaperKind) -> File:
        now = self.clock()
        async with self.sessions.begin() as db:
            of = await _own(db, person, payment_id)
            content = await self._content(db, of, person, None)
            paper = await papers.issue(db, kind, of.id, content=content, now=now)
        return await self._draw(paper, person)

    async def _content(
        self, db: AsyncSession, of: Payment, person: Person, refund: Refund | None
    ) -> dict[str, Any]:
        whole = refund.amount if refund else of.total
        title: Any = Localized({"en": "", "zh": ""})
        expert = ""
        if of.purpose == "session":
            meeting = await meeting_of(db, of.session_id)
            title, expert = Localized(meeting.offer.title), meeting.expert.name
        return to_json(
            {
                "seller": self.seller.name, "address": self.seller.address,
                "tax_id": self.seller.tax_id, "buyer": person.first_name, "title": title,
                "expert": expert, "purpose": str(of.purpose), "rail": str(of.rail),
                "paid_at": of.paid_at or of.created_at, "payment": of.id, "price": of.price,
                "discount": of.discount, "credit": of.credit, "amount": of.amount, "whole": whole,
                "tax": split(whole, of.terms).tax, "rate": f"{of.terms.tax / 10:g}",
                "at": refund.requested_at if refund else of.paid_at or of.created_at,
            }
        )  # fmt: skip

    async def _draw(self, paper: Paper, reader: Person) -> File:
        translate = Translator(reader.language, reader.time_zone or "UTC")
        page = _page(translate, paper)
        return File(f"{paper.number}.pdf", await asyncio.to_thread(draw, page, self.font))

    async def statements(self, expert_id: ExpertId, *, language: str) -> list[File]:
        """Those of last year and this year in which something was earned.

        Raises NothingToState when there is none.
        """
        this = self.clock().year
        found = []
        for year in (this - 1, this):
            with contextlib.suppress(NothingToState):
                found.append(await self.statement(expert_id, year, language=language))
        if not found:
            raise NothingToState(year=str(this))
        return found

    async def statement(self, expert_id: ExpertId, year: int, *, language: str) -> File:
        """What an expert earned and was paid in a calendar year (UTC). Raises NothingToState."""
        begin, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
        async with self.sessions() as db:
            expert = await people.expert(db, expert_id)
            earned = await payments.earnings_of(db, expert_id, since=begin, until=end)
        if not earned:
            raise NothingToState(year=str(year))
        translate = Translator(language)
        rows, sums = [], dict[str, int]()
        for one in reversed(earned):
            kept = payments.kept_by_expert(one)
            sums[kept.currency] = sums.get(kept.currency, 0) + kept.minor
            when = translate.instant(one.released_at, "yMMMd")
            whole = translate.money(one.split.whole)
            rows.append(
                (
                    translate.plain("paper-earned", when=when, whole=whole, id=one.payment_id),
                    translate.money(kept),
                )
            )
        total = translate.listed(
            translate.money(Money(minor, code)) for code, minor in sums.items()
        )
        page = Page(
            title=translate.plain("paper-statement", year=str(year)),
            head=[expert.name, "", self.seller.name, self.seller.address],
            rows=[*rows, (translate.plain("paper-total"), total)],
            foot=[translate.plain("paper-statement-note")],
        )
        return File(f"earnings-{year}.pdf", await asyncio.to_thread(draw, page, self.font))


async def _own(db: AsyncSession, person: Person, payment_id: PaymentId) -> Payment:
    of = await payments.payment(db, payment_id)
    # a session of a package was paid with the package, which has the papers
    # and what is only held on a card is not paid yet
    mine = of.payer == person.id and of.paid_at is not None
    if not mine or of.rail in PREPAID or of.hold_until is not None:
        raise UnknownPayment
    return of


def _page(translate: Translator, paper: Paper) -> Page:
    told: dict[str, Any] = dict(from_json(paper.content))
    what = told["title"].in_language(translate.language)
    what = what or translate.plain(f"paid-for-{told['purpose']}")
    if told["expert"]:
        what = f"{what}, {told['expert']}"
    head = [
        translate.plain("paper-number", number=paper.number),
        translate.plain("paper-date", when=translate.instant(told["at"], "yMMMd")),
        "", told["seller"], told["address"],
        translate.plain("paper-tax-id", id=told["tax_id"]) if told["tax_id"] else "",
        "", translate.plain("paper-buyer", name=told["buyer"]),
    ]  # fmt: skip
    return Page(
        title=translate.plain(f"paper-{paper.kind}"),
        head=head,
        rows=_rows(translate, paper.kind, what, told),
        foot=[
            translate.plain("paper-tax", rate=told["rate"], amount=told["tax"])
            if told["tax"]
            else translate.plain("paper-no-tax"),
            translate.plain("paper-payment", id=told["payment"]),
        ],
    )


def _rows(
    translate: Translator, kind: PaperKind, what: str, told: dict[str, Any]
) -> list[tuple[str, str]]:
    if kind is PaperKind.CREDIT_NOTE:
        return [(what, ""), (translate.plain("paper-given-back"), translate.money(told["whole"]))]
    rows = [(what, translate.money(told["price"]))]
    if told["discount"]:
        rows.append((translate.plain("paper-discount"), translate.money(-told["discount"])))
    if told["credit"]:
        rows.append((translate.plain("paper-credit"), translate.money(told["credit"])))
    if told["amount"]:
        rail = translate.plain(f"rail-{told['rail']}")
        rows.append((translate.plain("paper-by", rail=rail), translate.money(told["amount"])))
    return [*rows, (translate.plain("paper-total"), translate.money(told["whole"]))]
