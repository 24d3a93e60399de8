"""The HTTP side: webhooks, health, figures, and the pages after a payment."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

from fastapi import FastAPI, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from kernel.languages import nearest_language
from payments.errors import BadSignature, RailDown
from web.pages import message_page

StripeWebhook = Callable[[bytes, str], Awaitable[None]]
StoreUpdate = Callable[[dict[str, Any]], Awaitable[None]]
ReadFeed = Callable[[str], Awaitable[bytes | None]]
Join = Callable[[str, str], Awaitable[str | None]]
Figures = Callable[[], Awaitable[Mapping[str, float]]]

_LARGEST_BODY = 1_000_000


def create_web(
    *,
    figures: Figures,
    stripe_webhook: StripeWebhook,
    read_feed: ReadFeed | None = None,
    join: Join | None = None,
    store_update: StoreUpdate | None = None,
    telegram_secret: str = "",
) -> FastAPI:
    """The application. `store_update` and `telegram_secret` are given where updates come by
    webhook, `read_feed` where people subscribe to their calendars, `join` where they take the
    link of a session; `web.admin.mount_admin` adds the admins' pages."""
    app = FastAPI(title="Hourwise", docs_url=None, redoc_url=None, openapi_url=None)
    _add_status(app, figures)
    _add_stripe(app, stripe_webhook)
    _add_payment_pages(app)
    if read_feed is not None:
        _add_feeds(app, read_feed)
    if join is not None:
        _add_join(app, join)
    if store_update is not None:
        if not telegram_secret:
            raise ValueError("a webhook without a secret would take anybody's updates")
        _add_telegram(app, store_update, telegram_secret)
    return app


def _add_status(app: FastAPI, figures: Figures) -> None:
    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> str:
        return "".join(f"hourwise_{name} {value:g}\n" for name, value in (await figures()).items())


def _add_stripe(app: FastAPI, stripe_webhook: StripeWebhook) -> None:
    @app.post("/stripe/webhook")
    async def stripe(
        request: Request, stripe_signature: Annotated[str, Header()] = ""
    ) -> dict[str, bool]:
        try:
            await stripe_webhook(await _body(request), stripe_signature)
        except BadSignature as error:
            raise HTTPException(400, "bad signature") from error
        except RailDown as error:
            raise HTTPException(503, "stored, and to be sent again") from error
        return {"received": True}


def _add_telegram(app: FastAPI, store_update: StoreUpdate, secret: str) -> None:
    @app.post("/telegram/webhook")
    async def telegram(
        request: Request, x_telegram_bot_api_secret_token: Annotated[str, Header()] = ""
    ) -> dict[str, bool]:
        given = x_telegram_bot_api_secret_token.encode()
        if not hmac.compare_digest(given, secret.encode()):
            raise HTTPException(401, "wrong secret")
        try:
            update = json.loads(await _body(request))
        except ValueError as error:
            raise HTTPException(400, "not JSON") from error
        if not isinstance(update, dict) or "update_id" not in update:
            raise HTTPException(400, "not an update")
        await store_update(update)
        return {"ok": True}


def _add_payment_pages(app: FastAPI) -> None:
    @app.get("/payment/thanks", response_class=HTMLResponse)
    async def thanks(
        language: str | None = None, accept_language: Annotated[str, Header()] = ""
    ) -> str:
        reader = nearest_language(language or accept_language)
        return message_page("web-payment-thanks-title", "web-payment-thanks-text", reader)

    @app.get("/payment/cancelled", response_class=HTMLResponse)
    async def cancelled(
        language: str | None = None, accept_language: Annotated[str, Header()] = ""
    ) -> str:
        reader = nearest_language(language or accept_language)
        return message_page("web-payment-cancelled-title", "web-payment-cancelled-text", reader)

    @app.get("/payment/account", response_class=HTMLResponse)
    async def account(
        language: str | None = None, accept_language: Annotated[str, Header()] = ""
    ) -> str:
        reader = nearest_language(language or accept_language)
        return message_page("web-payment-account-title", "web-payment-account-text", reader)


def _add_feeds(app: FastAPI, read_feed: ReadFeed) -> None:
    @app.get("/calendar/{token}.ics")
    async def feed(token: str) -> Response:
        found = await read_feed(token)
        if found is None:
            raise HTTPException(404, "no such calendar")
        headers = {"Cache-Control": "private, max-age=300"}
        return Response(found, media_type="text/calendar; charset=utf-8", headers=headers)


def _add_join(app: FastAPI, join: Join) -> None:
    @app.get("/join/{session}/{person}")
    async def take_link(
        session: str, person: str, accept_language: Annotated[str, Header()] = ""
    ) -> Response:
        link = await join(session, person)
        if link is None:
            reader = nearest_language(accept_language)
            page = message_page("web-no-session-title", "web-no-session-text", reader)
            return HTMLResponse(page, status_code=404)
        return RedirectResponse(link, headers={"Cache-Control": "no-store"})


async def _body(request: Request) -> bytes:
    """The body, read as it comes and refused as soon as it is too large."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            raise HTTPException(413, "too large")
    return body
