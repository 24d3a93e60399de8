"""The chat page in a real browser."""

import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from tests.sandbox.kit import DANIEL, MIA, TOKEN, Sandbox

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[Page]:
    """The chat page, open; an error in its scripts fails the test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(sandbox.url)
        await expect(page.get_by_test_id("phone-admin")).to_be_visible()
        yield page
        await browser.close()
        assert errors == []


@pytest.fixture
def mia(page: Page) -> Locator:
    """The client's phone."""
    return page.get_by_test_id("phone-client")


async def test_a_person_writes_and_taps(sandbox: Sandbox, page: Page, mia: Locator) -> None:
    await mia.get_by_test_id("input").fill("hello <b>there</b>")
    await mia.get_by_test_id("send").click()
    await expect(mia.get_by_test_id("message-mine")).to_contain_text("hello <b>there</b>")
    assert (await sandbox.last_update())["message"]["text"] == "hello <b>there</b>"
    keyboard = {"inline_keyboard": [[{"text": "Tap me", "callback_data": "t"}]]}
    sent = await sandbox.call(
        "sendMessage",
        chat_id=MIA,
        text='<b>bold</b> <a href="https://a.example">link</a>',
        parse_mode="HTML",
        reply_markup=keyboard,
    )
    await expect(mia.locator(".bubble b")).to_have_text("bold")
    await expect(mia.locator(".bubble a")).to_have_attribute("href", "https://a.example/")
    await mia.get_by_role("button", name="Tap me").click()
    (update,) = await sandbox.updates(offset=100_000_002, timeout=10)
    query = update["callback_query"]
    await sandbox.call("answerCallbackQuery", callback_query_id=query["id"], text="Tapped")
    await expect(mia.get_by_test_id("toast")).to_have_text("Tapped")
    where = {"chat_id": MIA, "message_id": sent["message_id"]}
    await sandbox.call("editMessageText", **where, text="changed")
    await expect(mia.get_by_test_id("message")).to_contain_text("changed")
    await sandbox.call("deleteMessage", **where)
    await expect(mia.get_by_test_id("message")).to_have_count(0)


async def test_an_invoice_is_paid(sandbox: Sandbox, page: Page, mia: Locator) -> None:
    await sandbox.call(
        "sendInvoice",
        chat_id=MIA,
        title="An hour",
        description="With an expert",
        payload="p",
        currency="XTR",
        prices=[{"label": "a", "amount": 50}],
    )
    await mia.get_by_role("button", name="Pay ⭐️50").click()
    await page.get_by_test_id("pay-pay").click()
    (update,) = await sandbox.updates(timeout=10)
    query_id = update["pre_checkout_query"]["id"]
    await sandbox.call("answerPreCheckoutQuery", pre_checkout_query_id=query_id, ok=True)
    await expect(mia.get_by_test_id("service")).to_have_text("You paid ⭐️ 50")
    await expect(mia.get_by_test_id("invoice")).to_contain_text("paid")


async def test_reply_keyboards_files_and_commands(
    sandbox: Sandbox, page: Page, mia: Locator
) -> None:
    rows = [[{"text": "My place", "request_location": True}], ["Later"]]
    await sandbox.call("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    await sandbox.call("sendMessage", chat_id=MIA, text="Where?", reply_markup={"keyboard": rows})
    await mia.get_by_role("button", name="My place").click()
    await expect(mia.get_by_test_id("message-mine")).to_contain_text("Location")
    await sandbox.http.post(
        f"/telegram/bot{TOKEN}/sendDocument",
        data={"chat_id": str(MIA), "caption": "the calendar"},
        files={"document": ("session.ics", b"BEGIN:VCALENDAR")},
    )
    async with page.expect_download() as download:
        await mia.get_by_test_id("document").click()
    assert (await download.value).suggested_filename == "session.ics"
    await mia.get_by_test_id("attach").click()
    await mia.get_by_role("button", name="Sample photo").click()
    await expect(mia.get_by_test_id("photo")).to_be_visible()
    await mia.get_by_test_id("menu").click()
    await mia.get_by_role("button", name="/help Help").click()
    await expect(mia.get_by_role("log").get_by_text("/help")).to_be_visible()
    await sandbox.call(
        "sendMessage", chat_id=MIA, text="Fine", reply_markup={"remove_keyboard": True}
    )
    await expect(mia.get_by_test_id("reply-keyboard")).to_be_hidden()


async def test_language_block_and_people(sandbox: Sandbox, page: Page, mia: Locator) -> None:
    await mia.get_by_test_id("language").select_option("zh")
    await expect(mia.get_by_test_id("toast")).to_contain_text("中文")
    await mia.get_by_test_id("start").click()
    assert (await _last_of(sandbox, 1))["message"]["from"]["language_code"] == "zh"
    await mia.get_by_test_id("block").click()
    await expect(mia.get_by_test_id("start")).to_have_text("Restart bot")
    assert "my_chat_member" in await _last_of(sandbox, 2)
    await page.get_by_test_id("add-person").click()
    await page.get_by_test_id("add-name").fill("Lin")
    await page.get_by_test_id("add-ok").click()
    await expect(page.get_by_test_id("phone-9002")).to_contain_text("Lin")


async def _last_of(sandbox: Sandbox, count: int) -> dict[str, Any]:
    updates: list[dict[str, Any]] = []
    while len(updates) < count:
        updates = await sandbox.updates(timeout=5)
    return updates[-1]


async def test_the_clock_moves(sandbox: Sandbox, page: Page) -> None:
    await expect(page.get_by_test_id("clock-offset")).to_have_text("real time")
    await expect(page.get_by_test_id("clock-next")).to_be_disabled()
    await page.get_by_test_id("clock-1h").click()
    await expect(page.get_by_test_id("clock-offset")).to_have_text("1 h ahead")
    await page.get_by_test_id("clock-1d").click()
    await expect(page.get_by_test_id("clock-offset")).to_have_text("1 d 1 h ahead")


async def test_on_a_phone_there_are_tabs(sandbox: Sandbox, page: Page, mia: Locator) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    expert = page.get_by_test_id("phone-expert")
    await expect(mia).to_be_visible()
    await expect(expert).to_be_hidden()
    await sandbox.call("sendMessage", chat_id=DANIEL, text="For you")
    await expect(page.get_by_test_id("tab-expert").locator("i")).to_be_visible()
    await page.get_by_test_id("tab-expert").click()
    await expect(expert.get_by_text("For you")).to_be_visible()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
