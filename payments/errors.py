"""Refusals about money.

DomainError
├── UnknownPayment      no such payment
├── PaymentMismatch     another payer, amount or currency than was agreed
├── AlreadyPaid         it is paid already
└── RefundTooLarge      more than what is left of the payment

RailDown and BadSignature are no refusals: the first means "try again", the second a forgery.
"""

from kernel.errors import DomainError


class UnknownPayment(DomainError):
    key = "error-unknown-payment"


class PaymentMismatch(DomainError):
    key = "error-payment-mismatch"


class AlreadyPaid(DomainError):
    key = "error-already-paid"


class RefundTooLarge(DomainError):
    key = "error-refund-too-large"


class RailDown(RuntimeError):
    """The processor did not answer, or not as it should; the same call may be made again."""


class BadSignature(ValueError):
    """An event that the processor did not sign."""
