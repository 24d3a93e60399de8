"""All SQL of the knowledge base: rows in, values out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.feedback import Judged, Weights
from knowledge.model import Entry, Rule, Topic
from knowledge.tables import (
    FaqEntryRow,
    FaqFeedbackRow,
    FaqVectorRow,
    PhrasingWeightRow,
    RuleRow,
    TopicRow,
    UnansweredRow,
)
from storage.upsert import insert_into
from vectors.embedders import Vectors

_FLOAT = np.dtype("<f4")
_ROWS_AT_ONCE = 1000


async def entries(db: AsyncSession) -> list[Entry]:
    """All entries, by id."""
    rows = await db.scalars(select(FaqEntryRow).order_by(FaqEntryRow.id))
    return [_entry(row) for row in rows]


async def entry(db: AsyncSession, entry_id: str) -> Entry | None:
    """One entry, or None."""
    row = await db.get(FaqEntryRow, entry_id)
    return _entry(row) if row else None


async def put_entries(db: AsyncSession, values: Sequence[Entry], *, now: datetime) -> None:
    """Adds entries, or replaces those with their ids."""
    rows = [
        {
            "id": value.id,
            "question": value.question,
            "answer": value.answer,
            "language": value.language,
            "topic": value.topic,
            "variants": list(value.variants),
            "updated_at": now,
        }
        for value in values
    ]
    if not rows:
        return
    statement = insert_into(db, FaqEntryRow)
    changed = {name: statement.excluded[name] for name in rows[0] if name != "id"}
    await db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed), rows)


async def remove_entry(db: AsyncSession, entry_id: str) -> bool:
    """Whether there was an entry to remove."""
    removed = await db.scalar(
        delete(FaqEntryRow).where(FaqEntryRow.id == entry_id).returning(FaqEntryRow.id)
    )
    return removed is not None


async def version(db: AsyncSession) -> tuple[int, datetime | None, int, datetime | None]:
    """Changes whenever an entry is added, changed or removed, vectors are stored, or feedback is
    put in force."""
    entries = (await db.execute(select(func.count(), func.max(FaqEntryRow.updated_at)))).one()
    vectors = await db.scalar(select(func.count()).select_from(FaqVectorRow))
    weighed_at = await db.scalar(select(func.max(PhrasingWeightRow.at)))
    return entries[0], entries[1], vectors or 0, weighed_at


async def vectors(db: AsyncSession, models: Iterable[str]) -> dict[str, dict[str, Vectors]]:
    """The stored vectors of these models, as float16: model → digest of the phrasing → vector."""
    found: dict[str, dict[str, Vectors]] = {model: {} for model in models}
    # streamed: all rows at once would be there twice
    rows = await db.stream(
        select(FaqVectorRow.model, FaqVectorRow.digest, FaqVectorRow.vector)
        .where(FaqVectorRow.model.in_(found))
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    async for model, digest, vector in rows:
        # of unit vectors it changes a cosine by some 0.00002, and takes half the memory
        found[model][digest] = np.frombuffer(vector, _FLOAT).astype(np.float16)
    return found


async def digests(db: AsyncSession, models: Iterable[str]) -> dict[str, set[str]]:
    """Which phrasings have a stored vector: model → digests."""
    found: dict[str, set[str]] = {model: set() for model in models}
    rows = await db.execute(
        select(FaqVectorRow.model, FaqVectorRow.digest).where(FaqVectorRow.model.in_(found))
    )
    for model, digest in rows:
        found[model].add(digest)
    return found


async def embedded(db: AsyncSession, model: str, names: Iterable[str]) -> set[str]:
    """Those of these digests that have a stored vector of the model."""
    rows = await db.scalars(
        select(FaqVectorRow.digest).where(
            FaqVectorRow.model == model, FaqVectorRow.digest.in_(list(names))
        )
    )
    return set(rows)


async def put_vectors(db: AsyncSession, model: str, made: Mapping[str, Vectors]) -> None:
    """Stores vectors by the digests of their texts; those that are there already stay."""
    rows = [
        {"model": model, "digest": digest, "vector": vector.astype(_FLOAT).tobytes()}
        for digest, vector in made.items()
    ]
    if rows:
        await db.execute(insert_into(db, FaqVectorRow).on_conflict_do_nothing(), rows)


async def rules(db: AsyncSession) -> list[Rule]:
    """All rules in their order, the disabled ones too."""
    rows = await db.scalars(select(RuleRow).order_by(RuleRow.position, RuleRow.id))
    return [
        Rule(
            id=row.id,
            position=row.position,
            keywords=tuple(row.keywords),
            pattern=row.pattern,
            answer=row.answer,
            intent=row.intent,
            topic=row.topic,
            language=row.language,
            opens=row.opens,
            closes=row.closes,
            enabled=row.enabled,
        )
        for row in rows
    ]


async def topics(db: AsyncSession) -> list[Topic]:
    """The taxonomy, each field followed by its topics."""
    rows = await db.scalars(select(TopicRow).order_by(TopicRow.position, TopicRow.id))
    return [
        Topic(
            id=row.id,
            parent=row.parent,
            names=dict(row.names),
            keywords={language: tuple(words) for language, words in row.keywords.items()},
            disclaimer=dict(row.disclaimer),
        )
        for row in rows
    ]


async def put_topics(db: AsyncSession, values: Sequence[Topic]) -> None:
    """Puts these topics in the place of all others; a parent comes before its children."""
    kept = [topic.id for topic in values]
    gone = TopicRow.id.not_in(kept)
    await db.execute(delete(TopicRow).where(gone, TopicRow.parent.is_not(None)))
    for position, topic in enumerate(values):
        await db.merge(
            TopicRow(
                id=topic.id,
                parent=topic.parent,
                position=position,
                names=topic.names,
                keywords={language: list(words) for language, words in topic.keywords.items()},
                disclaimer=topic.disclaimer,
            )
        )
        await db.flush()
    await db.execute(delete(TopicRow).where(gone))


async def unanswered_by_fingerprint(db: AsyncSession, fingerprint: str) -> UnansweredRow | None:
    """The row of a wording, for counting it up."""
    found: UnansweredRow | None = await db.scalar(
        select(UnansweredRow).where(UnansweredRow.fingerprint == fingerprint)
    )
    return found


async def unanswered(db: AsyncSession, *, status: str, limit: int) -> list[UnansweredRow]:
    """Wordings with a status, the most frequent first."""
    rows = await db.scalars(
        select(UnansweredRow)
        .where(UnansweredRow.status == status)
        .order_by(UnansweredRow.count.desc(), UnansweredRow.last_at.desc())
        .limit(limit)
    )
    return list(rows)


async def unanswered_by_ids(
    db: AsyncSession, ids: Collection[str], *, status: str
) -> list[UnansweredRow]:
    """Those of these wordings that have a status, the most frequent first."""
    rows = await db.scalars(
        select(UnansweredRow)
        .where(UnansweredRow.id.in_(list(ids)), UnansweredRow.status == status)
        .order_by(UnansweredRow.count.desc(), UnansweredRow.last_at.desc())
    )
    return list(rows)


async def move_unanswered(db: AsyncSession, wording_id: str, *, before: str, to: str) -> bool:
    """Whether a wording had the status `before`, and has the other one now."""
    moved = await db.scalar(
        update(UnansweredRow)
        .where(UnansweredRow.id == wording_id, UnansweredRow.status == before)
        .values(status=to)
        .returning(UnansweredRow.id)
    )
    return moved is not None


async def feedback(db: AsyncSession) -> list[Judged]:
    """What people said about answers, the oldest first."""
    rows = await db.scalars(select(FaqFeedbackRow).order_by(FaqFeedbackRow.at, FaqFeedbackRow.id))
    return [Judged(row.text, row.article, row.right) for row in rows]


async def weights(db: AsyncSession) -> Weights:
    """What feedback adds to phrasings' scores, as it is in force."""
    rows = await db.scalars(select(PhrasingWeightRow))
    return {(row.article, row.digest): row.weight for row in rows}


async def put_weights(db: AsyncSession, values: Weights, *, now: datetime) -> None:
    """Puts these weights in force instead of all others."""
    await db.execute(delete(PhrasingWeightRow))
    db.add_all(
        PhrasingWeightRow(article=article, digest=name, weight=weight, at=now)
        for (article, name), weight in values.items()
    )
    await db.flush()


async def feedback_known(db: AsyncSession, feedback_id: str) -> bool:
    """Whether this feedback was stored before."""
    return await db.get(FaqFeedbackRow, feedback_id) is not None


def _entry(row: FaqEntryRow) -> Entry:
    return Entry(
        id=row.id,
        question=row.question,
        answer=row.answer,
        language=row.language,
        topic=row.topic,
        variants=tuple(row.variants),
    )
