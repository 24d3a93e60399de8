"""A client sees their money: payments, why an amount came back, codes, credit, gifts, tips."""

import re

import aiohttp
import pytest

from hourwise.player import Player, advance
from tests.journeys.conftest import Demo, NewPerson
from tests.journeys.test_story_booking import SAY, book_later, hold_later

MONEY = {
    "en": {
        "title": "Your payments", "menu": "My payments", "why": "Why this amount", "back": "This is why",
        "policy": "100 %", "price": "Price", "give": "Give a voucher", "gift": "Your gift of",
        "redeem": "Redeem a code", "ask": "Write the code", "credit": "are now your credit",
        "use": "Use my credit", "due": "To pay", "code": "I have a code", "none": "I do not know",
        "write": "Write your code", "receipt": "can I get an invoice?", "later": "send you a receipt",
    },
    "zh": {
        "title": "您的付款", "menu": "我的付款", "why": "为什么是这个金额", "back": "原因如下", "policy": "100%",
        "price": "价格", "give": "赠送礼品券", "gift": "礼品券已备好", "redeem": "兑换礼品码",
        "ask": "请输入礼品码", "credit": "已转为您的余额", "use": "使用余额", "due": "应付",
        "code": "我有优惠码", "none": "没有这个码", "write": "请输入优惠码",
        "receipt": "能开发票吗", "later": "收据和账单",
    },
}  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


async def cancel(mia: Player, language: str) -> None:
    say = SAY[language]
    await mia.says(say["sessions"])
    await mia.taps("Daniel Brooks")
    await mia.taps(say["cancel"])
    await mia.sees(say["ask"])
    await mia.taps(say["yes"])
    await mia.sees(say["cancelled"])


@both
async def test_a_refund_says_why_it_is_this_amount(member: NewPerson, language: str):
    words = MONEY[language]
    mia = await member("Mia", language)
    await book_later(mia, language)
    await cancel(mia, language)
    await mia.sees(SAY[language]["refunded"])
    await mia.taps(words["why"])
    shown = await mia.sees(words["back"])
    assert words["policy"] in shown
    await mia.says("/payments")
    await mia.sees(words["title"])
    await mia.taps("↩")
    await mia.sees(words["price"])


@both
async def test_paysupport_leads_to_the_payments(member: NewPerson, language: str):
    mia = await member("Mia", language)
    await mia.says("/paysupport")
    await mia.taps(MONEY[language]["menu"])
    await mia.sees(MONEY[language]["title"])


@both
async def test_a_gift_is_bought_handed_on_and_spent(member: NewPerson, language: str):
    words = MONEY[language]
    mia, ben = await member("Mia", language), await member("Ben", language)
    await mia.says("/payments")
    await mia.sees(words["title"])
    await mia.taps(words["give"])
    await mia.taps("100")
    await mia.sees("100")
    await mia.pays()
    gift = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", await mia.sees(words["gift"]))
    assert gift is not None
    await ben.says("/payments")
    await ben.sees(words["title"])
    await ben.taps(words["redeem"])
    await ben.sees(words["ask"])
    await ben.says(gift[0].lower())
    await ben.sees(words["credit"])
    await hold_later(ben, language)
    await ben.taps(words["use"])
    await ben.sees(SAY[language]["booked"])


@both
async def test_who_pays_asks_for_the_receipt_and_the_place_of_a_code_in_words(
    member: NewPerson, language: str
):
    words = MONEY[language]
    mia = await member("Mia", language)
    await hold_later(mia, language)
    await mia.says(words["receipt"])
    await mia.sees(words["later"])
    await mia.says(words["code"])
    await mia.sees(words["write"])
    await mia.taps(SAY[language]["back"])
    await mia.taps(words["code"])


@both
async def test_a_code_that_is_none_is_said_to_be(member: NewPerson, language: str):
    words = MONEY[language]
    mia = await member("Mia", language)
    await hold_later(mia, language)
    await mia.taps(words["code"])
    await mia.sees(words["write"])
    await mia.says("SAVE-1000")
    await mia.sees(words["none"])
    await mia.says(SAY[language]["sessions"])


async def test_all_webhooks_lost_and_every_payment_settles_within_15_minutes(
    member: NewPerson, demo: Demo
):
    mia, ben = await member("Mia", "en"), await member("Ben", "en")
    faults = f"{demo.url}/sandbox/api/faults"
    async with mia.http.post(faults, json={"drop_webhooks": True}) as answer:
        assert answer.status < 400
    try:
        for one in (mia, ben):
            await hold_later(one, "en")
            await one.pays()
        await advance(mia.http, demo.url, {"advance": "PT5M"})
        for one in (mia, ben):
            await one.sees("Booked and paid")
    finally:
        async with mia.http.delete(faults) as answer:
            assert answer.status < 400


@both
async def test_who_brings_a_friend_gets_credit_after_their_first_session(
    member: NewPerson, newcomer: NewPerson, demo: Demo, language: str
):
    mia = await member("Mia", language)
    await mia.says("/payments")
    await mia.taps("👋")
    link = re.search(r"start=(\w+)", await mia.sees("start="))
    assert link is not None
    ben = await newcomer("Ben", language)
    await ben.says(f"/start {link[1]}")
    await ben.taps("I agree" if language == "en" else "同意")
    await ben.says("Berlin")
    await book_later(ben, language)
    await advance(ben.http, demo.url, {"advance": "P15D"})
    await mia.sees("6.00")


@both
async def test_a_receipt_and_an_invoice_come_as_files(member: NewPerson, language: str):
    mia = await member("Mia", language)
    await book_later(mia, language)
    await mia.says("/payments")
    await mia.taps("60.00")
    await mia.sees(MONEY[language]["price"])
    for button, series in ((("Receipt", "收据"), "R-"), (("Invoice", "账单"), "I-")):
        await mia.taps(button[language == "zh"])
        await mia.gets_file(series)


async def test_the_card_page_of_a_shorter_hold_is_closed_by_call(member: NewPerson, demo: Demo):
    mia = await member("Mia", "en")
    await hold_later(mia, "en")
    page = re.search(r"/stripe/pay/([\w-]+)", str(mia.chat.shown()))
    assert page is not None
    await advance(mia.http, demo.url, {"advance": "PT17M"})
    address = f"{demo.url}/stripe/v1/checkout/sessions/{page[1]}"
    async with mia.http.get(address, headers={"Authorization": "Bearer sk_x"}) as answer:
        assert (await answer.json())["status"] == "expired"


async def test_a_dispute_is_told_to_the_admins_and_shown_under_the_payment(
    member: NewPerson, admin: Player
):
    mia = await member("Mia", "en")
    await hold_later(mia, "en")
    await mia.pays("dispute")
    await mia.sees("Booked and paid")
    await admin.sees("disputes $60.00")
    await mia.says("/payments")
    await mia.taps("60.00")
    await mia.sees("bank is looking into this payment")


@both
async def test_a_lost_dispute_over_a_session_ahead_cancels_it_and_tells_both_sides(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession, admin: Player, language: str
):
    daniel = Player(http, demo.url, 2001, "Daniel", lambda *_: None)
    await daniel.chat.update(wait=0)
    mia = await member("Mia", language)
    await hold_later(mia, language)
    await mia.pays("dispute")
    await mia.sees(SAY[language]["booked"])
    await admin.sees("disputes $60.00")
    await lose_newest_dispute(mia, demo)
    await admin.sees("is lost")
    await mia.sees({"en": "your bank took back", "zh": "您的银行收回了这笔付款"}[language])
    await daniel.sees("bank took the payment back")
    await mia.says(SAY[language]["sessions"])
    await mia.sees({"en": "(0 ahead)", "zh": "待进行 0 次"}[language])


async def lose_newest_dispute(mia: Player, demo: Demo) -> None:
    bearer = {"Authorization": "Bearer sk_x"}
    disputes = f"{demo.url}/stripe/v1/disputes"
    async with mia.http.get(disputes, headers=bearer) as answer:
        newest = (await answer.json())["data"][0]["id"]
    async with mia.http.post(f"{disputes}/{newest}/close", headers=bearer) as answer:
        assert answer.status == 200


async def test_a_tip_after_the_session_is_all_the_experts(
    member: NewPerson, demo: Demo, http: aiohttp.ClientSession
):
    daniel = Player(http, demo.url, 2001, "Daniel", lambda *_: None)
    mia = await member("Mia", "en")
    await book_later(mia, "en")
    await advance(mia.http, demo.url, {"advance": "P15D"})
    await daniel.chat.update(wait=0)
    daniel.acted()
    await mia.says("/payments")
    await mia.taps("60.00")
    await mia.sees("Number:")
    await mia.taps("Give a tip")
    await mia.sees("all of it is theirs")
    await mia.taps("$9.00")
    await mia.sees("You pay on the card page")
    await mia.pays()
    await daniel.sees("gave you a tip: $9.00")


@both
async def test_a_payment_in_the_chat_goes_back_the_way_it_came(member: NewPerson, language: str):
    mia = await member("Mia", language)
    await book_later(mia, language, "thirty")
    await cancel(mia, language)
    await mia.sees(SAY[language]["refunded"])
