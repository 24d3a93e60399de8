"""What `hourwise settings` shows."""

from hourwise.settings import Settings


def test_no_password_is_shown():
    settings = Settings(
        _env_file=None, telegram_token="1:secret", database_url="postgresql+asyncpg://u:secret@db/x",
        redis_url="redis://:secret@cache:6379/0", chroma_url="http://chroma:8000",
    )  # fmt: skip
    shown = settings.shown()
    assert not [name for name, value in shown.items() if "secret" in value]
    assert shown["HOURWISE_DATABASE_URL"] == "postgresql+asyncpg://u:********@db/x"
    assert shown["HOURWISE_CHROMA_URL"] == "http://chroma:8000"
