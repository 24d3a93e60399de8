"""Card pages that nobody is to pay on any more."""

import logging

from payments.errors import RailDown
from payments.rails.card import CardRail

_log = logging.getLogger(__name__)


async def close_page(cards: CardRail, reference: str) -> None:
    """Close a page at the processor. Where that fails it closes by itself, and what is paid on
    it meanwhile goes back."""
    try:
        await cards.expire(reference)
    except RailDown as error:
        _log.info("page %s was not closed: %s", reference, error)
