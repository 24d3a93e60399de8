"""Vectors of experts' texts in the database, by a digest of text and the model's name, so that a
start embeds only what is new."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from matching.fit import texts_of
from matching.model import ExpertFacts
from matching.tables import TextVectorRow
from matching.text_vectors import KEPT, digest
from storage.upsert import insert_into
from vectors.embedders import Vectors

_AT_ONCE = 500


async def read(db: AsyncSession, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
    """The stored vectors of those of these texts that have one."""
    by_digest = {digest(text): text for text in texts}
    digests, found = [*by_digest], {}
    for begin in range(0, len(digests), _AT_ONCE):
        rows = await db.execute(
            select(TextVectorRow.digest, TextVectorRow.vector).where(
                TextVectorRow.model == model,
                TextVectorRow.digest.in_(digests[begin : begin + _AT_ONCE]),
            )
        )
        for name, vector in rows:
            found[by_digest[name]] = np.frombuffer(vector, KEPT).astype(np.float32)
    return found


async def put(db: AsyncSession, model: str, made: Mapping[str, Vectors]) -> None:
    """Store vectors by the digests of their texts; those that are there already stay."""
    rows = [
        {"model": model, "digest": name, "vector": vector.astype(KEPT).tobytes()}
        for name, vector in made.items()
    ]
    for begin in range(0, len(rows), _AT_ONCE):
        await db.execute(
            insert_into(db, TextVectorRow).on_conflict_do_nothing(), rows[begin : begin + _AT_ONCE]
        )


async def forget(
    db: AsyncSession, before: Collection[ExpertFacts], after: Collection[ExpertFacts] = ()
) -> None:
    """Drop what nobody of these says any more. Where somebody else does, it is embedded anew at
    the next start."""
    texts = {text for one in before for text in texts_of(one)}
    gone = sorted(
        digest(text) for text in texts - {text for one in after for text in texts_of(one)}
    )
    for begin in range(0, len(gone), _AT_ONCE):
        await db.execute(
            delete(TextVectorRow).where(TextVectorRow.digest.in_(gone[begin : begin + _AT_ONCE]))
        )
