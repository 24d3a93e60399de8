"""Refusals about what is offered besides time.

DomainError
├── UnknownItem       no such item, or not for them
├── ItemMoved         it is in a state that does not allow it
├── ItemIncomplete    something is missing before it can be listed
├── SourceMissing     a licensed work needs its source
├── ConsentMissing    who asked the question did not agree yet
├── AlreadyOwned      it is in their library
├── NotForSale        it is not listed any more
└── TextTooLong       longer than an item's part may be
"""

from kernel.errors import DomainError


class UnknownItem(DomainError):
    """No such item, or not one that this person may see."""

    key = "error-unknown-item"


class ItemMoved(DomainError):
    """Its state does not allow it, or somebody was faster."""

    key = "error-item-moved"


class ItemIncomplete(DomainError):
    """A title, a text in each language, a price and the rights are needed."""

    key = "error-item-incomplete"


class SourceMissing(DomainError):
    """A licensed work names its source and licence."""

    key = "error-item-source"


class ConsentMissing(DomainError):
    """An answer is made public when both sides agree."""

    key = "error-item-consent"


class AlreadyOwned(DomainError):
    """Nobody buys a thing twice."""

    key = "error-item-owned"


class NotForSale(DomainError):
    """It was withdrawn meanwhile."""

    key = "error-item-withdrawn"


class TextTooLong(DomainError):
    """A title, text or lesson has a longest length."""

    key = "error-too-long"
