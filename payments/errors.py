"""Refusals about money.

DomainError
├── UnknownPayment      no such payment
├── PaymentMismatch     another payer or amount than was agreed
├── PriceChanged        the invoice is of an earlier price
├── AlreadyPaid         it is paid already
├── RefundTooLarge      more than what is left of the payment
├── Overdrawn           an account holds less than what is taken from it
├── NothingToPayOut     nothing of an expert's is payable now
├── NoPayoutAccount     the expert has no account at the processor that can receive
├── AmountChanged       another amount is payable than was decided
├── AmountNotPossible   too small for its rail, or in a currency that it does not take
├── NoPackage           no package of this person pays for this
├── NoSubscription      none is sold, or this is not the person's
├── AlreadySubscribed   the person has one to this expert
├── UnknownCode         no such promo code or voucher
├── CodeUsedUp          its last unit is gone
├── CodeNotForYou       the person used it, or it is for others
└── CodeNotNow          not begun yet, over, or not for this price

RailDown, RailRefused and BadSignature are no refusals to a person: "try again", "the processor
says no", and a forgery.
"""

from kernel.errors import DomainError


class UnknownPayment(DomainError):
    key = "error-unknown-payment"


class PaymentMismatch(DomainError):
    key = "error-payment-mismatch"


class PriceChanged(DomainError):
    key = "error-price-changed"


class AlreadyPaid(DomainError):
    key = "error-already-paid"


class RefundTooLarge(DomainError):
    key = "error-refund-too-large"


class Overdrawn(DomainError):
    key = "error-overdrawn"


class NothingToPayOut(DomainError):
    key = "error-nothing-to-pay-out"


class NoPayoutAccount(DomainError):
    key = "error-no-payout-account"


class AmountChanged(DomainError):
    key = "error-amount-changed"


class AmountNotPossible(DomainError):
    key = "error-amount-not-possible"


class NoPackage(DomainError):
    key = "error-no-package"


class NoSubscription(DomainError):
    key = "error-no-subscription"


class AlreadySubscribed(DomainError):
    key = "error-already-subscribed"


class UnknownCode(DomainError):
    key = "error-code-unknown"


class CodeUsedUp(DomainError):
    key = "error-code-used-up"


class CodeNotForYou(DomainError):
    key = "error-code-not-for-you"


class CodeNotNow(DomainError):
    key = "error-code-not-now"


class RailDown(RuntimeError):
    """The processor did not answer, or not as it should; the same call may be made again."""


class RailRefused(RailDown):
    """The processor understood and said no; the same call will be refused again."""


class BadSignature(ValueError):
    """An event that the processor did not sign."""
