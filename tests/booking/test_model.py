"""The pure rules of offers and sessions."""

from datetime import timedelta

import pytest

from booking.errors import BadOffer, BadPolicy, StateMoved
from booking.model import CancelPolicy, Delivery, Offer, Session, SessionState
from kernel.ids import SessionId
from kernel.money import Money
from tests.booking.builders import CLIENT, EXPERT, NOW, OFFER, an_offer, at

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
OVER = (
    SessionState.ENDED,
    SessionState.CLOSED,
    SessionState.CANCELLED,
    SessionState.DECLINED,
    SessionState.EXPIRED,
    SessionState.NO_SHOW,
)


def a_session(state: SessionState = SessionState.CONFIRMED) -> Session:
    return Session(
        id=SessionId("s"),
        offer_id=OFFER,
        expert_id=EXPERT,
        client_id=CLIENT,
        starts_at=at(10),
        ends_at=at(11),
        state=state,
        held_until=None,
        price=Money(90_00, "USD"),
        policy=CancelPolicy(),
        buffer_before=0,
        buffer_after=0,
        link=None,
        delivery=Delivery.VIDEO,
        needs_confirmation=False,
        created_at=NOW,
    )


@pytest.mark.parametrize(
    ("notice", "percent"),
    [
        (DAY, 100),
        (DAY - SECOND, 50),
        (3 * HOUR, 50),
        (3 * HOUR - SECOND, 0),
        (SECOND, 0),
    ],
)
def test_what_comes_back_depends_on_the_notice(notice: timedelta, percent: int) -> None:
    _, back = a_session().cancelled(by="client", now=at(10) - notice)
    assert back == percent


def test_without_a_fitting_tier_nothing_comes_back() -> None:
    assert CancelPolicy(tiers=((24, 100),)).percent_back(23 * HOUR) == 0


@pytest.mark.parametrize(
    "tiers", [((3, 50), (24, 100)), ((24, 101),), ((24, -1),), ((24, 50), (24, 20)), ((-1, 5),)]
)
def test_a_policy_that_cannot_work_is_refused(tiers: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(BadPolicy):
        CancelPolicy(tiers)


def test_a_policy_survives_being_stored() -> None:
    policy = CancelPolicy(tiers=((48, 80), (0, 10)), move_hours=12, moves=1)
    assert CancelPolicy.from_json(policy.to_json()) == policy


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_cannot_be_cancelled(state: SessionState) -> None:
    with pytest.raises(StateMoved):
        a_session(state).cancelled(by="admin", now=NOW)


@pytest.mark.parametrize(
    "state", sorted(set(SessionState) - {SessionState.HELD, SessionState.EXPIRED})
)
def test_only_a_hold_is_paid(state: SessionState) -> None:
    with pytest.raises(StateMoved):
        a_session(state).paid()


@pytest.mark.parametrize(
    "state", sorted(set(SessionState) - {SessionState.REQUESTED, SessionState.CONFIRMED})
)
def test_only_what_is_ahead_is_rescheduled(state: SessionState) -> None:
    with pytest.raises(StateMoved):
        a_session(state).rescheduled(at(15), now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 52},
        {"minutes": 0},
        {"minutes": 24 * 60 + 5},
        {"buffer_before": 3},
        {"buffer_after": -5},
        {"step_minutes": 0},
        {"notice_minutes": -1},
        {"price": Money(-1, "USD")},
        {"price": Money(100, "XTR")},
        {"rail": "stars"},
    ],
)
def test_an_offer_that_cannot_work_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadOffer):
        an_offer(**wrong)


def test_stars_are_paid_in_stars() -> None:
    assert isinstance(an_offer(rail="stars", price=Money(100, "XTR")), Offer)
