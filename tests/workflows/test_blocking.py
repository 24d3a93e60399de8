"""Who is not to meet meets nowhere new, keeps what is booked, and gets back what was paid ahead."""

import json

import pytest

from booking import service as booking
from booking.model import SessionState
from booking.question_model import WrittenOffer
from kernel.errors import DomainError
from kernel.ids import SessionId
from kernel.money import Money
from matching.shortlist import Matcher
from payments import ledger_check
from payments import service as payments
from payments.model import Purpose, Rail, RefundTo
from payments.offers_of_money import Plan
from people import blocks
from people import service as people
from people.errors import ExpertHidden, ExpertNotAvailable, UnknownPerson
from people.model import Person
from storage.engine import Database
from tests.booking.builders import EXPERT, OFFER, at
from tests.workflows.builders import LINK, World
from tests.workflows.test_packages import THREE, bought, packages
from vectors.embedders import load_embedders
from workflows.blocking import HideExpert, TurnClientAway
from workflows.checkout import HoldTime
from workflows.expert_facts import RefreshFacts
from workflows.find_expert import FindExperts, Search
from workflows.follow_up import AnswerSurvey, SurveyAnswers, WriteNote
from workflows.privacy import EraseMe, ExportMyData
from workflows.settle_payment import SettlePayment
from workflows.subscriptions import Subscriptions
from workflows.tell_admins import TellAdmins
from workflows.waitlist import OfferFreedTimes, Waitlist
from workflows.written_questions import WrittenQuestions

MONDAY_NINE = at(9, day=9)
STARS = Money(250, "XTR")


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    async with database.write.begin() as db:
        await payments.save_package(db, THREE)
        await booking.save_written_offer(db, WrittenOffer(EXPERT, STARS, "stars"))
        await payments.save_plan(db, Plan(EXPERT, questions=3, each=Money(200, "XTR")))
    return found


async def test_an_expert_reads_what_they_noted_about_a_client(world: World):
    mia = await world.join(1, "Mia")
    held, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    await world.live_through(MONDAY_NINE)
    expert = await ana(world)
    write = WriteNote(world.database.write, world.clock)
    await write(expert.id, held, note="Three applications next.", rating=9, command="n")
    found = await TurnClientAway(world.database.write, world.clock).one(expert.id, mia.id)
    assert [(one.note, one.client_rating) for one in found.notes] == [
        ("Three applications next.", 9)
    ]


async def ana(world: World) -> Person:
    async with world.database.read() as db:
        found = await people.by_telegram(db, 77)
    assert found is not None
    return found


def hide(world: World) -> HideExpert:
    return HideExpert(world.database.write, world.clock)


def turn_away(world: World) -> TurnClientAway:
    return TurnClientAway(world.database.write, world.clock)


async def met_once(world: World, client: Person) -> SessionId:
    """A booked session, without which an expert does not know of a client."""
    session, payment = await world.hold(client, MONDAY_NINE)
    await world.pay(payment)
    return session


async def found_by(world: World, client: Person) -> list[str]:
    await RefreshFacts(world.database.write)()
    matcher = Matcher(load_embedders("auto"))
    async with world.database.read() as db:
        await matcher.refresh(db)
    find = FindExperts(world.database.read, world.clock, matcher, explore=0)
    return [one.expert.id for one in await find(Search(text="a coach"), person=client)]


async def refused_everywhere(world: World, client: Person, refusal: type[DomainError]) -> None:
    """Each way in which a client chooses an expert."""
    write, selling = world.database.write, packages(world)
    ways = [
        HoldTime(write, world.clock, LINK)(client, OFFER, at(11, day=9), command=world.command()),
        selling.buy(client, THREE.id, command=world.command()),
        WrittenQuestions(write, world.clock, selling.cashier, world.terms).draft(
            client, EXPERT, "May I ask you something?", command=world.command()
        ),
        Subscriptions(write, world.clock, world.terms).order(
            client, EXPERT, command=world.command()
        ),
        Waitlist(write, world.clock).join(client.id, OFFER, command=world.command()),
    ]
    for way in ways:
        with pytest.raises(refusal):
            await way
    waiting = Waitlist(write, world.clock)
    await waiting.join_any(client.id, [OFFER], command=world.command())
    assert not await waiting.waits_among(client.id, [OFFER])


async def test_who_hid_an_expert_does_not_meet_them_until_they_take_it_back(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    session = await met_once(world, mia)
    await hide(world)(mia, EXPERT, command="hide")
    assert await found_by(world, mia) == []
    assert await found_by(world, ben) == [EXPERT]
    await refused_everywhere(world, mia, ExpertHidden)
    async with world.database.read() as db:
        assert (await booking.session(db, session)).state is SessionState.CONFIRMED
    assert [one.id for one in await hide(world).hidden(mia.id)] == [EXPERT]
    await hide(world).take_back(mia, EXPERT, command="take back")
    await hide(world)(mia, EXPERT, command="hide")  # a replay of the first
    assert await found_by(world, mia) == [EXPERT]
    await world.hold(mia, at(11, day=9))


async def test_whom_an_expert_turned_away_is_told_only_that_nothing_is_taken(world: World):
    mia, expert = await world.join(1, "Mia"), await ana(world)
    with pytest.raises(UnknownPerson):
        await turn_away(world)(expert.id, mia.id, command="a stranger")
    session = await met_once(world, mia)
    await turn_away(world)(expert.id, mia.id, command="away")
    assert await found_by(world, mia) == []
    await refused_everywhere(world, mia, ExpertNotAvailable)
    async with world.database.read() as db:
        assert (await booking.session(db, session)).state is SessionState.CONFIRMED
    (client,) = await turn_away(world).clients(expert.id)
    assert (client.client.id, client.turned_away) == (mia.id, True)
    # who hid the expert too is told of that alone
    await hide(world)(mia, EXPERT, command="hide")
    await refused_everywhere(world, mia, ExpertHidden)
    await hide(world).take_back(mia, EXPERT, command="show")
    await turn_away(world).take_back(expert.id, mia.id, command="again")
    await world.hold(mia, at(11, day=9))


async def test_what_was_paid_ahead_goes_back_when_the_expert_does_not_go_on(world: World):
    mia = await world.join(1, "Mia")
    package = await bought(world, mia)
    await packages(world).use(mia, (await world.hold(mia, MONDAY_NINE))[0], command="use")
    await turn_away(world)((await ana(world)).id, mia.id, command="away")
    async with world.database.read() as db:
        ((refund, _),) = await payments.refunds_due(db)
        assert refund.amount == Money(2 * 80_00, "USD")
        assert refund.to is RefundTo.RAIL
        assert await payments.bought_by(db, package.client) == []
        assert (await ledger_check.check(db))["balanced"]
    assert "notice-package-let-go" in await world.planned()


async def test_what_is_paid_after_it_goes_back_as_well(world: World):
    mia, expert = await world.join(1, "Mia"), await ana(world)
    await met_once(world, mia)
    selling = packages(world)
    asking = WrittenQuestions(world.database.write, world.clock, selling.cashier, world.terms)
    question = await asking.draft(mia, EXPERT, "May I ask you something?", command="ask")
    async with world.database.write.begin() as db:
        pays = await payments.open_payment(
            db, subject=question.id, payer=mia.id, amount=STARS, rail=Rail.STARS,
            purpose=Purpose.QUESTION, terms=world.terms, now=world.now,
        )  # fmt: skip
    await turn_away(world)(expert.id, mia.id, command="away")
    await bought(world, mia)
    settle = SettlePayment(world.database.write, world.clock, LINK)
    await settle(pays.id, charge="stars-1", amount=STARS)
    async with world.database.read() as db:
        due = {str(one.amount) for one, _ in await payments.refunds_due(db)}
        assert await booking.questions_waiting(db, EXPERT) == []
    assert due == {str(THREE.price), str(STARS)}


async def test_a_freed_time_passes_over_who_is_not_to_meet_the_expert(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    wait = Waitlist(world.database.write, world.clock)
    for client in (mia, ben):
        await wait.join(
            client.id, OFFER, frm=MONDAY_NINE, until=at(10, day=9), command=world.command()
        )
    await hide(world)(mia, EXPERT, command="hide")
    for _ in range(2):
        await OfferFreedTimes(world.database.write, world.clock)()
    async with world.database.read() as db:
        assert await booking.held(db, mia.id, now=world.now) is None
        assert await booking.held(db, ben.id, now=world.now) is not None


async def test_each_side_takes_along_what_it_said_itself_and_erasure_forgets_both(world: World):
    mia, expert = await world.join(1, "Mia"), await ana(world)
    await met_once(world, mia)
    await hide(world)(mia, EXPERT, command="hide")
    await turn_away(world)(expert.id, mia.id, command="away")

    async def told(person: Person) -> list[str]:
        export = json.loads(await ExportMyData(world.database.read)(person))
        return [one["by"] for one in export["blocks"]]

    assert (await told(mia), await told(expert)) == (["client"], ["expert"])
    world.later(days=30)
    async with world.database.write.begin() as db:
        await booking.end_due(db, now=world.now)
    await EraseMe(world.database.write, world.clock)(mia)
    async with world.database.read() as db:
        assert await blocks.between(db, mia.id, EXPERT) is None
    assert await turn_away(world).clients(expert.id) == []


async def rated(world: World, client: Person, session: SessionId) -> None:
    answers = SurveyAnswers(expected=8, received=8, would_return=True, comment="Thanks")
    tell = TellAdmins(world.clock, frozenset())
    await AnswerSurvey(world.database.write, world.clock, tell)(
        client, session, answers, command=world.command()
    )


@pytest.mark.parametrize("hidden", ["before", "after"])
@pytest.mark.parametrize("side", ["client", "expert"])
async def test_another_session_is_not_suggested_to_who_is_not_to_meet(
    world: World, side: str, hidden: str
):
    mia, expert = await world.join(1, "Mia"), await ana(world)
    session = await met_once(world, mia)
    if hidden == "after":
        await rated(world, mia, session)
        assert "notice-rebook" in await world.planned()
    if side == "client":
        await hide(world)(mia, EXPERT, command="hide")
    else:
        await turn_away(world)(expert.id, mia.id, command="away")
    if hidden == "before":
        await rated(world, mia, session)
    assert "notice-rebook" not in await world.planned()
