"""Every part of every amount is right to the last minor unit."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from payments.split import Terms, part_of, per_mille, split

CURRENCIES = ("JPY", "USD", "KWD", "XTR")
AMOUNTS = np.arange(1, 100_001, dtype=np.int64)


def parts(amounts: np.ndarray, weights: list[int]) -> np.ndarray:
    """Largest remainder for many amounts at once: the oracle, written another way."""
    total = sum(weights)
    exact = amounts[:, None] * np.array(weights, dtype=np.int64)
    whole, rest = exact // total, exact % total
    left = amounts - whole.sum(axis=1)
    order = np.argsort(-rest, axis=1, kind="stable")
    extra = np.arange(len(weights))[None, :] < left[:, None]
    np.add.at(whole, (np.arange(len(amounts))[:, None], order), extra)
    return whole


def product(amounts: np.ndarray, currency: str, terms: Terms) -> list[list[int]]:
    """The parts as the product divides each amount."""
    found = (split(Money(int(minor), currency), terms) for minor in amounts)
    return [
        [one.expert.minor, one.commission.minor, one.tax.minor, one.partner.minor] for one in found
    ]


@pytest.mark.long
@pytest.mark.parametrize("tax", [0, 190])
def test_every_amount_and_every_rate_sums_exactly(tax: int):
    """The weights' sum is a multiple of 1000 + tax, and an amount that is larger by it has each
    part larger by its weight: one period, and a sample above it, stand for every amount."""
    period = 1000 + tax
    sample = np.concatenate([AMOUNTS[:period], AMOUNTS[period::1009], AMOUNTS[-2:]])
    for commission in range(1001):
        terms = Terms(commission=commission, tax=tax)
        weights = [(1000 - commission) * 1000, commission * 1000, tax * 1000, 0]
        found = np.array(product(sample, CURRENCIES[commission % len(CURRENCIES)], terms))
        assert (found.sum(axis=1) == sample).all()
        assert (found == parts(sample, weights)).all()


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize("commission", [0, 1, 149, 150, 333, 500, 999, 1000])
def test_the_product_splits_as_the_oracle(currency: str, commission: int):
    amounts = np.concatenate([AMOUNTS[:200], AMOUNTS[::997]])
    terms = Terms(commission=commission, tax=77, partner="p", partner_share=333)
    weights = [
        (1000 - commission) * 1000, commission * 1000 - commission * 333, 77_000,
        commission * 333,
    ]  # fmt: skip
    assert product(amounts, currency, terms) == parts(amounts, weights).tolist()


@given(
    st.integers(1, 10**9), st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000),
    st.sampled_from(CURRENCIES),
)  # fmt: skip
def test_parts_sum_exactly(minor: int, commission: int, tax: int, share: int, currency: str):
    found = split(Money(minor, currency), Terms(commission, tax, "p", share))
    assert found.whole == Money(minor, currency)


@given(st.data(), st.integers(1, 10**6), st.integers(0, 1000), st.integers(0, 400))
def test_taking_back_in_pieces_takes_back_exactly_the_parts(
    data: st.DataObject, minor: int, commission: int, tax: int
):
    whole = split(Money(minor, "USD"), Terms(commission, tax, "p", 250))
    taken, left = Money(0, "USD"), whole
    while taken.minor < minor:
        left_over = minor - taken.minor
        piece = Money(data.draw(st.integers(-(-left_over // 4), left_over)), "USD")
        part = part_of(whole, taken, piece)
        assert part.whole == piece
        left, taken = left - part, taken + piece
    assert {one.minor for one in (left.expert, left.commission, left.tax, left.partner)} == {0}


@pytest.mark.parametrize(("percent", "thousandths"), [("15", 150), ("12.5", 125), ("0.1", 1)])
def test_rates_go_in_steps_of_a_tenth(percent: str, thousandths: int):
    assert per_mille(Decimal(percent)) == thousandths


def test_a_finer_rate_is_refused():
    with pytest.raises(ValueError, match="finer"):
        per_mille(Decimal("12.55"))
