import pytest

from vectors.embedders import Embedders, load_embedders


@pytest.fixture(scope="session")
def embedders() -> Embedders:
    return load_embedders("auto")
