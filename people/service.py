"""Persons and experts: joining, settings, erasure, reviews."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PersonId, SessionId, new_id
from people.errors import AlreadyReviewed, UnknownExpert, UnknownPerson
from people.model import (
    Expert,
    ExpertDraft,
    ExpertNote,
    Intake,
    Person,
    Rating,
    Review,
    Segments,
)
from people.places import check_zone
from people.repository import blocks as block_rows
from people.repository import experts as expert_rows
from people.repository import intakes, persons, polls
from people.repository import reviews as review_rows

EXPERT_ROLE = "expert"
_AT_ONCE = 500


async def get(db: AsyncSession, person_id: PersonId) -> Person:
    """The person. Raises UnknownPerson."""
    found = await persons.by_id(db, [person_id])
    if not found:
        raise UnknownPerson
    return found[0]


async def by_telegram(db: AsyncSession, telegram_id: int) -> Person | None:
    """The person who writes from this Telegram account, or None before they joined."""
    return await persons.by_telegram(db, telegram_id)


async def many(db: AsyncSession, ids: Collection[PersonId]) -> dict[PersonId, Person]:
    """Those of the persons that exist."""
    return {person.id: person for person in await persons.by_id(db, ids)}


async def join(
    db: AsyncSession,
    *,
    telegram_id: int,
    first_name: str,
    username: str | None,
    language: str,
    now: datetime,
) -> Person:
    """Store somebody who has just consented; who is stored already is returned as they are.

    An expert whom the operator entered with this Telegram account is tied to the person.
    """
    known = await persons.by_telegram(db, telegram_id)
    if known:
        return known
    person_id = PersonId(new_id())
    person = Person(
        id=person_id,
        telegram_id=telegram_id,
        first_name=first_name,
        username=username,
        language=language,
        time_zone=None,
        country=None,
        consented_at=now,
        profiling=True,
        marketing=True,
        roles=frozenset(),
        blocked_at=None,
        erased_at=None,
    )
    await persons.add_person(db, person, now=now)
    if await expert_rows.link_expert(db, telegram_id, person_id):
        return await _change(db, person_id, roles=[EXPERT_ROLE])
    return person


async def by_telegram_ids(db: AsyncSession, telegram_ids: Collection[int]) -> list[PersonId]:
    """Those who write from these Telegram accounts and have joined."""
    return await persons.ids_by_telegram(db, telegram_ids)


async def set_language(db: AsyncSession, person_id: PersonId, language: str) -> Person:
    """Answer the person in `language` from now on. Raises UnknownPerson."""
    return await _change(db, person_id, language=language)


async def set_time_zone(db: AsyncSession, person_id: PersonId, time_zone: str) -> Person:
    """Show times in an IANA zone. Raises UnknownTimeZone, UnknownPerson."""
    return await _change(db, person_id, time_zone=check_zone(time_zone))


async def stop_marketing(db: AsyncSession, person_id: PersonId) -> Person:
    """No broadcast reaches the person from now on. Raises UnknownPerson."""
    return await _change(db, person_id, marketing=False)


async def allow_marketing(db: AsyncSession, person_id: PersonId) -> Person:
    """Broadcasts may reach the person again. Raises UnknownPerson."""
    return await _change(db, person_id, marketing=True)


async def stop_profiling(db: AsyncSession, person_id: PersonId) -> Person:
    """What the person does is no longer used to recommend. Raises UnknownPerson."""
    return await _change(db, person_id, profiling=False, segment=None)


async def allow_profiling(db: AsyncSession, person_id: PersonId) -> Person:
    """What the person does may be used to recommend again. Raises UnknownPerson."""
    return await _change(db, person_id, profiling=True)


async def set_quiet(db: AsyncSession, person_id: PersonId, hours: str) -> Person:
    """Do not wake the person in these hours ("22:00-08:00"). Raises UnknownPerson."""
    return await _change(db, person_id, quiet=hours)


async def set_reminders(
    db: AsyncSession, person_id: PersonId, minutes: Collection[int] | None
) -> Person:
    """Remind the person so many minutes before a session, None as usual. Raises UnknownPerson."""
    chosen = None if minutes is None else sorted(minutes, reverse=True)
    return await _change(db, person_id, reminders=chosen)


async def tags(db: AsyncSession) -> list[str]:
    """Every tag that somebody has."""
    return await persons.tags(db)


async def set_segments(db: AsyncSession, segments: Mapping[PersonId, str | None]) -> None:
    """What broadcasts to a segment go by, for those of these persons who agree to be profiled."""
    by_name: dict[str | None, list[PersonId]] = {}
    for person, name in segments.items():
        by_name.setdefault(name, []).append(person)
    for name, ids in by_name.items():
        for begin in range(0, len(ids), _AT_ONCE):
            await persons.set_segment(db, ids[begin : begin + _AT_ONCE], name)


async def set_blocked(db: AsyncSession, person_id: PersonId, at: datetime | None) -> Person:
    """Note since when the person has the bot blocked; None when it reaches them again."""
    return await _change(db, person_id, blocked_at=at)


async def audience_size(db: AsyncSession, segments: Segments, *, now: datetime) -> int:
    """How many a broadcast to all these segments goes to: never those who stopped or left."""
    return await persons.audience_size(db, segments, now=now)


async def audience_page(
    db: AsyncSession, segments: Segments, *, now: datetime, after: str, limit: int
) -> list[tuple[PersonId, str | None]]:
    """The next `limit` of them with their IANA zones, in the order of their ids."""
    return await persons.audience_page(db, segments, now=now, after=after, limit=limit)


async def save_intake(db: AsyncSession, intake: Intake) -> None:
    """Keep the answers of a questionnaire."""
    await intakes.add_intake(db, intake)


async def latest_intake(db: AsyncSession, person_id: PersonId) -> Intake | None:
    """What the person told last, or None."""
    return next(iter(await intakes.intakes(db, person_id, limit=1)), None)


async def erase(db: AsyncSession, person_id: PersonId, now: datetime) -> None:
    """Forget who the person was: what they wrote goes, the row stays without a name.

    An expert's page loses its name and texts and takes no more clients. Raises UnknownPerson.
    """
    await _change(
        db, person_id, telegram_id=None, first_name="", username=None, time_zone=None,
        country=None, profiling=False, segment=None, marketing=False, roles=[], tags=[],
        quiet=None, reminders=None, erased_at=now,
    )  # fmt: skip
    await block_rows.forget(db, person_id)
    await persons.forget_texts(db, person_id)
    await polls.forget(db, person_id)


async def export(db: AsyncSession, person_id: PersonId) -> dict[str, Any]:
    """Everything that is stored in this room about the person, ready for JSON.

    Raises UnknownPerson.
    """
    person = await get(db, person_id)
    found = {
        "person": asdict(person) | {"roles": sorted(person.roles)},
        "intakes": [asdict(each) for each in await intakes.intakes(db, person_id)],
        "reviews": [asdict(each) for each in await review_rows.written_by(db, person_id)],
        "notes": [asdict(each) for each in await review_rows.notes_about(db, person_id)],
        "polls": [asdict(each) for each in await polls.answered_by(db, person_id)],
        "blocks": [asdict(each) for each in await block_rows.wanted_by(db, person_id)],
        "expert": [asdict(each) for each in await expert_rows.experts_of(db, person_id)],
    }
    return {key: _for_json(value) for key, value in found.items()}


async def expert(db: AsyncSession, expert_id: ExpertId) -> Expert:
    """The expert. Raises UnknownExpert."""
    found = await expert_rows.experts_by_id(db, [expert_id])
    if not found:
        raise UnknownExpert
    return found[0]


async def experts(db: AsyncSession, ids: Collection[ExpertId] | None = None) -> list[Expert]:
    """All experts, or those with the given ids that exist, by name."""
    if ids is None:
        return await expert_rows.experts(db)
    return await expert_rows.experts_by_id(db, ids)


async def expert_by_telegram(db: AsyncSession, telegram_id: int) -> Expert | None:
    """The expert who writes from this Telegram account."""
    return await expert_rows.expert_by_telegram(db, telegram_id)


async def expert_of_person(db: AsyncSession, person_id: PersonId) -> Expert | None:
    """The expert that a person is, if they are one."""
    found = await expert_rows.experts_of(db, person_id)
    return found[0] if found else None


async def save_expert(
    db: AsyncSession, draft: ExpertDraft, now: datetime
) -> Literal["added", "changed", "unchanged"]:
    """Store an expert under the draft's id. Raises UnknownTimeZone."""
    check_zone(draft.time_zone)
    before = await expert_rows.experts_by_id(db, [draft.id])
    person = None
    if draft.telegram_id is not None:
        person = await persons.by_telegram(db, draft.telegram_id)
    person_id = person.id if person else None
    if before and before[0] == Expert(**vars(draft), person_id=person_id):
        return "unchanged"
    await expert_rows.put_expert(db, draft, person_id=person_id, new=not before, now=now)
    if person:
        await _change(db, person.id, roles=sorted(person.roles | {EXPERT_ROLE}))
    return "changed" if before else "added"


async def add_review(db: AsyncSession, review: Review) -> None:
    """Store a client's review of a session. Raises AlreadyReviewed."""
    if not await review_rows.add_review(db, review):
        raise AlreadyReviewed


async def add_words(db: AsyncSession, session_id: SessionId, words: str) -> bool:
    """Give a review that has none its words; False where there is no such review."""
    return await review_rows.add_words(db, session_id, words)


async def is_reviewed(db: AsyncSession, session_id: SessionId) -> bool:
    """Whether the client has reviewed the session."""
    return await review_rows.is_reviewed(db, session_id)


async def reviews(db: AsyncSession, expert_id: ExpertId, limit: int = 5) -> list[Review]:
    """An expert's published reviews, newest first."""
    return await review_rows.published(db, expert_id, limit=limit)


async def comments(
    db: AsyncSession, expert_ids: Collection[ExpertId], *, each: int
) -> dict[ExpertId, list[str]]:
    """What clients wrote in published reviews, the newest `each` of each expert."""
    return await review_rows.comments(db, expert_ids, each=each)


async def reviewed_by(db: AsyncSession, person_id: PersonId) -> list[ExpertId]:
    """The experts whom a person has reviewed."""
    return [one.expert_id for one in await review_rows.written_by(db, person_id)]


async def ratings(db: AsyncSession, expert_ids: Collection[ExpertId]) -> dict[ExpertId, Rating]:
    """Ratings of those experts who have published reviews."""
    return await review_rows.ratings(db, expert_ids)


async def save_note(db: AsyncSession, note: ExpertNote) -> None:
    """Keep an expert's note about a session, in place of an earlier one."""
    await review_rows.put_note(db, note)


async def notes_of(
    db: AsyncSession, expert_id: ExpertId, client_id: PersonId, *, limit: int
) -> list[ExpertNote]:
    """What an expert noted about a client, newest first."""
    return await review_rows.notes_of(db, expert_id, client_id, limit=limit)


async def _change(db: AsyncSession, person_id: PersonId, **values: Any) -> Person:
    changed = await persons.change_person(db, person_id, **values)
    if changed is None:
        raise UnknownPerson
    return changed


def _for_json(value: Any) -> Any:
    match value:
        case dict():
            return {key: _for_json(each) for key, each in value.items()}
        case list() | tuple():
            return [_for_json(each) for each in value]
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return value
