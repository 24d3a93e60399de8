"""Card pages that nobody is to pay on any more."""

import logging

from payments.errors import RailDown, RailRefused
from payments.rails.card import CardRail
from workflows.settle_payment import Came, SettlePayment

_log = logging.getLogger(__name__)


async def close_page(cards: CardRail, reference: str, settle: SettlePayment) -> None:
    """Close a page at the processor. What was paid on it already is settled: its webhook may be
    lost, and nobody looks at the page again. Where the processor does not answer it closes by
    itself, and what is paid on it meanwhile goes back."""
    try:
        await _close(cards, reference, settle)
    except RailDown as error:
        _log.info("page %s was not closed: %s", reference, error)


async def _close(cards: CardRail, reference: str, settle: SettlePayment) -> None:
    try:
        await cards.expire(reference)
    except RailRefused:
        page = await cards.fetch(reference)
        if page.paid:
            async with settle.sessions.begin() as db:
                await settle.within(db, Came.by(page))
