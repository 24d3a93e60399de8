"""Encrypted columns: unreadable at rest, rotated, and clear about a missing key."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from kernel.ids import PersonId
from storage import outbox, secrets
from storage.engine import Database
from storage.outbox import Notice
from tests.clock import NOON

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def test_a_text_written_with_an_old_key_is_read_and_rotated():
    secrets.use_keys([OLD])
    token = secrets.encrypt("my worries")
    secrets.use_keys([NEW, OLD])
    assert secrets.decrypt(token) == "my worries"
    rotated = secrets.rotated(token)
    secrets.use_keys([NEW])
    assert secrets.decrypt(rotated) == "my worries"
    with pytest.raises(secrets.UnreadableSecret):
        secrets.decrypt(token)


def test_the_key_file_is_made_once_and_only_for_its_owner(tmp_path: Path):
    file = tmp_path / "deep" / "secret.keys"
    keys = secrets.key_file(file)
    assert secrets.key_file(file) == keys
    assert file.stat().st_mode & 0o077 == 0


async def test_what_is_said_is_unreadable_in_the_database(database: Database):
    notice = Notice("one", PersonId("p"), NOON, key="notice-relayed", values={"text": "my worries"})
    async with database.write.begin() as db:
        await outbox.add(db, notice)
        raw = (await db.execute(text("SELECT content FROM outbox"))).scalar_one()
    assert b"worries" not in bytes(raw)
