"""What is learnt about people from what they did."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from insights import profiles, propensity
from insights.events import Did, Events
from insights.features import DAY, FEATURES, features
from insights.propensity import AT_RISK, Propensity
from insights.segments import group
from kernel.ids import PersonId
from people.model import Standing
from tests.insights.builders import NOW, a_crowd, a_fading_crowd, add, add_person

NIGHT = datetime.fromtimestamp(NOW, UTC)
PROTECTED = ("language", "country", "gender", "name", "age", "health", "religion")


@pytest.fixture(scope="module")
def crowd() -> Events:
    return a_crowd()


@pytest.fixture(scope="module")
def model(crowd: Events) -> Propensity:
    found = propensity.learn(crowd, now=NOW)
    assert found is not None
    return found


def test_no_protected_attribute_is_a_feature():
    assert not [each for each in FEATURES if any(one in each for one in PROTECTED)]


def test_features_are_counted_before_the_instant_alone():
    events = Events()
    add_person(events, "mia", NOW - 100 * DAY)
    for days in (95, 40, 10):
        add(events, 0, Did.VIEWED, NOW - days * DAY)
    add(events, 0, Did.BOOKED, NOW - 10 * DAY)
    add(events, 0, Did.BOOKED, NOW + DAY)
    table = features(events, at=NOW)
    told = dict(zip(FEATURES, table.rows[0], strict=True))
    assert (told["recency_days"], told["views_90"], told["deeds_30"]) == (10, 2, 2)
    assert (told["bookings_90"], told["spent_365"]) == (1, 1)
    assert np.isnan(told["received"])


def test_probabilities_tell_who_books_and_are_calibrated(model: Propensity, crowd: Events):
    assert model.auc > 0.75
    assert model.brier < 0.85 * model.base
    fresh = a_crowd(seed=2)
    told, true = told_and_true(model, fresh)
    assert abs(told.mean() - true.mean()) < 0.05
    for low, high in ((0.0, 0.3), (0.6, 1.0)):
        some = (told >= low) & (told < high)
        assert abs(told[some].mean() - true[some].mean()) < 0.1


def told_and_true(model: Propensity, events: Events) -> tuple[np.ndarray, np.ndarray]:
    table, true = propensity.snapshot(events, at=NOW - 30 * DAY)
    return model.probabilities(table), true


def test_reasons_add_up_to_what_the_forest_says(model: Propensity, crowd: Events):
    table = features(crowd, at=NOW)
    moved = propensity.moves(model.forest, table)
    means = [tree.tree_.value[0, 0, 1] for tree in model.forest.estimators_]
    np.testing.assert_allclose(
        moved.sum(axis=1) + np.mean(means), model.forest.predict_proba(table.rows)[:, 1]
    )
    first = model.reasons(table)[0]
    assert 1 <= len(first) <= 3
    assert abs(first[0].by) >= abs(first[-1].by)


def test_a_customer_who_fades_is_at_risk_and_who_is_none_is_not_asked_about():
    fading = a_fading_crowd()
    found = propensity.learn(fading, now=NOW, question=AT_RISK)
    assert found is not None
    assert found.auc > 0.75
    made = profiles.make(fading, now=NIGHT, earlier=None, before={})
    known = {one.person: one.at_risk for one in made.profiles if one.at_risk is not None}
    lively, fades = (
        [chance for who, chance in known.items() if who.startswith(kind)]
        for kind in ("lively", "fading")
    )
    assert np.mean(fades) > np.mean(lively) + 0.1
    assert not [who for who in known if who.startswith("looker")]
    assert made.card["at_risk"]["learnt_from"] == found.learnt_from


def test_too_few_bookings_teach_nothing():
    assert propensity.learn(a_crowd(people=12), now=NOW) is None


def test_segments_are_named_by_what_their_people_do(crowd: Events):
    table = features(crowd, at=NOW)
    _, names = group(table, None)
    by_kind = {
        kind: Counter(
            name for place, name in zip(table.people, names, strict=True) if place % 6 == kind
        )
        for kind in range(6)
    }
    assert by_kind[0].most_common(1)[0][0] is Standing.FREQUENT
    assert by_kind[4].most_common(1)[0][0] is Standing.NEW
    assert by_kind[5].most_common(1)[0][0] is Standing.QUIET


def test_people_keep_their_segment_while_nothing_changes():
    crowd = a_crowd(people=240)
    before: dict[PersonId, str | None] = {}
    earlier, labels = None, []
    for night in range(3):
        made = profiles.make(
            crowd, now=NIGHT + timedelta(days=night), earlier=earlier, before=before
        )
        earlier = made.groups
        before = {one.person: one.segment for one in made.profiles}
        labels.append([str(one.segment) for one in made.profiles])
        assert night == 0 or made.card["drift"] <= 0.05
    for one, other in pairwise(labels):
        assert adjusted_rand_score(one, other) >= 0.9
