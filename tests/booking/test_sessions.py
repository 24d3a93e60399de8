"""The life of a session, move by move, on both databases."""

from datetime import timedelta

import pytest

from booking import service as booking
from booking.errors import (
    ClientBusy,
    HoldGone,
    MovedTooOften,
    NotOffered,
    OfferGone,
    OnlyOnce,
    StateMoved,
    TimeTaken,
    TooEarlyToReport,
    TooLateToCancel,
    TooLateToMove,
    UnknownSession,
)
from booking.model import CancelPolicy, Session, SessionState
from kernel.ids import ExpertId, OfferId, PersonId
from storage.engine import Database
from tests.booking.builders import CLIENT, EXPERT, NOW, OFFER, at, open_for_business

OTHER = PersonId("client-2")
MINUTE = timedelta(minutes=1)


async def held(database: Database, *, client: PersonId = CLIENT, hour: int = 10) -> Session:
    async with database.write.begin() as db:
        return await booking.hold(db, offer_id=OFFER, client=client, start=at(hour), now=NOW)


async def confirmed(database: Database, **changes: object) -> Session:
    async with database.write.begin() as db:
        await open_for_business(db, **changes)
    session = await held(database)
    async with database.write.begin() as db:
        return await booking.paid(db, session.id, NOW)


async def state(database: Database, session: Session) -> SessionState:
    async with database.read() as db:
        return (await booking.session(db, session.id)).state


async def test_a_hold_keeps_the_time_for_its_minutes(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    session = await held(database)
    assert session.held_until == NOW + 15 * MINUTE
    with pytest.raises(TimeTaken):
        await held(database, client=OTHER)
    async with database.write.begin() as db:
        later = await booking.hold(
            db, offer_id=OFFER, client=OTHER, start=at(10), now=NOW + 15 * MINUTE
        )
    assert later.state is SessionState.HELD
    assert await state(database, session) is SessionState.EXPIRED


async def test_a_refused_hold_leaves_nothing_behind(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
        await open_for_business(db, id=OfferId("ana-120"), minutes=120)
        await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(11), now=NOW)
        with pytest.raises(TimeTaken):
            await booking.hold(db, offer_id=OfferId("ana-120"), client=OTHER, start=at(10), now=NOW)
        free = await booking.hold(db, offer_id=OFFER, client=OTHER, start=at(10), now=NOW)
    assert free.starts_at == at(10)


@pytest.mark.parametrize(
    ("offer", "hour", "minute"),
    [(OFFER, 18, 0), (OFFER, 10, 7), (OFFER, 16, 30), (OFFER, 10, 10)],
)
async def test_a_time_that_is_not_offered_is_refused(
    database: Database, offer: OfferId, hour: int, minute: int
) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
        with pytest.raises(NotOffered):
            await booking.hold(db, offer_id=offer, client=CLIENT, start=at(hour, minute), now=NOW)


async def test_a_withdrawn_or_made_up_offer_is_gone(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db, active=False)
        for offer in (OFFER, OfferId("made-up")):
            with pytest.raises(OfferGone):
                await booking.hold(db, offer_id=offer, client=CLIENT, start=at(10), now=NOW)


async def test_buffers_of_neighbours_add_up(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db, buffer_before=15, buffer_after=15)
    await held(database, hour=10)
    with pytest.raises(TimeTaken):
        await held(database, client=OTHER, hour=11)
    async with database.write.begin() as db:
        times = await booking.free_times(db, OFFER, frm=at(9), until=at(13), now=NOW)
        assert [each.start for each in times] == [at(11, 30), at(12), at(12, 30)]
        await booking.hold(db, offer_id=OFFER, client=OTHER, start=at(11, 30), now=NOW)


async def test_choosing_another_time_gives_up_the_first_hold(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    first = await held(database, hour=10)
    await held(database, hour=11)
    assert await state(database, first) is SessionState.EXPIRED
    await held(database, client=OTHER, hour=10)


async def test_a_client_is_in_one_session_at_a_time(database: Database) -> None:
    await confirmed(database)
    async with database.write.begin() as db:
        await open_for_business(db, id=OfferId("bo-60"), expert_id=ExpertId("bo"))
        with pytest.raises(ClientBusy):
            await booking.hold(
                db, offer_id=OfferId("bo-60"), client=CLIENT, start=at(10, 30), now=NOW
            )
        await booking.hold(db, offer_id=OfferId("bo-60"), client=OTHER, start=at(10, 30), now=NOW)


async def test_paying_late_takes_the_time_again_if_it_is_free(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    session = await held(database)
    async with database.write.begin() as db:
        assert [each.id for each in await booking.expire_holds(db, NOW + 15 * MINUTE)] == [
            session.id
        ]
    async with database.write.begin() as db:
        again = await booking.paid(db, session.id, NOW + 20 * MINUTE)
    assert again.state is SessionState.CONFIRMED
    with pytest.raises(TimeTaken):
        await held(database, client=OTHER)


async def test_paying_too_late_is_refused_and_takes_nothing(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    session = await held(database)
    async with database.write.begin() as db:
        await booking.hold(
            db, offer_id=OFFER, client=OTHER, start=at(10, 30), now=NOW + 15 * MINUTE
        )
    async with database.write.begin() as db:
        with pytest.raises(HoldGone):
            await booking.paid(db, session.id, NOW + 20 * MINUTE)
    third = PersonId("client-3")
    async with database.write.begin() as db:
        await booking.hold(db, offer_id=OFFER, client=third, start=at(9, 30), now=NOW + 20 * MINUTE)


async def test_a_session_is_paid_once(database: Database) -> None:
    session = await confirmed(database)
    async with database.write.begin() as db:
        with pytest.raises(StateMoved):
            await booking.paid(db, session.id, NOW)


@pytest.mark.parametrize("accepted", [True, False])
async def test_an_expert_answers_a_request(database: Database, accepted: bool) -> None:
    session = await confirmed(database, needs_confirmation=True)
    assert session.state is SessionState.REQUESTED
    answer = booking.approve if accepted else booking.decline
    async with database.write.begin() as db:
        with pytest.raises(UnknownSession):
            await answer(db, session.id, expert_id=ExpertId("bo"), now=NOW)
        answered = await answer(db, session.id, expert_id=EXPERT, now=NOW)
        with pytest.raises(StateMoved):
            await answer(db, session.id, expert_id=EXPERT, now=NOW)
    assert answered.state is (SessionState.CONFIRMED if accepted else SessionState.DECLINED)
    if not accepted:
        await held(database, client=OTHER)


async def test_a_request_lapses_at_the_start(database: Database) -> None:
    session = await confirmed(database, needs_confirmation=True)
    async with database.write.begin() as db:
        assert await booking.expire_requests(db, at(9, 59)) == []
        assert [each.id for each in await booking.expire_requests(db, at(10))] == [session.id]


async def test_a_session_begins_ends_and_closes(database: Database) -> None:
    session = await confirmed(database)
    async with database.write.begin() as db:
        assert await booking.next_due(db, now=NOW) == at(10)
        assert await booking.begin_due(db, at(9, 59)) == []
        assert [each.state for each in await booking.begin_due(db, at(10))] == [
            SessionState.UNDER_WAY
        ]
        assert await booking.next_due(db, now=at(10)) == at(11)
        assert [each.state for each in await booking.end_due(db, at(11))] == [SessionState.ENDED]
        await booking.close(db, session.id, at(12))
        moves = await booking.moves(db, session.id)
    assert [move.after for move in moves] == [
        SessionState.HELD,
        SessionState.CONFIRMED,
        SessionState.UNDER_WAY,
        SessionState.ENDED,
        SessionState.CLOSED,
    ]
    assert moves[0].by == CLIENT


async def test_a_no_show_names_the_side(database: Database) -> None:
    session = await confirmed(database)
    async with database.write.begin() as db:
        with pytest.raises(StateMoved):
            await booking.no_show(
                db, session.id, side="client", by=CLIENT, expert_id=EXPERT, now=at(10)
            )
        await booking.begin_due(db, at(10))
        with pytest.raises(TooEarlyToReport):
            await booking.no_show(
                db, session.id, side="client", by=CLIENT, expert_id=EXPERT, now=at(10, 9)
            )
        with pytest.raises(UnknownSession):
            await booking.no_show(db, session.id, side="expert", by=OTHER, now=at(10, 10))
        missed = await booking.no_show(
            db, session.id, side="client", by=CLIENT, expert_id=EXPERT, now=at(10, 10)
        )
    assert (missed.state, missed.absent) == (SessionState.NO_SHOW, "client")


async def test_a_client_may_insist_on_two_sessions_at_once(database: Database) -> None:
    bo = OfferId("bo-60")
    first = await confirmed(database)
    async with database.write.begin() as db:
        await open_for_business(db, id=bo, expert_id=ExpertId("bo"))
        await open_for_business(db, id=OfferId("cy-60"), expert_id=ExpertId("cy"))
        with pytest.raises(ClientBusy):
            await booking.hold(db, offer_id=bo, client=CLIENT, start=at(10, 30), now=NOW)
        both = await booking.hold(
            db, offer_id=bo, client=CLIENT, start=at(10, 30), now=NOW, insist=True
        )
        await booking.paid(db, both.id, NOW)
        with pytest.raises(TimeTaken):
            await booking.hold(
                db, offer_id=bo, client=OTHER, start=at(10, 30), now=NOW, insist=True
            )
        await booking.cancel(db, first.id, by="client", person=CLIENT, now=NOW)
        with pytest.raises(ClientBusy):
            await booking.hold(
                db, offer_id=OfferId("cy-60"), client=CLIENT, start=at(10, 30), now=NOW
            )


async def test_an_intro_call_can_be_had_once(database: Database) -> None:
    async def take(hour: int, client: PersonId = CLIENT) -> Session:
        async with database.write.begin() as db:
            return await booking.hold(db, offer_id=OFFER, client=client, start=at(hour), now=NOW)

    async with database.write.begin() as db:
        await open_for_business(db, once=True)
    await take(9)
    session = await take(10)
    async with database.write.begin() as db:
        await booking.paid(db, session.id, NOW)
        await booking.reschedule(db, session.id, client=CLIENT, start=at(11), now=NOW)
    with pytest.raises(OnlyOnce):
        await take(14)
    await take(14, OTHER)
    async with database.write.begin() as db:
        await booking.cancel(db, session.id, by="client", person=CLIENT, now=NOW)
    again = await take(10)
    async with database.write.begin() as db:
        await booking.paid(db, again.id, NOW)
        await booking.begin_due(db, at(10))
        await booking.end_due(db, at(11))
    with pytest.raises(OnlyOnce):
        await take(15)


async def test_a_session_keeps_the_limits_it_was_booked_under(database: Database) -> None:
    strict = CancelPolicy(tiers=((48, 80),), move_hours=48, moves=1)
    session = await confirmed(database, policy=strict)
    async with database.write.begin() as db:
        await open_for_business(db)
        with pytest.raises(TooLateToMove):
            await booking.reschedule(db, session.id, client=CLIENT, start=at(15, day=6), now=NOW)
        earlier = NOW - timedelta(days=1)
        await booking.reschedule(db, session.id, client=CLIENT, start=at(15, day=6), now=earlier)
        with pytest.raises(MovedTooOften):
            await booking.reschedule(
                db, session.id, client=CLIENT, start=at(16, day=6), now=earlier
            )


async def test_a_client_cancels_their_own_session_only(database: Database) -> None:
    session = await confirmed(database)
    async with database.write.begin() as db:
        with pytest.raises(UnknownSession):
            await booking.cancel(db, session.id, by="client", person=OTHER, now=NOW)
        cancelled, percent = await booking.cancel(
            db, session.id, by="client", person=CLIENT, now=NOW
        )
        assert (cancelled.state, percent) == (SessionState.CANCELLED, 100)
        with pytest.raises(StateMoved):
            await booking.cancel(db, session.id, by="client", person=CLIENT, now=NOW)
    await held(database, client=OTHER)


async def test_only_the_client_is_bound_by_the_policy(database: Database) -> None:
    session = await confirmed(database)
    async with database.write.begin() as db:
        with pytest.raises(TooLateToCancel):
            await booking.cancel(db, session.id, by="client", person=CLIENT, now=at(10))
        _, percent = await booking.cancel(db, session.id, by="expert", now=at(9, 59))
    assert percent == 100


async def test_rescheduling_frees_the_old_time_and_takes_the_new(database: Database) -> None:
    session = await confirmed(database)
    async with database.write.begin() as db:
        moved = await booking.reschedule(db, session.id, client=CLIENT, start=at(10, 30), now=NOW)
    assert (moved.starts_at, moved.ends_at, moved.sequence) == (at(10, 30), at(11, 30), 1)
    async with database.write.begin() as db:
        times = await booking.free_times(db, OFFER, frm=at(9), until=at(12), now=NOW)
        own = await booking.free_times(
            db, OFFER, frm=at(9), until=at(12), now=NOW, without=session.id
        )
        assert [each.start for each in times] == [at(9), at(9, 30), at(11, 30)]
        assert len(own) == 6
        await booking.hold(db, offer_id=OFFER, client=OTHER, start=at(9, 30), now=NOW)


async def test_a_refused_reschedule_keeps_the_old_time(database: Database) -> None:
    session = await confirmed(database)
    await held(database, client=OTHER, hour=12)
    async with database.write.begin() as db:
        with pytest.raises(TimeTaken):
            await booking.reschedule(db, session.id, client=CLIENT, start=at(11, 30), now=NOW)
        with pytest.raises(NotOffered):
            await booking.reschedule(db, session.id, client=CLIENT, start=at(20), now=NOW)
    third = PersonId("client-3")
    with pytest.raises(TimeTaken):
        await held(database, client=third, hour=10)
    await held(database, client=third, hour=11)


async def test_rescheduling_has_limits(database: Database) -> None:
    session = await confirmed(database)
    async with database.write.begin() as db:
        with pytest.raises(TooLateToMove):
            await booking.reschedule(db, session.id, client=CLIENT, start=at(15), now=at(7, 1))
        for hour in (11, 12, 13):
            await booking.reschedule(db, session.id, client=CLIENT, start=at(hour), now=NOW)
        with pytest.raises(MovedTooOften):
            await booking.reschedule(db, session.id, client=CLIENT, start=at(14), now=NOW)


async def test_giving_up_a_hold_frees_the_time(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    session = await held(database)
    async with database.write.begin() as db:
        with pytest.raises(UnknownSession):
            await booking.release(db, session.id, client=OTHER, now=NOW)
        await booking.release(db, session.id, client=CLIENT, now=NOW)
    await held(database, client=OTHER)
