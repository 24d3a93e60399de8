"""Experts as an operator writes them down: each line of the file checked whole."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from booking.errors import BadHours, BadOffer, BadPolicy
from booking.model import CancelPolicy, Delivery, Offer
from booking.question_model import MOST_HOURS, WrittenOffer
from booking.schedule import Schedule
from booking.slots_json import weekly_from_json
from kernel.errors import InputError
from kernel.ids import ExpertId, OfferId
from kernel.languages import DEFAULT_LANGUAGE
from kernel.money import Money
from kernel.zones import zone_names
from payments.errors import AmountNotPossible
from payments.model import Rail
from payments.offers_of_money import Package, Plan
from workflows.offer_price import check_package, check_plan, check_price

Texts = str | dict[str, str]


_RULES = {
    "buffer_before",
    "buffer_after",
    "notice_minutes",
    "step_minutes",
    "window_days",
    "once",
    "seats",
    "by_minute",
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PriceRow(_Strict):
    amount: int = Field(ge=0)
    currency: str = Field(pattern="^[A-Z]{3}$")


class PolicyRow(_Strict):
    tiers: list[tuple[int, int]] = Field(min_length=1)
    move_hours: int = CancelPolicy.move_hours
    moves: int = CancelPolicy.moves


class PackageRow(_Strict):
    sessions: int = Field(ge=2, le=100)
    each: PriceRow
    valid_days: int = Field(ge=1, le=3650)


class OfferRow(_Strict):
    id: str | None = None
    title: Texts
    minutes: int
    price: PriceRow
    rail: Rail = Rail.CARD
    buffer_before: int | None = None
    buffer_after: int | None = None
    notice_minutes: int | None = None
    step_minutes: int | None = None
    window_days: int | None = None
    policy: PolicyRow | None = None
    once: bool | None = None
    seats: int | None = None
    by_minute: bool | None = None
    packages: list[PackageRow] | None = None

    @property
    def rules(self) -> dict[str, Any]:
        """What the row says about booking; the rest stays as it is, or as `Offer` has it."""
        said = self.model_dump(include=_RULES, exclude_none=True)
        if self.policy is not None:
            policy = self.policy
            said["policy"] = CancelPolicy(tuple(policy.tiers), policy.move_hours, policy.moves)
        return said


class PlanRow(_Strict):
    questions: int = Field(ge=2, le=100)
    each: PriceRow


class WrittenRow(_Strict):
    price: PriceRow
    rail: Rail = Rail.CARD
    subscription: PlanRow | None = None
    hours: int = Field(default=WrittenOffer.hours, ge=1, le=MOST_HOURS)


class ExpertRow(_Strict):
    """One line of an `experts import` file."""

    id: str = Field(min_length=1, max_length=40, pattern=r"^[\w.-]+$")
    name: str = Field(min_length=1, max_length=80)
    telegram_id: int | None = None
    bio: Texts
    languages: list[str] = Field(min_length=1)
    topics: list[str]
    timezone: str
    weekly: list[dict[str, Any]]
    offers: list[OfferRow] = Field(min_length=1)
    needs_confirmation: bool = False
    delivery: Delivery = Delivery.VIDEO
    credentials: list[str] = []
    written: WrittenRow | None = None
    answers: list[str] = []

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in zone_names():
            raise ValueError(f"{value!r} is not an IANA time zone")
        return value

    @field_validator("weekly")
    @classmethod
    def _weekly(cls, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        weekly_from_json(value)
        return value


def parse_experts(text: str, *, name: str) -> list[ExpertRow]:
    """The rows of a JSON Lines file called `name`.

    Raises InputError naming the first line that is wrong, or an id that comes twice.
    """
    rows = [
        _row(line, f"{name}, line {number}")
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    for expert_id, count in Counter(row.id for row in rows).items():
        if count > 1:
            raise InputError(f"{name}: the id {expert_id!r} comes {count} times")
    return rows


def _row(line: str, place: str) -> ExpertRow:
    try:
        row = ExpertRow.model_validate(json.loads(line))
        _check_prices(row)
        Schedule(ZoneInfo(row.timezone), weekly_from_json(row.weekly))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{place}: {field}: {first['msg']}") from error
    except AmountNotPossible as error:
        raise InputError(
            f"{place}: an offer's price is too small for its rail, or in a currency that the "
            "rail does not take"
        ) from error
    except BadOffer as error:
        raise InputError(
            f"{place}: an offer's length must be a positive multiple of 5 minutes, "
            "breaks and steps multiples of 5 minutes, Stars go with the currency XTR, and what is "
            "paid by the minute has a price that its minutes divide"
        ) from error
    except BadPolicy as error:
        raise InputError(
            f"{place}: policy: tiers go from many hours to few, each with 0 to 100 percent"
        ) from error
    except BadHours as error:
        raise InputError(f"{place}: weekly: hours must be multiples of 5 minutes") from error
    except ValueError as error:
        raise InputError(f"{place}: {error}") from error
    return row


def _check_prices(row: ExpertRow) -> None:
    """Raises AmountNotPossible for what could never be paid."""
    for offer, said in zip(offers_in(row), row.offers, strict=True):
        check_price(offer.rail, offer.price)
        for package in packages_in(offer, said):
            check_package(package, offer)
    if (written := written_in(row)) is not None:
        check_price(written.rail, written.price)
        if (plan := plan_in(row)) is not None:
            check_plan(plan, written)


def offers_in(row: ExpertRow, known: Mapping[OfferId, Offer] = MappingProxyType({})) -> list[Offer]:
    """The offers of a row; of `known` ones the rules that it does not name stay."""
    return [_offer(row, offer, place, known) for place, offer in enumerate(row.offers, start=1)]


def _offer(row: ExpertRow, offer: OfferRow, place: int, known: Mapping[OfferId, Offer]) -> Offer:
    said: dict[str, Any] = {
        "id": OfferId(offer.id or f"{row.id}-{place}"),
        "expert_id": ExpertId(row.id),
        "title": texts_in(offer.title),
        "minutes": offer.minutes,
        "price": Money(offer.price.amount, offer.price.currency),
        "rail": offer.rail if offer.price.amount else Rail.FREE,
        "needs_confirmation": row.needs_confirmation,
        "delivery": row.delivery,
        **offer.rules,
    }
    before = known.get(said["id"])
    return replace(before, **said) if before else Offer(**said)


def packages_in(offer: Offer, said: OfferRow) -> list[Package]:
    return [
        Package(
            id=f"{offer.id}-x{one.sessions}", offer_id=offer.id, sessions=one.sessions,
            each=Money(one.each.amount, one.each.currency), valid_days=one.valid_days,
        )
        for one in said.packages or []
    ]  # fmt: skip


def plan_in(row: ExpertRow) -> Plan | None:
    said = row.written.subscription if row.written else None
    if said is None:
        return None
    return Plan(ExpertId(row.id), said.questions, Money(said.each.amount, said.each.currency))


def written_in(row: ExpertRow) -> WrittenOffer | None:
    said = row.written
    if said is None:
        return None
    price = Money(said.price.amount, said.price.currency)
    return WrittenOffer(ExpertId(row.id), price, said.rail, said.hours)


def texts_in(value: Texts) -> dict[str, str]:
    return {DEFAULT_LANGUAGE: value} if isinstance(value, str) else value
