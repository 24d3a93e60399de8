import pytest

from vectors.embedders import Embedders, load_embedders


@pytest.fixture(scope="session")
def embedders() -> Embedders:
    """The default embedders; loading them takes a second."""
    return load_embedders("auto")
