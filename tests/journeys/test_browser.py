"""The whole story on the chat page, in a real browser: three phones, one card page, the admin."""

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Locator, Page, async_playwright, expect

from tests.journeys.conftest import Demo

CHROMIUM = shutil.which("chromium")
ANSWER_MS = 20_000
CLOCK_MS = 60_000
COMMENT = "Clear and kind: I know my next step now."
NEWS = "New: group sessions on Fridays."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@dataclass(frozen=True)
class Phone:
    """One phone of the page, used with nothing but its keyboard and its buttons."""

    element: Locator

    async def says(self, text: str) -> None:
        await self.element.get_by_test_id("input").fill(text)
        await self.element.get_by_test_id("send").click()

    async def taps(self, label: str | re.Pattern[str]) -> None:
        """Tap the newest button with this label."""
        await self._button(label).click(timeout=ANSWER_MS)

    async def sees(self, words: str) -> Locator:
        """The newest message with these words."""
        message = self.element.get_by_test_id("message").filter(has_text=words).last
        await expect(message).to_be_visible(timeout=ANSWER_MS)
        return message

    async def opens(self, label: str) -> Page:
        """Tap a button that opens an address; the new tab."""
        async with self.element.page.expect_popup(timeout=ANSWER_MS) as opened:
            await self.taps(label)
        return await opened.value

    def _button(self, label: str | re.Pattern[str]) -> Locator:
        return self.element.get_by_test_id("button").filter(has_text=label).last


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A demo of its own, as a newcomer finds it: nobody has started the bot yet."""
    running = Demo(tmp_path / "demo")
    running.start()
    yield running
    assert running.stop() == 0


@pytest.fixture
async def context() -> AsyncIterator[BrowserContext]:
    """A browser; an error in a page's scripts fails the test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        context = await browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="Europe/Berlin"
        )
        errors: list[str] = []
        context.on("weberror", lambda error: errors.append(str(error.error)))
        yield context
        await browser.close()
        assert errors == []


async def test_the_whole_story_on_three_phones(
    demo: Demo, context: BrowserContext, tmp_path: Path
) -> None:
    page = await context.new_page()
    await page.goto(demo.url)
    client, expert, admin = (
        Phone(page.get_by_test_id(f"phone-{role}")) for role in ("client", "expert", "admin")
    )
    await _the_client_joins(client)
    await _tells_what_it_is_about(client)
    await page.screenshot(path=tmp_path / "experts.png")
    await _chooses_an_expert_and_a_time(client)
    await page.screenshot(path=tmp_path / "held.png")
    await _pays_by_card(client, tmp_path)
    await expert.sees("New session")
    await page.screenshot(path=tmp_path / "booked.png")
    await _the_clock_goes_past_the_session(page)
    await _rates_the_session(client)
    await expert.taps("Write a note")
    await expert.sees("Your note about the session")
    await expert.says("Went through the resume; three applications until Friday.")
    await expert.sees("How was it to work with")
    await expert.taps(re.compile(r"^9$"))
    await expert.sees("Thank you, noted")
    await _the_admin_sends_news(admin)
    await client.sees(NEWS)
    await page.mouse.move(0, 0)
    await page.screenshot(path=tmp_path / "chat.png", animations="disabled")
    await _the_admin_signs_in(admin, context, tmp_path)


async def _the_client_joins(client: Phone) -> None:
    await client.element.get_by_test_id("start").click()
    await client.sees("Do you agree?")
    await client.taps("I agree")
    await client.sees("Where are you?")
    await client.says("Berlin")
    await client.sees("what can I do for you")
    await client.says("How long is a time held for me while I pay?")
    await client.sees("15 minutes")
    await client.taps("This was right")


async def _tells_what_it_is_about(client: Phone) -> None:
    await client.taps("Find an expert")
    await client.taps("Career")
    await client.taps("Change of job")
    await client.sees("Tell me in your own words")
    await client.says("I want to leave my job in logistics and don't know how to start")
    await client.taps("This week")
    await client.sees("What have you tried")
    await client.says("Two applications, no answer")
    await client.sees("How much may one session cost")
    await client.says("80 dollars")
    await client.sees("Thank you, I understand")
    await client.taps("Show experts")
    await client.sees("Daniel Brooks")


async def _chooses_an_expert_and_a_time(client: Phone) -> None:
    await client.taps("Daniel Brooks")
    await client.sees("Credentials")
    await client.taps("See free times")
    await client.taps("Career session · 50")
    await client.sees("Times are in your time zone: Berlin")
    await client.taps("⚡")
    await client.sees("is held for you for 15 minutes")


async def _pays_by_card(client: Phone, shots: Path) -> None:
    card_page = await client.opens("Pay by card")
    await expect(card_page.get_by_test_id("total")).to_have_text("$60.00")
    await card_page.screenshot(path=shots / "card.png")
    await card_page.get_by_test_id("pay").click()
    await expect(card_page.get_by_text("Your payment has arrived")).to_be_visible()
    await card_page.close()
    confirmation = await client.sees("Booked and paid")
    await expect(confirmation).to_contain_text("Daniel Brooks")
    await expect(confirmation.get_by_test_id("document")).to_contain_text(".ics")
    async with client.element.page.expect_download() as download:
        await confirmation.get_by_test_id("document").click()
    calendar = (await (await download.value).path()).read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in calendar


async def _the_clock_goes_past_the_session(page: Page) -> None:
    for move in ("clock-next", "clock-1d"):
        await page.get_by_test_id(move).click()
        clock = page.get_by_test_id("clock")
        await expect(clock).to_have_attribute("data-busy", "false", timeout=CLOCK_MS)


async def _rates_the_session(client: Phone) -> None:
    await client.sees("How was your session with")
    await client.taps("Rate the session")
    await client.sees("what quality did you expect?")
    await client.taps(re.compile(r"^7$"))
    await client.sees("what quality did you get?")
    await client.taps(re.compile(r"^9$"))
    await client.sees("Would you come back")
    await client.taps(re.compile(r"^Yes$"))
    await client.sees("Do you want to say anything else?")
    await client.says(COMMENT)
    await client.sees("Your rating helps")
    await client.taps("Book Daniel Brooks again")
    reviews = await client.sees("What clients say")
    await expect(reviews).to_contain_text(COMMENT)


async def _the_admin_sends_news(admin: Phone) -> None:
    await admin.element.get_by_test_id("start").click()
    await admin.taps("I agree")
    await admin.sees("Where are you?")
    await admin.says("London")
    await admin.sees("what can I do for you")
    await admin.says("/admin")
    await admin.taps("Broadcast")
    await admin.taps("Everyone")
    await admin.sees("Write the English text")
    await admin.says(NEWS)
    await admin.sees("Write the Chinese text")
    await admin.says("新功能：周五小组咨询。")
    preview = await admin.sees("Preview")
    await expect(preview).to_contain_text(NEWS)
    await admin.taps("Send now")
    await admin.sees("The broadcast is out")
    await admin.taps("Refresh")
    await admin.sees("Done")


async def _the_admin_signs_in(admin: Phone, context: BrowserContext, shots: Path) -> None:
    await admin.says("/admin")
    await admin.taps("Sign in to the browser")
    message = await admin.sees("This link signs you in once")
    address = await message.get_by_role("link").first.get_attribute("href")
    assert address is not None
    browser = await context.new_page()
    await browser.goto(address)
    await expect(browser.get_by_text("Everything at a glance")).to_be_visible(timeout=ANSWER_MS)
    await browser.screenshot(path=shots / "admin.png")
    await browser.get_by_role("link", name="Sessions", exact=True).first.click()
    over = browser.locator("table tbody tr").filter(has_text=re.compile("ended|closed"))
    await expect(over.first).to_be_visible()
    await browser.screenshot(path=shots / "admin-sessions.png")
