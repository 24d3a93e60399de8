"""Weights are learnt from bookings where these say more than the fixed ones, and only there."""

import numpy as np
import pytest

from bench.choices import PRICE_FIRST, make_choices
from matching.learning import FEWEST, Choice, fit, gains, learn
from matching.rank import WEIGHTS


def test_better_weights_are_found_where_people_want_something_else():
    learnt = learn(make_choices(3000, PRICE_FIRST))
    assert learnt.better
    assert learnt.card["learnt"]["ndcg@5"] > learnt.card["fixed"]["ndcg@5"] + 0.03
    assert learnt.weights == pytest.approx(PRICE_FIRST, abs=0.08)
    assert sum(learnt.weights.values()) == pytest.approx(1)


@pytest.mark.parametrize("count", [FEWEST, 1000])
@pytest.mark.parametrize("taste", [WEIGHTS, None], ids=["as fixed", "by chance"])
def test_the_fixed_weights_stay_where_bookings_say_nothing_else(
    taste: dict[str, float] | None, count: int
):
    for seed in range(5):
        learnt = learn(make_choices(count, taste, seed=seed))
        assert not learnt.better
        assert learnt.weights == WEIGHTS


def test_who_only_takes_what_stands_first_is_no_reason_to_change_weights():
    bought = make_choices(1000, None, reads_on=0.2)
    places = np.bincount([one.booked for one in bought], minlength=5)
    assert places[0] > 3 * places[1:].sum()
    fitted = fit(bought)
    assert fitted.places[0] == 0
    assert fitted.places[1] < -1
    assert not learn(bought).better


def test_a_feature_that_people_avoid_counts_nothing_rather_than_against():
    weights = fit(make_choices(1000, PRICE_FIRST | {"price": -0.3})).weights
    assert weights["price"] == pytest.approx(0, abs=0.01)
    assert min(weights.values()) >= 0


def test_the_gain_of_a_list_is_that_of_the_place_of_what_was_booked():
    rows = [{name: value for name in WEIGHTS} for value in (0.2, 0.9, 0.2)]
    at = make_choices(1, None)[0].at
    found = gains([Choice(at, rows, booked) for booked in range(3)], WEIGHTS)
    # the second comes first; equals keep their order
    assert found == pytest.approx([1 / np.log2(3), 1, 0.5])
