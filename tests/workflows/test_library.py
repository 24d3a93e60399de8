"""The library: what each purchase, listing and end does to the money, to what people have and to
what is said."""

import asyncio

import pytest
from sqlalchemy import select

from booking import service as booking
from booking.question_model import WrittenOffer
from catalogue import service as catalogue
from catalogue.errors import (
    AlreadyOwned,
    ConsentMissing,
    ItemIncomplete,
    ItemMoved,
    NotForSale,
    SourceMissing,
    UnknownItem,
)
from catalogue.model import Item, ItemState, Kind, Rights
from kernel.money import Money
from payments import ledger, ledger_check
from payments import service as payments
from payments.approvals import MoneyAction
from payments.errors import AlreadyPaid, AmountNotPossible, PriceChanged
from payments.model import DisputeState, FetchedDispute, Payment, RefundTo
from payments.offers_of_money import PromoCode
from payments.rails.card import CardRail
from people import service as people
from people.model import Person
from storage import activity
from storage.admin import AuditRow
from storage.engine import Database
from tests.booking.builders import EXPERT
from tests.workflows.builders import LINK, World
from workflows.admin_money import AdminMoney
from workflows.card_events import FollowDispute
from workflows.cashier import Cashier
from workflows.checkout import CheckBeforePaying
from workflows.library import Library, NotFree, ordered_item
from workflows.pay_less import PayLess
from workflows.privacy import EraseMe, ExportMyData
from workflows.recommend_items import RecommendItems
from workflows.reconcile import GiveUpUnpaid
from workflows.review_items import ReviewItems
from workflows.settle_payment import SettlePayment, TakeTelegramPayment, TelegramPaid
from workflows.tell_admins import TellAdmins
from workflows.write_items import Author, PublishAnswers, WriteItems
from workflows.written_questions import WrittenQuestions

ADMIN = 9001
STARS = Money(200, "XTR")
ANA = Author(EXPERT, 77)
US = Author(None, ADMIN)


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    await found.join(ADMIN, "Admin")
    return found


def cashier(world: World) -> Cashier:
    cards = CardRail(key="sk_x", webhook_secret="x", return_to="x", api="http://127.0.0.1:9")
    return Cashier(world.database.write, cards, "")


def library(world: World) -> Library:
    return Library(world.database.write, world.clock, cashier(world), world.terms)


def writing(world: World) -> WriteItems:
    return WriteItems(world.database.write, world.clock, TellAdmins(world.clock, [ADMIN]))


def review(world: World) -> ReviewItems:
    return ReviewItems(world.database.write, world.clock)


async def written(
    world: World, author: Author = ANA, *, price: Money = STARS, kind: Kind = Kind.ARTICLE,
    text: str = "All that I know.",
) -> Item:  # fmt: skip
    """A complete draft."""
    items = writing(world)
    item = await items.begin(author, kind, "job-change", command=world.command())
    await items.title(author, item.id, "en", "Change your job", command=world.command())
    await items.add_text(author, item.id, "en", text, anew=True, command=world.command())
    await items.price(author, item.id, price, command=world.command())
    return await items.declare(author, item.id, Rights.OWN, command=world.command())


async def listed(world: World, author: Author = ANA, **item: object) -> Item:
    """The same, approved where it has to be."""
    draft = await written(world, author, **item)  # type: ignore[arg-type]
    sent = await writing(world).submit(author, draft.id, command=world.command())
    if sent.state is ItemState.REVIEW:
        await approved(world, sent)
    return draft


async def approved(world: World, sent: Item) -> None:
    await review(world).approve(ADMIN, sent.id, version=sent.version, command=world.command())


async def ordered(world: World, who: Person, item: Item) -> Payment:
    return (await library(world).buy(who, item.id)).payment


async def came(world: World, payment: Payment, charge: str = "c1") -> None:
    """Telegram tells that an item is paid."""
    write = world.database.write
    settle = SettlePayment(write, world.clock, LINK)
    paid = TelegramPaid(payment.payload, charge, "", payment.amount, 1)
    await TakeTelegramPayment(write, world.clock, settle)(paid)


async def has(world: World, who: Person) -> list[str]:
    return [one.item.id for one in await library(world).mine(who.id)]


async def balances(world: World) -> dict[str, int]:
    """What is not zero; the books are right."""
    async with world.database.read() as db:
        assert (await ledger_check.check(db))["problems"] == []
        found = await ledger.balances(db)
    return {account: total for (account, _), total in found.items() if total}


async def refunds(world: World) -> list[tuple[Money, RefundTo]]:
    async with world.database.read() as db:
        return [(one.amount, one.to) for one, _ in await payments.refunds_due(db)]


async def test_what_is_bought_is_theirs_at_once_and_its_expert_has_earned(world: World):
    mia = await world.join(1, "Mia")
    item = await listed(world)
    await came(world, await ordered(world, mia, item))
    assert await has(world, mia) == [item.id]
    assert await balances(world) == {
        "processor:stars": 200, f"expert:{EXPERT}": -170, "revenue": -30,
    }  # fmt: skip
    planned = await world.planned()
    assert planned.count("notice-item-yours") == 1
    assert planned.count("item-text") == 1
    assert planned.count("notice-item-sold") == 1
    async with world.database.read() as db:
        did = [(one.verb, one.about) for one in await activity.of(db, mia.id)]
    assert ("got_item", item.id) in did


async def test_the_same_payment_told_twice_sells_once(world: World):
    mia = await world.join(1, "Mia")
    payment = await ordered(world, mia, await listed(world))
    await came(world, payment)
    await came(world, payment)
    assert (await balances(world))["processor:stars"] == 200
    assert (await world.planned()).count("notice-item-yours") == 1


async def test_pay_tapped_twice_is_one_order_and_what_is_theirs_is_not_sold_again(world: World):
    mia = await world.join(1, "Mia")
    item = await listed(world)
    first = await ordered(world, mia, item)
    assert (await ordered(world, mia, item)).id == first.id
    await came(world, first)
    with pytest.raises(AlreadyOwned):
        await ordered(world, mia, item)


async def reopened(world: World, who: Person, item: Item, closed: Payment) -> Payment:
    """Another order, as after a card page that was closed."""
    async with world.database.write.begin() as db:
        page = await payments.opened(db, closed, reference="page", url="https://pay.example")
        await payments.close_page(db, page)
    return await ordered(world, who, item)


async def with_credit(world: World, amount: Money) -> Person:
    mia = await world.join(1, "Mia")
    async with world.database.write.begin() as db:
        await payments.grant(db, mia.id, amount, key="k", reason="sorry", now=world.now)
    return mia


def less(world: World) -> PayLess:
    write = world.database.write
    settle = SettlePayment(write, world.clock, LINK)
    return PayLess(write, world.clock, cashier(world).cards, settle, world.terms)


async def credit_left(world: World, who: Person) -> list[Money]:
    async with world.database.read() as db:
        return await payments.credit_of(db, who.id)


async def test_credit_pays_an_item_once_however_often_it_is_tapped(world: World):
    mia = await with_credit(world, Money(500, "XTR"))
    item = await listed(world)
    await ordered(world, mia, item)
    taps = [less(world).item_by_credit(mia, item.id, command=world.command()) for _ in range(3)]
    done = await asyncio.gather(*taps, return_exceptions=True)
    assert sum(one is None for one in done) == 1
    assert {type(one) for one in done if one is not None} <= {AlreadyOwned, AlreadyPaid}
    assert await has(world, mia) == [item.id]
    assert await credit_left(world, mia) == [Money(300, "XTR")]
    assert (await balances(world))[f"expert:{EXPERT}"] == -170
    assert (await world.planned()).count("notice-item-yours") == 1


async def test_a_code_and_a_part_of_credit_leave_the_rest_to_the_rail(world: World):
    mia = await with_credit(world, Money(30, "XTR"))
    item = await listed(world)
    before = await ordered(world, mia, item)
    async with world.database.write.begin() as db:
        await payments.save_code(db, PromoCode("HALF", per_mille=500))
    await less(world).item_by_code(mia, item.id, "half", command=world.command())
    await less(world).item_by_credit(mia, item.id, command=world.command())
    after = await ordered(world, mia, item)
    assert (after.id, after.discount, after.amount) == (
        before.id, Money(100, "XTR"), Money(70, "XTR"),
    )  # fmt: skip
    check = CheckBeforePaying(world.database.read, world.clock)
    with pytest.raises(PriceChanged):
        await check(before.payload, payer=mia.id, minor=200, currency="XTR")
    await came(world, after)
    assert await has(world, mia) == [item.id]
    assert (await balances(world))[f"expert:{EXPERT}"] == -85


async def test_what_was_set_aside_for_an_item_is_free_again_after_a_day(world: World):
    mia = await with_credit(world, Money(30, "XTR"))
    item = await listed(world)
    await less(world).item_by_credit(mia, item.id, command=world.command())
    before = await ordered(world, mia, item)
    give_up = GiveUpUnpaid(world.database.write, world.clock)
    for hours, left in [(0, []), (23, []), (1, [Money(30, "XTR")])]:
        world.later(hours=hours)
        await give_up()
        assert await credit_left(world, mia) == left
    assert (await ordered(world, mia, item)).id != before.id
    await balances(world)


async def test_a_second_payment_of_the_same_thing_goes_back(world: World):
    mia = await world.join(1, "Mia")
    item = await listed(world)
    first = await ordered(world, mia, item)
    second = await reopened(world, mia, item, first)
    await came(world, first, "c1")
    check = CheckBeforePaying(world.database.read, world.clock)
    with pytest.raises(AlreadyOwned):
        await check(second.payload, payer=mia.id, minor=200, currency="XTR")
    await came(world, second, "c2")
    assert await refunds(world) == [(STARS, RefundTo.RAIL)]
    assert "notice-item-not-sold" in await world.planned()
    assert (await balances(world))[f"expert:{EXPERT}"] == -170


async def test_two_payments_of_one_thing_at_the_same_moment_sell_it_once(world: World):
    mia = await world.join(1, "Mia")
    item = await listed(world)
    first = await ordered(world, mia, item)
    second = await reopened(world, mia, item, first)
    await asyncio.gather(came(world, first, "c1"), came(world, second, "c2"))
    assert await has(world, mia) == [item.id]
    assert await refunds(world) == [(STARS, RefundTo.RAIL)]
    assert (await balances(world))[f"expert:{EXPERT}"] == -170


async def test_what_is_withdrawn_before_it_is_paid_is_not_sold(world: World):
    mia = await world.join(1, "Mia")
    item = await listed(world)
    payment = await ordered(world, mia, item)
    await writing(world).withdraw(ANA, item.id, command=world.command())
    check = CheckBeforePaying(world.database.read, world.clock)
    with pytest.raises(NotForSale):
        await check(payment.payload, payer=mia.id, minor=200, currency="XTR")
    await came(world, payment)
    assert await has(world, mia) == []
    assert await balances(world) == {"processor:stars": 200, "refunds": -200}


async def test_who_wrote_it_is_told_why_an_admin_took_it_off(world: World):
    item = await listed(world)
    command = world.command()
    for _ in range(2):
        await review(world).withdraw(ADMIN, item.id, "outdated", command=command)
    assert (await world.planned()).count("notice-item-withdrawn") == 1
    assert (await review(world).one(item.id)).item.note == "outdated"


async def test_what_was_bought_stays_readable_when_it_is_withdrawn(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    item = await listed(world)
    await came(world, await ordered(world, mia, item))
    await writing(world).withdraw(ANA, item.id, command=world.command())
    shelf = library(world)
    assert (await shelf.page(mia.id, item.id)).owned is not None
    await shelf.send_again(mia, item.id, command=world.command())
    assert (await world.planned()).count("item-text") == 2
    with pytest.raises(UnknownItem):
        await shelf.page(ben.id, item.id)
    with pytest.raises(NotForSale):
        await shelf.buy(ben, item.id)


async def test_what_the_operator_sells_is_the_operators_and_goes_back_whole(world: World):
    mia = await world.join(1, "Mia")
    item = await listed(world, US)
    payment = await ordered(world, mia, item)
    await came(world, payment)
    assert await balances(world) == {"processor:stars": 200, "revenue": -200}
    async with world.database.write.begin() as db:
        await payments.request_refund(db, payment.id, STARS, reason="x", now=world.now)
    assert await balances(world) == {"processor:stars": 200, "refunds": -200}


async def test_what_an_admin_refunds_whole_is_theirs_no_more_and_can_be_bought_again(
    world: World,
):
    mia = await world.join(1, "Mia")
    item = await listed(world)
    payment = await ordered(world, mia, item)
    await came(world, payment)
    money = AdminMoney(world.database.write, world.clock, TellAdmins(world.clock, [ADMIN]), 0)
    action = MoneyAction("refund", payment.id, STARS, "broken")
    assert await money(ADMIN, action, command=world.command())
    assert await has(world, mia) == []
    assert await balances(world) == {"processor:stars": 200, "refunds": -200}
    assert (await ordered(world, mia, item)).id != payment.id


async def test_what_a_bank_took_the_money_of_back_is_theirs_no_more(world: World):
    mia = await world.join(1, "Mia")
    price = Money(5_00, "USD")
    item = await listed(world, price=price)
    async with world.database.write.begin() as db:
        _, payment = await ordered_item(db, mia.id, item.id, terms=world.terms, now=world.now)
    settle = SettlePayment(world.database.write, world.clock, LINK)
    await settle(payment.id, charge="pi_1", amount=price)
    assert await has(world, mia) == [item.id]
    lost = FetchedDispute("dp", "pi_1", price, Money(15_00, "USD"), DisputeState.LOST)
    async with world.database.write.begin() as db:
        await FollowDispute(world.clock, TellAdmins(world.clock, [ADMIN]))(db, lost)
    assert await has(world, mia) == []
    await balances(world)


async def test_what_is_free_is_taken_once_and_costs_nothing(world: World):
    mia = await world.join(1, "Mia")
    item = await listed(world, price=Money(0, "XTR"))
    paid_for = await listed(world)
    command = world.command()
    for _ in range(2):
        await library(world).take(mia, item.id, command=command)
    with pytest.raises(AlreadyOwned):
        await library(world).take(mia, item.id, command=world.command())
    with pytest.raises(NotFree):
        await library(world).take(mia, paid_for.id, command=world.command())
    assert await has(world, mia) == [item.id]
    assert await balances(world) == {}


async def test_an_item_is_given_back_changed_and_approved_with_its_audit(world: World):
    draft = await written(world)
    items, look = writing(world), review(world)
    sent = await items.submit(ANA, draft.id, command=world.command())
    assert [one.id for one in await look.waiting()] == [draft.id]
    with pytest.raises(ItemMoved):
        await items.title(ANA, draft.id, "en", "Another", command=world.command())
    await look.give_back(ADMIN, draft.id, "too short", command=world.command())
    assert (await items.one(ANA, draft.id)).item.note == "too short"
    await items.add_text(ANA, draft.id, "en", "More.", anew=False, command=world.command())
    with pytest.raises(ItemMoved):
        await approved(world, sent)
    sent = await items.submit(ANA, draft.id, command=world.command())
    with pytest.raises(ItemMoved):
        # what this admin saw was another version of it
        await look.approve(ADMIN, draft.id, version=sent.version - 1, command=world.command())
    command = world.command()
    for _ in range(2):
        await look.approve(ADMIN, draft.id, version=sent.version, command=command)
    found = (await items.one(ANA, draft.id)).item
    assert found.state is ItemState.LISTED
    assert found.words["en"].text == "All that I know.\n\nMore."
    with pytest.raises(ItemMoved):
        await items.price(ANA, draft.id, Money(1, "XTR"), command=world.command())
    planned = await world.planned()
    assert planned.count("notice-item-review") == 2
    assert "notice-item-given-back" in planned
    assert planned.count("notice-item-approved") == 1
    async with world.database.read() as db:
        noted = (await db.scalars(select(AuditRow.action).order_by(AuditRow.id))).all()
    assert noted == ["item-given-back", "item-approved"]


async def test_nothing_is_listed_without_its_rights(world: World):
    items = writing(world)
    draft = await items.begin(ANA, Kind.ARTICLE, "job-change", command=world.command())
    await items.title(ANA, draft.id, "en", "Change", command=world.command())
    await items.add_text(ANA, draft.id, "en", "Text", anew=True, command=world.command())
    await items.price(ANA, draft.id, STARS, command=world.command())
    with pytest.raises(ItemIncomplete):
        await items.submit(ANA, draft.id, command=world.command())
    await items.declare(ANA, draft.id, Rights.LICENSED, " ", command=world.command())
    with pytest.raises(SourceMissing):
        await items.submit(ANA, draft.id, command=world.command())
    await items.declare(ANA, draft.id, Rights.LICENSED, "CC BY", command=world.command())
    await items.submit(ANA, draft.id, command=world.command())


async def test_one_author_cannot_touch_anothers(world: World):
    draft = await written(world)
    with pytest.raises(UnknownItem):
        await writing(world).withdraw(US, draft.id, command=world.command())


async def test_a_price_that_no_rail_takes_is_refused(world: World):
    draft = await written(world)
    with pytest.raises(AmountNotPossible):
        await writing(world).price(ANA, draft.id, Money(10, "USD"), command=world.command())


async def test_a_course_is_read_lesson_by_lesson_and_remembers_where(world: World):
    mia = await world.join(1, "Mia")
    draft = await written(world, kind=Kind.COURSE, text="One\nThe first.", price=Money(0, "XTR"))
    await writing(world).add_text(
        ANA, draft.id, "en", "Two\nThe second.", anew=False, command=world.command()
    )
    await approved(world, await writing(world).submit(ANA, draft.id, command=world.command()))
    shelf = library(world)
    with pytest.raises(UnknownItem):
        await shelf.read(mia, draft.id)
    await shelf.take(mia, draft.id, command=world.command())
    assert (await shelf.read(mia, draft.id)).lesson.text == "The first."
    assert (await shelf.turn_to(mia, draft.id, 1)).lesson.title == "Two"
    assert (await shelf.read(mia, draft.id)).place == 1
    assert (await shelf.turn_to(mia, draft.id, 7)).place == 1
    assert "notice-item-course" in await world.planned()


async def answered(world: World, client: Person) -> str:
    """A question that Ana answered; its id."""
    async with world.database.write.begin() as db:
        await booking.save_written_offer(db, WrittenOffer(EXPERT, STARS, "stars"))
    questions = WrittenQuestions(world.database.write, world.clock, cashier(world), world.terms)
    text = "This is Mia. Dear Ana, should I leave?"
    draft = await questions.draft(client, EXPERT, text, command=world.command())
    await came(world, (await questions.pay(client, draft.id)).payment, "q1")
    ana = await world.join(77, "Ana")
    await questions.answer(ana.id, draft.id, "Yes, Mia.", command=world.command())
    return draft.id


async def proposed(world: World, client: Person) -> Item:
    """A complete draft made of an answered question."""
    question = await answered(world, client)
    answers, items = PublishAnswers(world.database.write, world.clock), writing(world)
    assert [one.id for one in await answers.answered(EXPERT)] == [question]
    draft = await answers.begin(
        ANA, question, "job-change", "en", "Should I leave?", command=world.command()
    )
    assert await answers.answered(EXPERT) == []
    await items.price(ANA, draft.id, STARS, command=world.command())
    await items.declare(ANA, draft.id, Rights.OWN, command=world.command())
    await answers.ask_consent(ANA, draft.id, command=world.command())
    return draft


async def test_an_answer_is_public_only_without_names_and_with_consent(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    draft = await proposed(world, mia)
    assert "Mia" not in draft.words["en"].text
    assert "Ana" not in draft.words["en"].text
    assert "notice-item-consent" in await world.planned()
    with pytest.raises(ConsentMissing):
        await writing(world).submit(ANA, draft.id, command=world.command())
    answers = PublishAnswers(world.database.write, world.clock)
    with pytest.raises(UnknownItem):
        await answers.agree(ben.id, draft.id, draft.mark, command=world.command())
    await answers.agree(mia.id, draft.id, draft.mark, command=world.command())
    assert "notice-item-agreed" in await world.planned()
    await writing(world).submit(ANA, draft.id, command=world.command())


async def test_a_text_that_changes_after_the_consent_needs_it_again(world: World):
    mia = await world.join(1, "Mia")
    draft = await proposed(world, mia)
    answers = PublishAnswers(world.database.write, world.clock)
    await answers.agree(mia.id, draft.id, draft.mark, command=world.command())
    await writing(world).add_text(
        ANA, draft.id, "en", "By the way, it was Mia.", anew=False, command=world.command()
    )
    with pytest.raises(ConsentMissing):
        await writing(world).submit(ANA, draft.id, command=world.command())


async def test_who_agrees_while_the_words_change_agrees_to_nothing_they_have_not_read(
    world: World,
):
    mia = await world.join(1, "Mia")
    read = await proposed(world, mia)
    answers, items = PublishAnswers(world.database.write, world.clock), writing(world)
    async with world.database.read() as db:
        before = await catalogue.item(db, read.id)
    await items.add_text(ANA, read.id, "en", "It was Mia.", anew=False, command=world.command())
    with pytest.raises(ItemMoved):
        # in the middle of agreeing: the item was read before the change
        async with world.database.write.begin() as db:
            await catalogue.agree(db, before, mia.id, mark=read.mark, now=world.now)
    with pytest.raises(ItemMoved):
        await answers.agree(mia.id, read.id, read.mark, command=world.command())
    for number in range(10):
        shown = (await items.one(ANA, read.id)).item
        text = f"Change {number}."
        edit = items.add_text(ANA, read.id, "en", text, anew=False, command=world.command())
        agree = answers.agree(mia.id, read.id, shown.mark, command=world.command())
        edited, _ = await asyncio.gather(edit, agree, return_exceptions=True)
        now = (await items.one(ANA, read.id)).item
        assert (text in now.words["en"].text) is not isinstance(edited, ItemMoved)
        assert now.agreed_at is None or now.mark == shown.mark


async def test_a_refused_answer_leaves_nothing_behind(world: World):
    mia = await world.join(1, "Mia")
    draft = await proposed(world, mia)
    answers = PublishAnswers(world.database.write, world.clock)
    await answers.refuse(mia.id, draft.id, command=world.command())
    assert await writing(world).mine(ANA) == []
    assert "notice-item-refused" in await world.planned()


async def test_who_is_erased_leaves_no_trace_in_the_library(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    draft = await proposed(world, mia)
    answers = PublishAnswers(world.database.write, world.clock)
    await answers.agree(mia.id, draft.id, draft.mark, command=world.command())
    await approved(world, await writing(world).submit(ANA, draft.id, command=world.command()))
    await came(world, await ordered(world, ben, draft), "b1")
    own = await listed(world, price=Money(0, "XTR"))
    await library(world).take(mia, own.id, command=world.command())
    assert own.id in await ExportMyData(world.database.write)(mia)
    await EraseMe(world.database.write, world.clock)(mia)
    assert await has(world, mia) == []
    assert await has(world, ben) == [draft.id]
    found = (await writing(world).one(ANA, draft.id)).item
    assert (found.state, found.asked_by) == (ItemState.WITHDRAWN, None)


async def test_an_expert_who_leaves_sells_nothing_more_and_readers_keep_what_they_have(
    world: World,
):
    mia = await world.join(1, "Mia")
    item = await listed(world, price=Money(0, "XTR"))
    waiting = await written(world)
    await writing(world).submit(ANA, waiting.id, command=world.command())
    await library(world).take(mia, item.id, command=world.command())
    async with world.database.read() as db:
        ana = await people.by_telegram(db, 77)
    assert ana is not None
    await EraseMe(world.database.write, world.clock)(ana)
    assert await library(world).topics() == {}
    assert await review(world).waiting() == []
    assert await has(world, mia) == [item.id]
    assert (await library(world).page(mia.id, item.id)).owned is not None


async def for_you(world: World, who: Person) -> list[tuple[str, str]]:
    found = await RecommendItems(world.database.read, world.clock)(who)
    return [(one.item.id, one.reason.key) for one in found]


async def asks_about(world: World, who: Person, topic: str) -> None:
    async with world.database.write.begin() as db:
        await activity.record(
            db, who.id, "answered_questionnaire", at=world.now, about=topic,
            profiling=who.profiling,
        )  # fmt: skip


async def test_who_is_not_profiled_is_suggested_only_what_they_asked_for(world: World):
    mia = await world.join(1, "Mia")
    free = Money(0, "XTR")
    first, second = await listed(world, price=free), await listed(world, price=free)
    await library(world).take(mia, first.id, command=world.command())
    assert await for_you(world, mia) == [(second.id, "reason-item-like-got")]
    async with world.database.write.begin() as db:
        mia = await people.stop_profiling(db, mia.id)
    assert await for_you(world, mia) == []
    await asks_about(world, mia, "job-change")
    assert await for_you(world, mia) == [(second.id, "reason-item-asked")]


async def test_health_is_neither_suggested_nor_a_reason(world: World):
    mia = await world.join(1, "Mia")
    items, free = writing(world), Money(0, "XTR")
    private = await items.begin(US, Kind.ARTICLE, "psychology", command=world.command())
    await items.title(US, private.id, "en", "Sleep", command=world.command())
    await items.add_text(US, private.id, "en", "Text", anew=True, command=world.command())
    await items.price(US, private.id, free, command=world.command())
    await items.declare(US, private.id, Rights.OWN, command=world.command())
    await items.submit(US, private.id, command=world.command())
    await asks_about(world, mia, "psychology")
    await library(world).note_view(mia, private.id, command=world.command())
    assert await for_you(world, mia) == []
