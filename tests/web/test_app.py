"""Webhooks and small pages."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest

from payments.errors import BadSignature, RailDown
from web.app import create_web

SECRET = "telegram-secret"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Inbox(list[dict[str, Any]]):
    """Takes updates."""

    async def __call__(self, update: dict[str, Any]) -> None:
        self.append(update)


class CardEvents(list[bytes]):
    """Takes events that are signed with `good`."""

    async def __call__(self, body: bytes, signature: str) -> None:
        if signature == "down":
            raise RailDown("no answer")
        if signature != "good":
            raise BadSignature("forged")
        self.append(body)


async def figures() -> Mapping[str, float]:
    return {"outbox_due": 3, "oldest_due_seconds": 1.5}


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def events() -> CardEvents:
    return CardEvents()


@pytest.fixture
async def client(inbox: Inbox, events: CardEvents) -> AsyncIterator[httpx.AsyncClient]:
    app = create_web(
        figures=figures, stripe_webhook=events, store_update=inbox, telegram_secret=SECRET
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hourwise.test") as client:
        yield client


async def test_health_and_figures(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health")).json() == {"status": "ok"}
    shown = (await client.get("/metrics")).text
    assert shown == "hourwise_outbox_due 3\nhourwise_oldest_due_seconds 1.5\n"


async def test_a_signed_event_is_taken(client: httpx.AsyncClient, events: CardEvents) -> None:
    answer = await client.post(
        "/stripe/webhook", content=b"{}", headers={"Stripe-Signature": "good"}
    )
    assert answer.status_code == 200
    assert events == [b"{}"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 400), ({"Stripe-Signature": "forged"}, 400), ({"Stripe-Signature": "down"}, 503)],
)
async def test_other_events_are_refused(
    client: httpx.AsyncClient, events: CardEvents, headers: dict[str, str], status: int
) -> None:
    answer = await client.post("/stripe/webhook", content=b"{}", headers=headers)
    assert answer.status_code == status
    assert events == []


async def test_an_update_is_stored(client: httpx.AsyncClient, inbox: Inbox) -> None:
    update = {"update_id": 1, "message": {"text": "你好"}}
    answer = await client.post("/telegram/webhook", json=update, headers={HEADER: SECRET})
    assert answer.status_code == 200
    assert inbox == [update]


@pytest.mark.parametrize(
    ("secret", "content", "status"),
    [
        ("", b'{"update_id": 1}', 401),
        ("wrong", b'{"update_id": 1}', 401),
        (SECRET, b"not json", 400),
        (SECRET, b"[]", 400),
        (SECRET, b"{}", 400),
        (SECRET, b"1" * 1_000_001, 413),
    ],
)
async def test_anything_else_is_no_update(
    client: httpx.AsyncClient, inbox: Inbox, secret: str, content: bytes, status: int
) -> None:
    answer = await client.post("/telegram/webhook", content=content, headers={HEADER: secret})
    assert answer.status_code == status
    assert inbox == []


def test_a_webhook_needs_its_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        create_web(figures=figures, stripe_webhook=CardEvents(), store_update=Inbox())


@pytest.mark.parametrize(
    ("query", "headers", "said"),
    [
        ("?language=zh", {}, "我们已收到您的付款"),
        ("", {"Accept-Language": "zh-CN,zh;q=0.9"}, "我们已收到您的付款"),
        ("?language=fr", {}, "Your payment has arrived"),
    ],
)
async def test_the_page_after_paying_speaks_the_payers_language(
    client: httpx.AsyncClient, query: str, headers: dict[str, str], said: str
) -> None:
    assert said in (await client.get(f"/payment/thanks{query}", headers=headers)).text


async def no_session(session: str, person: str) -> None:
    """Nobody has one."""


@pytest.mark.parametrize(
    ("accept", "said"), [("en", "does not lead to a session"), ("zh-CN", "没有对应的咨询")]
)
async def test_a_link_to_no_session_says_where_the_right_one_is(accept: str, said: str) -> None:
    app = create_web(figures=figures, stripe_webhook=CardEvents(), join=no_session)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hourwise.test") as client:
        page = await client.get("/join/x/y", headers={"Accept-Language": accept})
    assert page.status_code == 404
    assert said in page.text


async def test_a_cancelled_payment_says_that_nothing_was_paid(client: httpx.AsyncClient) -> None:
    assert "Nothing was paid" in (await client.get("/payment/cancelled")).text
