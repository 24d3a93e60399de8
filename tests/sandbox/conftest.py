"""A running sandbox, with the product's webhook beside it."""

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.kit import Product, Sandbox, running_product, running_sandbox


@pytest.fixture
async def product() -> AsyncIterator[Product]:
    """What stands where the product would, and gets the card processor's webhooks."""
    async with running_product() as product:
        yield product


@pytest.fixture
async def sandbox(product: Product) -> AsyncIterator[Sandbox]:
    """A sandbox on a free port."""
    async with running_sandbox(product_url=product.url) as sandbox:
        yield sandbox
