"""Payments in Telegram that were made: all charges, and the ledger of Stars."""

from dataclasses import asdict, dataclass

from sandbox.values import JsonObject

STARS = "XTR"


@dataclass
class Charge:
    """One successful payment inside Telegram."""

    id: str
    provider_id: str
    person: JsonObject
    currency: str
    amount: int
    payload: str
    date: int
    refunded_at: int | None = None
    subscription_period: int = 0


class Charges:
    """All charges in the order of payment."""

    def __init__(self) -> None:
        self._charges: list[Charge] = []

    def add(self, charge: Charge) -> None:
        """Record a payment."""
        self._charges.append(charge)

    def find(self, person_id: int, charge_id: str) -> Charge | None:
        """A person's charge."""
        return next(
            (
                charge
                for charge in self._charges
                if charge.id == charge_id and charge.person["id"] == person_id
            ),
            None,
        )

    def star_transactions(self) -> list[JsonObject]:
        """Every movement of Stars, oldest first: receipts, and refunds under the same id."""
        movements: list[JsonObject] = []
        for charge in self._charges:
            if charge.currency != STARS:
                continue
            partner: JsonObject = {
                "type": "user",
                "transaction_type": "invoice_payment",
                "user": charge.person,
                "invoice_payload": charge.payload,
            }
            if charge.subscription_period:
                partner["subscription_period"] = charge.subscription_period
            common = {"id": charge.id, "amount": charge.amount}
            movements.append({**common, "date": charge.date, "source": partner})
            if charge.refunded_at is not None:
                movements.append({**common, "date": charge.refunded_at, "receiver": partner})
        return sorted(movements, key=lambda movement: int(movement["date"]))

    def dump(self) -> list[JsonObject]:
        """As JSON for the state file."""
        return [asdict(charge) for charge in self._charges]

    def load(self, saved: list[JsonObject]) -> None:
        """Back from the state file."""
        self._charges = [Charge(**row) for row in saved]
