"""What the command line's commands do with the database and the running product."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from hourwise import demo
from hourwise.evaluating import (
    eval_faq,
    eval_intents,
    eval_match,
    export_rasa,
    faq_thresholds,
    list_intents,
    roll_back_intents,
    slots,
    train_intents,
)
from hourwise.journeys import play
from hourwise.running import run
from hourwise.seeding import seed_from_command_line
from hourwise.settings import Settings, load_settings
from hourwise.tables import ALL_TABLES
from hourwise.wiring import Ground, lay_ground, migrate, open_storage
from insights.report import Discount, report
from kernel.clock import real_now
from kernel.errors import InputError
from kernel.money import Money
from knowledge.entities import entities
from knowledge.model import Answer, Entity, Intent, Understood
from payments import ledger_check
from payments.ledger_export import csv_lines
from sandbox.server import serve as serve_sandbox
from storage.engine import Database
from storage.rotation import Rotation, rotate
from texts.translator import Translator
from workflows.checks import find_problems
from workflows.find_expert import ExpertCard, FindExperts, Search
from workflows.recommend import LearnTastes

__all__ = [
    "eval_faq", "eval_intents", "eval_match", "export_rasa", "faq_thresholds", "list_intents", "play",
    "roll_back_intents", "slots", "train_intents",
]  # fmt: skip


_BAR = 80  # characters for a whole score


def run_roles(roles: set[str]) -> None:
    """`run`, `bot`, `web`, `scheduler`."""
    asyncio.run(run(load_settings(), frozenset(roles)))


def run_sandbox(*, port: int, state: Path | None, product: str) -> None:
    """`sandbox`."""
    url = product or load_settings().web_address
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve_sandbox(port, product_url=url, state_file=state))


def run_demo(*, port: int) -> None:
    """`demo`."""
    import typer

    data_dir = load_settings().data_dir
    try:
        asyncio.run(demo.run_demo(port=port, data_dir=data_dir, say=typer.echo))
    except OSError as error:
        raise InputError(str(error)) from error


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    await migrate(settings)
    database = open_storage(settings)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def _ground(settings: Settings) -> AsyncIterator[Ground]:
    await migrate(settings)
    ground = await lay_ground(settings, in_memory=True)
    try:
        yield ground
    finally:
        await ground.close()


async def upgrade() -> None:
    """`db upgrade`."""
    await migrate(load_settings())


async def check() -> list[str]:
    """`db check`."""
    async with opened(load_settings()) as database, database.read() as db:
        return await find_problems(db)


async def reencrypt() -> Rotation:
    """`db reencrypt`."""

    def tell(so_far: Rotation) -> None:
        sys.stderr.write(f"\r{so_far.seen} texts looked at")
        sys.stderr.flush()

    async with opened(load_settings()) as database:
        found = await rotate(database, ALL_TABLES, tell=tell)
    sys.stderr.write("\n")
    return found


async def seed() -> dict[str, Any]:
    """`seed demo`."""
    return await seed_from_command_line(load_settings(), real_now)


async def ask(text: str, *, language: str) -> dict[str, Any]:
    """`ask`."""
    if not text.strip():
        raise InputError("ask needs a question with at least one word")
    async with _ground(load_settings()) as ground:
        began = perf_counter()
        understood = await ground.understanding.understand(
            text, language=language or "en", now=ground.clock(), zone="UTC"
        )
        took = (perf_counter() - began) * 1000
    return {
        **_answer(understood.answer),
        "intent": {"name": understood.intent.name, "confidence": understood.intent.confidence},
        "entities": _entities(text, understood, ground.clock()),
        "ms": round(took, 2),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "kind": str(answer.kind),
        "by": answer.by,
        "language": answer.language,
        "answer": answer.answer,
        "article": answer.article,
        "score": answer.score,
        "candidates": [
            {"article": one.article, "question": one.question, "score": one.score}
            for one in answer.candidates
        ],
    }


async def parse_intent(text: str) -> dict[str, Any]:
    """`intents parse`, in Rasa's shape."""
    async with _ground(load_settings()) as ground:
        understood = await ground.understanding.understand(
            text, language="en", now=ground.clock(), zone="UTC"
        )
    return {
        "text": text,
        "intent": _intent(understood.intent),
        "intent_ranking": [
            {"name": name, "confidence": confidence}
            for name, confidence in understood.intent.ranking
        ],
        "entities": _entities(text, understood, ground.clock()),
    }


def _intent(intent: Intent) -> dict[str, Any]:
    return {"name": intent.name, "confidence": intent.confidence}


def _entities(text: str, understood: Understood, now: datetime) -> list[dict[str, Any]]:
    found = entities(
        text, understood.wish, language=understood.language, local_now=now.replace(tzinfo=None)
    )
    return [_entity(one) for one in found]


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "entity": entity.entity, "value": entity.value, "start": entity.start,
        "end": entity.end, "text": entity.text,
    }  # fmt: skip


async def match(text: str, *, limit: int) -> dict[str, Any]:
    """`match`."""
    cards, search, understood = await _found(text, limit=limit)
    translate = Translator(understood.language)
    wish = understood.wish
    return {
        "experts": [_card(one, translate) for one in cards],
        "need": {
            "topic": search.topic, "kind": str(understood.need.kind),
            "priority": str(understood.need.priority),
            "budget": _money(wish.budget) if wish.budget else None,
            "after": instant(wish.after), "before": instant(wish.before),
        },
    }  # fmt: skip


async def explain_match(text: str, *, limit: int) -> str:
    """`match --explain`: what each expert's score is made of, as bars."""
    cards, _, _ = await _found(text, limit=limit)
    lines = []
    for place, card in enumerate(cards, start=1):
        lines.append(f"{place}. {card.expert.name}  {card.score:.3f}")
        lines += [
            f"   {name:<8}{value:.3f} {'█' * round(value * _BAR)}"
            for name, value in card.parts.items()
        ]
    return "\n".join(lines)


async def _found(text: str, *, limit: int) -> tuple[Sequence[ExpertCard], Search, Understood]:
    async with _ground(load_settings()) as ground:
        now = ground.clock()
        understood = await ground.understanding.understand(text, language="en", now=now, zone="UTC")
        wish = understood.wish
        explore = ground.settings.explore_percent / 100
        find = FindExperts(ground.database.read, ground.clock, ground.matcher, explore)
        search = Search(
            text=text, topic=wish.topic or understood.need.topic, budget=wish.budget,
            after=wish.after, before=wish.before, minutes=wish.minutes, language=wish.language,
            cheapest=wish.cheapest,
        )  # fmt: skip
        return await find(search, limit=limit), search, understood


async def replay_match() -> dict[str, Any]:
    """`match replay`."""
    async with _ground(load_settings()) as ground:
        return await LearnTastes(ground.database, ground.clock, ground.matcher).replay()


def _card(card: ExpertCard, translate: Translator) -> dict[str, Any]:
    return {
        "id": card.expert.id,
        "name": card.expert.name,
        "score": round(card.score, 4),
        "reasons": [translate.plain(one.key, **one.values) for one in card.reasons],
        "price": _money(card.offer.price),
        "next_slot": instant(card.next_slot.start) if card.next_slot else None,
    }


def _money(amount: Money) -> dict[str, Any]:
    return {"amount": amount.minor, "currency": amount.currency}


def instant(when: Any) -> str | None:
    """An instant as the contracts write it."""
    return None if when is None else when.strftime("%Y-%m-%dT%H:%M:%SZ")


async def check_ledger() -> dict[str, Any]:
    """`ledger check`."""
    async with opened(load_settings()) as database, database.read() as db:
        return await ledger_check.check(db)


async def report_insights(*, rate: float, months: int) -> dict[str, Any]:
    """`insights report`."""
    async with opened(load_settings()) as database, database.read() as db:
        return await report(db, now=real_now(), discount=Discount(rate, months))


async def export_ledger(year: int) -> str:
    """`ledger export`."""
    begin, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    async with opened(load_settings()) as database, database.read() as db:
        return "".join([one async for one in csv_lines(db, since=begin, until=end)])
