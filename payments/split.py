"""Who gets what of a session's money, to the last minor unit."""

from dataclasses import dataclass, replace
from decimal import Decimal

from kernel.money import Money

_WHOLE = 1000


def per_mille(percent: Decimal | int) -> int:
    """A percentage in steps of 0.1 as whole thousandths. Raises ValueError for finer ones."""
    exact = Decimal(percent) * 10
    if exact != exact.to_integral_value():
        raise ValueError(f"{percent} % is finer than 0.1 %")
    return int(exact)


@dataclass(frozen=True)
class Terms:
    """What was agreed when a payment was opened, in thousandths.

    `commission` is the platform's share of the net price; `tax` the rate of the value added tax
    that the price includes (0: none); `partner_share` the partner's part of the commission.
    """

    commission: int = 0
    tax: int = 0
    partner: str | None = None
    partner_share: int = 0

    def __post_init__(self) -> None:
        shares = (self.commission, self.partner_share)
        if not all(0 <= one <= _WHOLE for one in shares) or self.tax < 0:
            raise ValueError(f"not terms: {self}")

    @property
    def all_ours(self) -> "Terms":
        """The same where there is no expert, because the operator itself is who sells."""
        return replace(self, commission=_WHOLE)


@dataclass(frozen=True)
class Split:
    """The parts of an amount; they sum to it."""

    expert: Money
    commission: Money
    tax: Money
    partner: Money

    @property
    def whole(self) -> Money:
        return self.expert + self.commission + self.tax + self.partner

    def __sub__(self, other: "Split") -> "Split":
        return Split(
            self.expert - other.expert,
            self.commission - other.commission,
            self.tax - other.tax,
            self.partner - other.partner,
        )


def split(amount: Money, terms: Terms) -> Split:
    """Divide an amount, tax included, by largest remainder.

    Of a gross of 1000 + tax thousandths, tax is the tax, and the net 1000 are the expert's and
    the platform's; the partner's share comes out of the platform's.
    """
    partner = terms.commission * terms.partner_share
    weights = [
        (_WHOLE - terms.commission) * _WHOLE,
        terms.commission * _WHOLE - partner,
        terms.tax * _WHOLE,
        partner,
    ]
    return Split(*amount.split(weights))


def part_of(whole: Split, taken: Money, amount: Money) -> Split:
    """The parts of `amount`, to be taken back after `taken` was; all of it takes back `whole`.

    Each part of what was taken so far is in proportion to `whole`, so that many partial
    returns end at exactly the parts that were given.
    """
    before, after = _share(whole, taken), _share(whole, taken + amount)
    return after - before


def _share(whole: Split, amount: Money) -> Split:
    parts = [whole.expert, whole.commission, whole.tax, whole.partner]
    return Split(*amount.split([one.minor for one in parts]))
