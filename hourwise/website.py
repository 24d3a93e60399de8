"""The web side, with what it hands requests to."""

import hashlib
from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import FastAPI

from booking.errors import UnknownSession
from hourwise.wiring import Product
from kernel.ids import ExpertId, PersonId, SessionId
from web.admin import mount_admin
from web.app import create_web


def make_website(whole: Product) -> FastAPI:
    """Webhooks, pages and admin of a product."""
    settings, ground = whole.ground.settings, whole.ground
    app = create_web(
        figures=partial(_figures, whole),
        stripe_webhook=whole.take_stripe_event,
        read_feed=whole.use_cases.feeds.read,
        join=partial(_join, whole),
        store_update=partial(_store, whole) if settings.webhook_url else None,
        telegram_secret=settings.webhook_secret.get_secret_value(),
    )
    mount_admin(
        app,
        database=ground.database,
        clock=ground.clock,
        admin_ids=settings.admin_ids,
        session_secret=_session_secret(whole),
        after_edit=partial(_after_edit, whole),
        public_url=settings.public_url,
    )
    return app


def _session_secret(whole: Product) -> str:
    """Signs the admins' cookies; made from the newest key, so that a new key signs all out."""
    return hashlib.sha256(b"admin sessions" + whole.ground.newest_key.encode()).hexdigest()


async def _store(whole: Product, update: dict[str, Any]) -> None:
    await whole.store([update])


async def _join(whole: Product, session: str, person: str) -> str | None:
    try:
        return await whole.use_cases.join_session(SessionId(session), PersonId(person))
    except UnknownSession:
        return None


async def _after_edit(whole: Product, table: str, key: str) -> None:
    """What the admin changed in the browser is answered and matched by at once."""
    if table == "experts":
        await whole.use_cases.link_expert(ExpertId(key))
    if table in {"experts", "offers", "reviews"}:
        await whole.use_cases.refresh_facts()
    await whole.ground.learn()


async def _figures(whole: Product) -> Mapping[str, float]:
    counts = await whole.use_cases.queries.outbox_counts()
    return {f"outbox_{state}": float(count) for state, count in counts.items()}
