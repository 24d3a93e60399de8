"""Where every part is built and put together, by hand."""

import asyncio
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update

from bot.dispatcher import apologise, make_dispatcher, make_urgent_dispatcher
from bot.lanes import Lanes
from bot.late_taps import LateTaps
from bot.middlewares.turn import TurnMiddleware
from bot.updates import Polling, UpdateStore
from hourwise.clocks import FollowedClock
from hourwise.jobs import make_jobs
from hourwise.settings import EMBEDDED, Settings
from hourwise.use_cases import make_use_cases
from kernel.clock import Clock, real_now
from kernel.errors import InputError
from kernel.ids import PersonId
from knowledge import service as knowledge
from knowledge.search.knowledge_base import Thresholds
from knowledge.understanding import Understanding
from matching.shortlist import Matcher
from payments.rails.card import CardRail
from people import service as people
from scheduler import rests
from scheduler.delivery import Delivery
from scheduler.model import Addressee, FrequencyCap
from scheduler.pacer import Pace, Pacer
from scheduler.ticker import Ticker
from storage import secrets
from storage.engine import Database, open_database
from storage.migrate import upgrade
from workflows.card_events import FollowDispute, HandleStripeEvents, TakeBackRefund, TakeStripeEvent
from workflows.faq import Learn
from workflows.tell_admins import TellAdmins
from workflows.tell_failures import TellFailures
from workflows.use_cases import UseCases

if TYPE_CHECKING:
    from scheduler.shared_pace import SharedPace

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ground:
    """What everything stands on: settings, database, clock, understanding, matching."""

    settings: Settings
    database: Database
    clock: Clock
    understanding: Understanding
    learn: Learn
    matcher: Matcher
    followed: FollowedClock | None
    newest_key: str = field(repr=False)

    async def close(self) -> None:
        """Let go of models, files and connections."""
        await self.understanding.close()
        await self.database.close()


@dataclass(frozen=True)
class Product:
    """The running product's parts."""

    ground: Ground
    bot: Bot
    cards: CardRail
    use_cases: UseCases
    take_stripe_event: TakeStripeEvent
    dispatcher: Dispatcher
    lanes: Lanes
    store: UpdateStore
    polling: Polling
    ticker: Ticker
    delivery: Delivery = field(repr=False)
    shared_pace: "SharedPace | None" = field(repr=False)

    async def close(self) -> None:
        """Close every connection."""
        await self.bot.session.close()
        if self.shared_pace is not None:
            await self.shared_pace.close()
        await self.cards.close()
        await self.ground.close()


def unlock(settings: Settings) -> str:
    """Put the keys of encrypted columns in force; returns the newest.

    Without HOURWISE_SECRET_KEYS they are in a file of the data folder, made at the first start.
    Raises InputError for keys that are none.
    """
    given = settings.secret_keys.get_secret_value().replace(",", " ").split()
    keys = given or secrets.key_file(settings.data_dir / "secret.keys")
    try:
        secrets.use_keys(keys)
    except ValueError as error:
        raise InputError(
            "HOURWISE_SECRET_KEYS must be keys of 32 bytes in URL-safe base 64; "
            "make one with `hourwise new-key`"
        ) from error
    return keys[0]


async def migrate(settings: Settings) -> None:
    """Make the data folder and bring the database to the newest tables."""
    await asyncio.to_thread(settings.data_dir.mkdir, parents=True, exist_ok=True)
    await upgrade(settings.database)


def open_storage(settings: Settings) -> Database:
    """The database in force, with its columns readable."""
    unlock(settings)
    return open_database(settings.database)


async def lay_ground(settings: Settings, *, in_memory: bool = False) -> Ground:
    """Open the database and load the models. `in_memory` leaves the vector store alone."""
    database = open_storage(settings)
    followed = FollowedClock(settings.clock) if settings.clock else None
    if followed is not None:
        await followed.start()
    understanding = Understanding(
        data_dir=settings.data_dir, embedder=settings.embedder, chroma_url=settings.chroma_url,
        in_memory=in_memory, rasa="" if settings.intents == EMBEDDED else settings.intents,
        thresholds=Thresholds(settings.answer_from, settings.suggest_from),
    )  # fmt: skip
    await understanding.start()
    learn = Learn(database, understanding)
    if in_memory:
        await learn()
    else:
        async with database.read() as db:
            await understanding.refresh(db)
    async with database.read() as db:
        topics = await knowledge.topics(db)
        fields = {one.id: one.parent or one.id for one in topics}
        matcher = Matcher(understanding.embedders, fields)
        await matcher.refresh(db)
    return Ground(
        settings, database, followed or real_now, understanding, learn, matcher, followed,
        newest_key=unlock(settings),
    )  # fmt: skip


def make_bot(settings: Settings) -> Bot:
    """Telegram's client. Raises InputError without a usable token."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        raise InputError("set HOURWISE_TELEGRAM_TOKEN to the token that BotFather gave you")
    session = AiohttpSession()
    if settings.telegram_api:
        session.api = TelegramAPIServer.from_base(settings.telegram_api.rstrip("/"))
    try:
        bot = Bot(token, session, DefaultBotProperties(parse_mode="HTML"))
    except ValueError as error:
        raise InputError("HOURWISE_TELEGRAM_TOKEN is not a bot token (123456:ABC…)") from error
    session.middleware(LateTaps())
    return bot


def make_pacer(settings: Settings, database: Database, shared: "SharedPace | None") -> Pacer:
    """Telegram's pace, with what it has to rest kept over restarts."""

    async def remember(scope: str, until: datetime) -> None:
        async with database.write.begin() as db:
            await rests.remember(db, scope, until)

    pace = Pace(
        per_second=settings.messages_per_second,
        per_chat_second=settings.messages_per_chat_second,
        per_group_minute=settings.messages_per_group_minute,
    )
    return Pacer(pace, remember, shared)


def make_shared_pace(settings: Settings) -> "SharedPace | None":
    """The pace of all processes, where there is a Redis. Raises InputError without its client."""
    if not settings.redis_url:
        return None
    try:
        from scheduler.shared_pace import SharedPace
    except ImportError as error:
        raise InputError(
            "HOURWISE_REDIS_URL needs Redis' client: pip install '.[redis]'"
        ) from error
    return SharedPace(settings.redis_url, settings.telegram_token.get_secret_value())


def make_cards(settings: Settings) -> CardRail:
    """The card processor's client; without a key offers paid by card cannot be paid."""
    key = settings.stripe_key.get_secret_value()
    if not key:
        _log.warning("HOURWISE_STRIPE_KEY is not set: offers paid by card cannot be paid")
    return CardRail(
        key=key or "sk_not_set",
        webhook_secret=settings.stripe_webhook_secret.get_secret_value(),
        return_to=settings.web_address,
        api=settings.stripe_api.rstrip("/"),
    )


def put_together(ground: Ground) -> Product:
    """The whole product on its ground."""
    settings, database = ground.settings, ground.database
    bot, cards, shared = make_bot(settings), make_cards(settings), make_shared_pace(settings)
    pacer = make_pacer(settings, database, shared)
    bot.session.middleware(pacer)
    use_cases = make_use_cases(ground, cards)
    tell_admins = TellAdmins(ground.clock, settings.admin_ids)
    turns = TurnMiddleware(use_cases, ground.clock, settings.admin_ids)
    dispatcher, urgent = make_dispatcher(turns), make_urgent_dispatcher(turns)
    lanes = Lanes(
        database=database,
        bot=bot,
        handle=partial(_feed, dispatcher, bot),
        handle_urgent=partial(_feed, urgent, bot),
        apologise=partial(apologise, bot),
    )
    store = UpdateStore(database.write, lanes)
    delivery = Delivery(
        database=database,
        bot=bot,
        pacer=pacer,
        clock=ground.clock,
        addressees=partial(_addressees, database),
        on_blocked=partial(_blocked, use_cases),
        on_failed=TellFailures(database.write, tell_admins),
        cap=FrequencyCap(settings.marketing_per_week),
        resend=settings.resend_unknown,
        website=settings.public_url.rstrip("/"),
    )
    handle_events = HandleStripeEvents(
        database.write, ground.clock, cards, use_cases.settle_payment,
        FollowDispute(ground.clock, tell_admins), TakeBackRefund(ground.clock, tell_admins),
    )  # fmt: skip
    return Product(
        ground=ground,
        bot=bot,
        cards=cards,
        use_cases=use_cases,
        take_stripe_event=TakeStripeEvent(database.write, ground.clock, cards, handle_events),
        dispatcher=dispatcher,
        lanes=lanes,
        store=store,
        polling=Polling(bot, store),
        ticker=Ticker(
            make_jobs(ground, cards, bot, use_cases, delivery, handle_events), database.write
        ),
        delivery=delivery,
        shared_pace=shared,
    )


async def _feed(dispatcher: Dispatcher, bot: Bot, update: Update) -> object:
    return await dispatcher.feed_update(bot, update)


async def _addressees(
    database: Database, ids: Collection[PersonId]
) -> Mapping[PersonId, Addressee]:
    async with database.read() as db:
        found = await people.many(db, ids)
    return {
        one.id: Addressee(
            one.telegram_id, one.language, one.time_zone or "UTC", marketing=one.marketing
        )
        for one in found.values()
        if one.telegram_id is not None and one.blocked_at is None
    }


async def _blocked(use_cases: UseCases, person_id: PersonId) -> None:
    await use_cases.change_preferences.reachable(person_id, reachable=False)
