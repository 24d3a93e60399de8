"""A hundred everyday phrasings a language, by someone who has not seen the code.

They go through the same understanding and the same decision as a message in the chat.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from ruamel.yaml import YAML

from hourwise.seed.content import demo_entries
from knowledge import service as knowledge
from knowledge.understanding import Understanding
from storage.engine import Database
from workflows.answer_question import (
    Answered,
    CommandUnderstood,
    ExpertNamed,
    Followed,
    ItemsFound,
    NothingToBook,
    NotUnderstood,
    Reply,
    Suggested,
    WishUnderstood,
    decide,
)
from workflows.faq import Learn

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ENOUGH = 0.90

OUTCOMES = {
    "my_sessions": "sessions", "session_link": "sessions", "cancel_session": "cancel",
    "reschedule_session": "reschedule", "refund": "refund", "payment_problem": "refund",
    "receipt": "refund", "human": "human", "complaint": "human", "stop_messages": "stop",
    "change_language": "language", "change_time_zone": "zone", "privacy": "privacy",
    "delete_my_data": "erase", "my_data": "privacy", "help": "help", "greet": "greet",
    "thanks": "thanks", "goodbye": "thanks",
}  # fmt: skip


def outcome(reply: Reply) -> str:
    match reply:
        case Answered():
            return "answer"
        case WishUnderstood() | ExpertNamed() | Followed() | NothingToBook():
            return "experts"
        case ItemsFound():
            return "items"
        case CommandUnderstood():
            return OUTCOMES.get(reply.name, reply.name)
        case Suggested() | NotUnderstood():
            return "unknown"


@pytest.fixture
async def understanding(tmp_path: Path, trained: Path) -> AsyncIterator[Understanding]:
    from storage.engine import open_database
    from storage.migrate import upgrade

    url = f"sqlite+aiosqlite:///{tmp_path / 'phrases.db'}"
    await upgrade(url)
    database: Database = open_database(url)
    async with database.write.begin() as db:
        await knowledge.import_entries(db, demo_entries(), now=NOW)
    copytree(trained, tmp_path / "intents")
    understands = Understanding(data_dir=tmp_path, in_memory=True)
    await understands.start()
    await Learn(database, understands)()
    yield understands
    await understands.close()
    await database.close()


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_everyday_phrasings_do_the_right_thing(understanding: Understanding, language: str):
    rows = YAML(typ="safe").load((FOLDER / f"phrases_{language}.yaml").read_text("utf-8"))
    assert len(rows) >= 100
    wrong = [problem for row in rows if (problem := await judge(understanding, row, language))]
    assert 1 - len(wrong) / len(rows) >= ENOUGH, "\n".join(wrong)


async def judge(understanding: Understanding, row: dict[str, Any], language: str) -> str | None:
    understood = await understanding.understand(row["text"], language=language, now=NOW, zone="UTC")
    reply = decide(row["text"], understood, language=language)
    if isinstance(reply, Suggested) and "contains" in row:
        # a near miss that offers the right question is right, where it can be checked
        offered = {one.article for one in reply.candidates}
        answers = [one.answer.casefold() for one in demo_entries() if one.id in offered]
        if any(word.casefold() in answer for word in row["contains"] for answer in answers):
            return None
    expected = row["expect"] if isinstance(row["expect"], list) else [row["expect"]]
    got = "danger" if understood.danger else outcome(reply)
    if got not in expected:
        return f"{row['text']!r}: expected {expected}, got {got} ({understood.intent.name} {understood.intent.confidence:.2f}, answer {understood.answer.kind} {understood.answer.score:.2f} {understood.answer.article})"
    if isinstance(reply, Answered) and "contains" in row:
        words = (reply.answer.answer or "").casefold()
        if not any(one.casefold() in words for one in row["contains"]):
            return f"{row['text']!r}: {row['contains']} is not in {words!r}"
    return None
