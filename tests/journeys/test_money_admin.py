"""Experts see what they earned and are paid; admins refund, credit, freeze and pay out."""

import re

import aiohttp
import pytest

from hourwise.player import Player, advance
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_story_booking import book_later


@pytest.fixture
async def daniel(demo: Demo, http: aiohttp.ClientSession) -> Player:
    player = Player(http, demo.url, 2001, "Daniel", lambda *_: None)
    await player.chat.update(wait=0)
    player.acted()
    return player


async def payment_number(mia: Player) -> str:
    """What a client reads under their newest payment."""
    await mia.says("/payments")
    await mia.sees("Your payments")
    await mia.taps("US" if "US$" in mia.screen(1) else "$")
    found = re.search(r"Number: (\w{16})", await mia.sees("Number:"))
    assert found is not None
    return found[1]


async def look_up(admin: Player, number: str) -> None:
    """What there is of a client's Telegram id, or a payment's number."""
    await admin.says("/admin")
    await admin.sees("Admin")
    await admin.taps("Money")
    await admin.sees("Write a client's Telegram id")
    await admin.says(number)


async def open_payment(admin: Player, number: str) -> None:
    await look_up(admin, number)
    await admin.sees(number)


async def test_an_admin_refunds_a_part_with_a_reason(member: NewPerson, admin: Player):
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    await open_payment(admin, await payment_number(mia))
    await admin.taps("Refund")
    await admin.sees("How much goes back?")
    await admin.says("a lot")
    await admin.sees("That is no amount")
    await admin.says("12.50")
    await admin.sees("Why?")
    await admin.says("bad line " * 100)
    await admin.sees("at most 300 characters")
    await admin.says("bad line")
    asked = await admin.sees("Refund: $12.50")
    assert "bad line" in asked
    assert "About: Mia" in asked
    await admin.taps("Yes, do it")
    await admin.sees("noted in the audit log")
    await mia.sees("is on its way back")
    await mia.taps("Why this amount")
    assert "bad line" in await mia.sees("This is why")


async def test_what_is_held_back_says_why_until_it_is_let_go(
    member: NewPerson, admin: Player, demo: Demo
):
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    number = await payment_number(mia)
    await advance(mia.http, demo.url, {"advance": "P14D"})
    await open_payment(admin, number)
    await admin.taps("Hold back")
    await admin.sees("Why?")
    await admin.says("the client <complained>")
    await admin.sees("Held back: the client <complained>")
    await admin.taps("Let it be paid out")
    await admin.sees("Price:")
    assert "Held back" not in admin.screen(1)
    assert "Hold back" in " ".join(admin.button_labels())


async def test_more_than_was_paid_is_refused_and_nothing_happens(member: NewPerson, admin: Player):
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    await open_payment(admin, await payment_number(mia))
    await admin.taps("Refund")
    await admin.sees("How much goes back?")
    await admin.says("400")
    await admin.sees("more than what is left")
    await admin.says("12.50")
    await admin.sees("Why?")
    await mia.never_sees("is on its way back")


async def test_an_admin_gives_credit_to_a_person(member: NewPerson, admin: Player):
    mia = await member("Mia", "en")
    await look_up(admin, str(mia.id))
    await admin.sees("Credit:")
    await admin.taps("Give credit")
    await admin.sees("How much credit?")
    await admin.says("25")
    await admin.sees("with its currency")
    await admin.says("25 USD")
    await admin.sees("Why?")
    await admin.taps("Back")
    await admin.sees("How much credit?")
    await admin.taps("Back")
    await admin.sees(f"👤 {mia.name}")
    await admin.taps("Give credit")
    await admin.says("25 USD")
    await admin.sees("Why?")
    await admin.says("sorry for the wait")
    await admin.sees("Credit: $25.00")
    await admin.taps("Yes, do it")
    await admin.sees("noted in the audit log")
    assert "$25.00" in await mia.sees("more as credit")
    await mia.says("/payments")
    await mia.sees("$25.00")


async def test_credit_is_taken_back_with_a_reason_and_not_more_than_is_there(
    member: NewPerson, admin: Player
):
    mia = await member("Mia", "en")
    await look_up(admin, str(mia.id))
    await admin.sees("Credit: —")
    assert "Take credit back" not in " ".join(admin.button_labels())
    await admin.taps("Give credit")
    await admin.says("25 USD")
    await admin.says("for the wrong client")
    await admin.taps("Yes, do it")
    await admin.sees("noted in the audit log")
    await admin.taps("Back")
    await admin.sees("Credit: $25.00")
    await admin.taps("Take credit back")
    await admin.sees("$25.00")
    await admin.says("26")
    await admin.sees("not enough left")
    await admin.says("20")
    await admin.sees("Why?")
    await admin.taps("Back")
    await admin.sees("How much is taken back?")
    await admin.says("20")
    await admin.says("it was for somebody else")
    assert "About: Mia" in await admin.sees("Credit taken back: $20.00")
    await admin.taps("Yes, do it")
    await admin.sees("noted in the audit log")
    told = await mia.sees("$20.00 of your credit")
    assert "it was for somebody else" in told
    await mia.says("/payments")
    assert "$5.00" in await mia.sees("Your credit")


async def test_a_number_that_is_no_payments_is_said_to_be_none(admin: Player):
    await look_up(admin, "0123456789abcdef")
    assert "booking" not in await admin.sees("no payment with this number")


async def test_over_the_limit_an_only_admin_is_told_that_nobody_can_agree(
    member: NewPerson, admin: Player
):
    mia = await member("Mia", "en")
    await look_up(admin, str(mia.id))
    await admin.sees("Credit:")
    await admin.taps("Give credit")
    await admin.sees("How much credit?")
    await admin.says("20001 USD")
    await admin.sees("Why?")
    await admin.says("very sorry")
    await admin.sees("Credit: $20,001.00")
    await admin.taps("Yes, do it")
    await admin.sees_popup("no other one has started this bot")
    await mia.says("/payments")
    assert "20,001" not in await mia.sees("Your payments")


async def test_the_expert_sees_each_split_and_is_paid_by_hand(
    member: NewPerson, admin: Player, daniel: Player, demo: Demo
):
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    await advance(mia.http, demo.url, {"advance": "P15D"})
    await daniel.says("/menu")
    await daniel.sees("what can I do for you?")
    await daniel.taps("My calendar as an expert")
    await daniel.taps("My earnings")
    await daniel.sees("Payable:")
    await daniel.taps("payable")
    assert "The client paid: $60.00" in await daniel.sees("Yours: $51.00")
    await daniel.taps("Back")
    await daniel.sees("Payable:")
    await daniel.taps("Yearly statements")
    await daniel.gets_file("earnings-")
    await admin.says("/admin")
    await admin.sees("Admin")
    await admin.taps("Money")
    await admin.taps("Payable to experts")
    await admin.sees("Payable to experts")
    await admin.taps("Daniel Brooks · $")
    await admin.sees("By what can the bank transfer be found?")
    await admin.says("SEPA 4711")
    await admin.sees("Why?")
    await admin.says("monthly payout")
    await admin.sees("Payout by hand: $")
    await admin.taps("Yes, do it")
    await daniel.sees("SEPA 4711")


async def test_an_expert_opens_an_account_and_transfers_come_by_themselves(
    member: NewPerson, daniel: Player, demo: Demo
):
    await daniel.says("/menu")
    await daniel.sees("what can I do for you?")
    await daniel.taps("My calendar as an expert")
    await daniel.taps("My earnings")
    await daniel.sees("Earnings of Daniel Brooks")
    await daniel.taps("Account for transfers")
    link = re.search(r"http\S+/stripe/onboard/\w+", await daniel.sees("Here you open"))
    assert link is not None
    async with daniel.http.post(link[0]) as answer:
        assert answer.status < 400
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    daniel.acted()
    await advance(mia.http, demo.url, {"advance": "P15D"})
    await daniel.sees("on their way to you. Reference: tr_")
