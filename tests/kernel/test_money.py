"""Money never loses a minor unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.ids import new_id
from kernel.languages import nearest_language
from kernel.money import CurrencyMismatch, Money

amounts = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=6).filter(any)


@given(amounts, weights)
def test_the_parts_of_a_split_sum_to_the_whole(minor: int, shares: list[int]):
    parts = Money(minor, "USD").split(shares)
    assert sum(part.minor for part in parts) == minor
    for part, weight in zip(parts, shares, strict=True):
        assert abs(part.minor - minor * weight / sum(shares)) <= 1


@pytest.mark.parametrize(
    ("minor", "percent", "expected"), [(9000, 50, 4500), (101, 50, 51), (1, 1, 0), (0, 50, 0)]
)
def test_percent_rounds_half_up(minor: int, percent: int, expected: int):
    assert Money(minor, "EUR").percent(percent) == Money(expected, "EUR")


def test_currencies_do_not_mix():
    with pytest.raises(CurrencyMismatch):
        Money(1, "USD") + Money(1, "EUR")


def test_a_currency_is_three_capitals():
    with pytest.raises(ValueError, match="not a currency"):
        Money(1, "usd")


def test_ids_are_unique_and_sorted_by_birth():
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert [one[:9] for one in ids] == sorted(one[:9] for one in ids)


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh-hans", "zh"), ("zh_TW", "zh"), ("en-GB", "en"), ("de", "en"), (None, "en"), ("", "en")],
)
def test_the_nearest_language(code: str | None, language: str):
    assert nearest_language(code) == language
