from tests.booking.conftest import _keys, database, database_url, postgres_url

__all__ = ["_keys", "database", "database_url", "postgres_url"]
