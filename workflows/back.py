"""What a client gets back, as it is said to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from kernel.money import Money
from payments.model import Refund


@dataclass(frozen=True)
class Back:
    """What a client gets back, and `way`: the `rail` that it was paid by, into the `package` that
    paid, as `credit`, `both` where a part is credit, or `none`."""

    amount: Money
    way: str = "none"

    @classmethod
    def of(cls, refunds: Sequence[Refund]) -> Self:
        """Of at least one refund."""
        ways = {one.to for one in refunds}
        amount = sum((one.amount for one in refunds[1:]), start=refunds[0].amount)
        return cls(amount, str(refunds[0].to) if len(ways) == 1 else "both")
