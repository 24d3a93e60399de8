import pytest

from tests.booking.conftest import _keys, database, database_url, postgres_url
from vectors.embedders import Embedders, load_embedders

__all__ = ["_keys", "database", "database_url", "postgres_url"]


@pytest.fixture(scope="session")
def embedders() -> Embedders:
    return load_embedders("auto")
