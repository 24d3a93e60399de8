"""Money in integer minor units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_DECIMALS = {
    "BHD": 3, "CLP": 0, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3,
    "UGX": 0, "VND": 0, "XAF": 0, "XOF": 0, "XPF": 0, "XTR": 0,
}  # fmt: skip


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies cannot be added or compared."""


def decimals(currency: str) -> int:
    """How many digits of the currency stand behind the point (ISO 4217; `XTR` has none)."""
    return _DECIMALS.get(currency, 2)


@dataclass(frozen=True)
class Money:
    """An amount in minor units (cents, fen, Telegram Stars) of one currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if len(self.currency) != 3 or not self.currency.isupper():
            raise ValueError(f"not a currency code: {self.currency!r}")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.minor

    def percent(self, share: int | Decimal) -> "Money":
        """The given percent of it, rounded half up to a whole minor unit."""
        exact = Decimal(self.minor) * Decimal(share) / 100
        return Money(int(exact.to_integral_value(ROUND_HALF_UP)), self.currency)

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Parts in proportion to `weights` that sum to it exactly (largest remainder).

        Equal remainders favour the earlier part. Raises ValueError when no weight is positive.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must not be negative, and one must be positive")
        sign = -1 if self.minor < 0 else 1
        shares = [divmod(abs(self.minor) * weight, total) for weight in weights]
        left = abs(self.minor) - sum(whole for whole, _ in shares)
        by_remainder = sorted(range(len(shares)), key=lambda place: -shares[place][1])
        extra = set(by_remainder[:left])
        return [
            Money(sign * (whole + (place in extra)), self.currency)
            for place, (whole, _) in enumerate(shares)
        ]
