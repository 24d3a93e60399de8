"""Two short stories with every kind of step, and what must be true when they were told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from storage.engine import open_database
from tests.journeys.crash_world import CLIENT, EXPERT, PatientPlayer, World
from workflows.checks import find_problems

_WISH = "I need a career coach under 90 dollars"


@dataclass
class Cast:
    """Who plays."""

    client: PatientPlayer
    expert: PatientPlayer


async def cast(world: World) -> Cast:
    """A newcomer, and the expert, who has started the bot already."""
    people = Cast(world.person(CLIENT, "Mia"), world.person(EXPERT, "Daniel"))
    await people.client.joins("Mia", "en")
    return people


async def book(people: Cast, *, far_ahead: bool) -> None:
    """From the first message to a paid session, the next one free or more than a week ahead."""
    client, expert = people.client, people.expert
    await client.says("/start")
    await client.taps("I agree")
    await client.sees("Where are you?")
    await client.says("Berlin")
    await client.sees("what can I do for you")
    await client.says(_WISH)
    await client.taps("Daniel Brooks")
    await client.taps("See free times")
    await client.taps("Career session")
    if far_ahead:
        await client.taps("Later")
        await client.taps("(")
        await client.taps(":")
    else:
        await client.taps("⚡")
    await client.sees("is held for you for 15 minutes")
    await client.pays()
    await client.sees("Booked and paid")
    await expert.sees("New session")


async def attend(world: World, people: Cast) -> None:
    """Reminded, begun, ended, rated."""
    client, expert = people.client, people.expert
    await world.to_next_notice()
    await client.sees("⏰")
    await expert.sees("⏰")
    await world.later("PT48H")
    await client.sees("How was your session with")
    await expert.sees("Would you note what was done?")
    await client.taps("Rate the session")
    await client.taps("7")
    await client.sees("what quality did you get?")
    await client.taps("9")
    await client.taps("Yes")
    await client.says("Clear and kind.")
    await client.sees("Your rating helps")


async def cancel(world: World, people: Cast) -> None:
    """Called off by the client, the money sent back."""
    client, expert = people.client, people.expert
    await client.says("cancel my session")
    await client.taps("Yes, cancel it")
    await client.sees("The session is cancelled")
    await expert.sees("was cancelled")
    await client.sees("is on its way back to you. Depending")


@dataclass(frozen=True)
class Story:
    """A story after a booking, what the ledger has of it, and the notices that come with it: who
    reads which words."""

    play: Callable[[World, Cast], Awaitable[None]]
    far_ahead: bool
    ledger: tuple[str, ...]
    notices: tuple[tuple[str, str], ...]


STORIES = {
    "attended": Story(
        attend,
        False,
        ("payment received", "processor's fee", "session settled"),
        (
            ("client", "Booked and paid"),
            ("expert", "New session"),
            ("client", "How was your session with"),
            ("expert", "Would you note what was done?"),
        ),
    ),
    "cancelled": Story(
        cancel,
        True,
        (
            "payment received",
            "processor's fee",
            "refund: cancelled by client",
            "refund sent",
        ),
        (
            ("client", "Booked and paid"),
            ("expert", "New session"),
            ("client", "is on its way back to you. Depending"),
            ("expert", "was cancelled"),
        ),
    ),
}


async def tell(world: World, name: str) -> None:
    """Play a story to its end, and look whether every effect is there, once."""
    story = STORIES[name]
    people = await cast(world)
    await book(people, far_ahead=story.far_ahead)
    await story.play(world, people)
    await world.settled()
    await _check_effects(world, story)
    await _check_messages(world, story, people)


_COUNTS = {
    "clients": ("SELECT count(*) FROM persons WHERE telegram_id = ?", (CLIENT,)),
    "sessions": ("SELECT count(*) FROM sessions", ()),
    "payments": ("SELECT count(*) FROM payments", ()),
    "updates left": ("SELECT count(*) FROM inbox WHERE state <> 'done'", ()),
}


async def _check_effects(world: World, story: Story) -> None:
    counts = {what: world.rows(query, *values)[0][0] for what, (query, values) in _COUNTS.items()}
    assert counts == {"clients": 1, "sessions": 1, "payments": 1, "updates left": 0}
    reasons = [row[0] for row in world.rows("SELECT reason FROM ledger_transactions ORDER BY id")]
    assert sorted(reasons) == sorted(story.ledger)
    database = open_database(f"sqlite+aiosqlite:///{world.folder / 'hourwise.db'}")
    async with database.read() as db:
        assert await find_problems(db) == []
    await database.close()


async def _check_messages(world: World, story: Story, people: Cast) -> None:
    """Each notice came once; those that were on their way at the kill may have come again."""
    await people.client.chat.update(wait=0)
    await people.expert.chat.update(wait=0)
    came = {words: getattr(people, who).count(words) for who, words in story.notices}
    assert min(came.values()) >= 1, came
    sent = "SELECT count(*) FROM outbox WHERE unique_key LIKE '%reminder-%' AND state = 'sent'"
    reminders = people.client.count("⏰") + people.expert.count("⏰")
    repeated = sum(came.values()) - len(came) + reminders - world.rows(sent)[0][0]
    assert 0 <= repeated <= world.in_flight, came
    lost = "SELECT unique_key FROM outbox WHERE state IN ('sending', 'failed', 'unknown')"
    assert world.rows(lost) == []
