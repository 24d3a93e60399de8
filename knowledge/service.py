"""What is done with the knowledge base: functions on a session that never commit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import new_id
from knowledge import repository
from knowledge.errors import EntryMissing
from knowledge.feedback import Judged, Weights
from knowledge.model import MAX_QUESTION, Entry, Topic, checked_entry
from knowledge.search.shelf import digest
from knowledge.tables import FaqFeedbackRow, UnansweredRow
from knowledge.topics import shipped_topics
from knowledge.unanswered import Unanswered
from vectors.embedders import Vectors
from vectors.words import tokens

_OPEN = "open"
_DONE = "done"


@dataclass(frozen=True)
class Imported:
    """How many entries an import added, changed and found as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


async def save_entry(db: AsyncSession, entry: Entry, *, now: datetime) -> Entry:
    """Adds an entry (an empty id gets a new one) or changes the one with its id.

    Raises: EntryInvalid.
    """
    cleaned = checked_entry(entry)
    if not cleaned.id:
        cleaned = replace(cleaned, id=new_id())
    await repository.put_entries(db, [cleaned], now=now)
    return cleaned


async def remove_entry(db: AsyncSession, entry_id: str) -> None:
    """Takes an entry out. Raises: EntryMissing."""
    if not await repository.remove_entry(db, entry_id):
        raise EntryMissing(id=entry_id)


async def import_entries(db: AsyncSession, entries: Sequence[Entry], *, now: datetime) -> Imported:
    """Adds what is new and changes what differs, by id. Raises: EntryInvalid."""
    known = {entry.id: entry for entry in await repository.entries(db)}
    new = [entry for entry in map(checked_entry, entries) if known.get(entry.id) != entry]
    await repository.put_entries(db, new, now=now)
    added = sum(entry.id not in known for entry in new)
    return Imported(added, len(new) - added, len(entries) - len(new))


async def entries(db: AsyncSession) -> list[Entry]:
    """All entries, by id."""
    return await repository.entries(db)


async def entries_by_id(db: AsyncSession, ids: Sequence[str]) -> list[Entry]:
    """These entries in this order, without those that are gone."""
    found = [await repository.entry(db, one) for one in ids]
    return [one for one in found if one is not None]


async def entry(db: AsyncSession, entry_id: str) -> Entry:
    """One entry. Raises: EntryMissing."""
    found = await repository.entry(db, entry_id)
    if found is None:
        raise EntryMissing(id=entry_id)
    return found


async def keep_vectors(db: AsyncSession, model: str, made: Mapping[str, Vectors]) -> None:
    """Stores what an `EntryEmbedder` made: vectors by the digests of their texts."""
    await repository.put_vectors(db, model, made)


async def topics(db: AsyncSession) -> Sequence[Topic]:
    """The taxonomy in force: what the database holds, else the shipped one."""
    return await repository.topics(db) or shipped_topics()


async def save_topics(db: AsyncSession, values: Sequence[Topic]) -> None:
    """Puts a taxonomy in force, each field before its topics, in the place of the one before."""
    await repository.put_topics(db, values)


async def note_unanswered(db: AsyncSession, text: str, *, language: str, now: datetime) -> None:
    """Counts a question that got no answer, or a wrong one; equal wordings count together."""
    fingerprint = digest(" ".join(tokens(text)))
    row = await repository.unanswered_by_fingerprint(db, fingerprint)
    if row is None:
        db.add(
            UnansweredRow(
                id=new_id(),
                fingerprint=fingerprint,
                text=text[:MAX_QUESTION],
                language=language,
                count=1,
                status=_OPEN,
                first_at=now,
                last_at=now,
            )
        )
    else:
        row.count += 1
        row.last_at = now
        row.status = _OPEN
    await db.flush()


async def unanswered(db: AsyncSession, *, limit: int = 50) -> list[Unanswered]:
    """Open questions, the most frequent first."""
    return list(map(_unanswered, await repository.unanswered(db, status=_OPEN, limit=limit)))


async def still_unanswered(db: AsyncSession, ids: Collection[str]) -> list[Unanswered]:
    """Those of these questions that are open, the most frequent first."""
    return list(map(_unanswered, await repository.unanswered_by_ids(db, ids, status=_OPEN)))


def _unanswered(row: UnansweredRow) -> Unanswered:
    return Unanswered(row.id, row.text, row.language, row.count, row.last_at)


async def close_unanswered(db: AsyncSession, unanswered_id: str) -> bool:
    """Takes a question off the list, after it got an entry or is not worth one; False when it was
    taken off already."""
    return await repository.move_unanswered(db, unanswered_id, before=_OPEN, to=_DONE)


async def feedback(db: AsyncSession) -> list[Judged]:
    """What people said about answers, the oldest first."""
    return await repository.feedback(db)


async def weights(db: AsyncSession) -> Weights:
    """What feedback adds to phrasings' scores, as it is in force."""
    return await repository.weights(db)


async def vectors(db: AsyncSession, models: Iterable[str]) -> dict[str, dict[str, Vectors]]:
    """The stored vectors of these models: model → digest of the text → vector."""
    return await repository.vectors(db, models)


async def put_weights(db: AsyncSession, values: Weights, *, now: datetime) -> None:
    """Puts these weights of phrasings in force instead of all others; none: feedback is off."""
    await repository.put_weights(db, values, now=now)


async def note_feedback(
    db: AsyncSession, *, feedback_id: str, article: str, text: str, right: bool, now: datetime
) -> None:
    """Stores "was this right?" once for each `feedback_id`."""
    if await repository.feedback_known(db, feedback_id):
        return
    db.add(FaqFeedbackRow(id=feedback_id, article=article, text=text, right=right, at=now))
    await db.flush()
