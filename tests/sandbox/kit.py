"""What the tests of the sandbox share: raw HTTP to it, and a product that only listens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web

from sandbox.app import create_app
from sandbox.server import serving

TOKEN = "4242:sandbox-token"
MIA = 1001
DANIEL = 2001
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "000002000001e221bc330000000049454e44ae426082"
)


@dataclass
class Product:
    """A web server that takes webhooks and answers with `statuses` first, then 200."""

    url: str = ""
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        """Note a request."""
        body = await request.read()
        status = self.statuses.pop(0) if self.statuses else 200
        async with self.arrived:
            self.requests.append((dict(request.headers), body))
            self.arrived.notify_all()
        return web.json_response(self.answer, status=status)

    async def until(self, count: int) -> list[tuple[dict[str, str], bytes]]:
        """Wait until this many requests came."""
        async with asyncio.timeout(10), self.arrived:
            await self.arrived.wait_for(lambda: len(self.requests) >= count)
        return self.requests


@asynccontextmanager
async def running_product() -> AsyncIterator[Product]:
    """A listening product on a free port."""
    product = Product()
    application = web.Application()
    application.router.add_post("/{path:.*}", product.take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    product.url = f"http://{host}:{port}"
    yield product
    await runner.cleanup()


@dataclass
class Sandbox:
    """Raw HTTP to a running sandbox."""

    url: str
    http: httpx.AsyncClient

    async def call(self, method: str, **params: Any) -> Any:
        """The result of a Bot API call that must succeed."""
        response = await self.http.post(f"/telegram/bot{TOKEN}/{method}", json=params)
        body = response.json()
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> dict[str, Any]:
        """The refusal of a Bot API call."""
        response = await self.http.post(f"/telegram/bot{TOKEN}/{method}", json=params)
        body: dict[str, Any] = response.json()
        assert not body["ok"], body
        assert response.status_code == body["error_code"]
        return body

    async def post(self, path: str, **body: Any) -> Any:
        """The answer of a sandbox address that must succeed."""
        response = await self.http.post(f"/sandbox/api/{path}", json=body)
        assert response.status_code == 200, response.text
        return response.json()

    async def get(self, path: str) -> Any:
        """The answer of a sandbox address that must succeed."""
        response = await self.http.get(f"/sandbox/api/{path}")
        assert response.status_code == 200, response.text
        return response.json()

    async def says(self, person: int, text: str) -> Any:
        """A person writes."""
        return await self.post(f"users/{person}/messages", text=text)

    async def chat(self, person: int, after: int = 0, wait: float = 0) -> Any:
        """What a person sees."""
        return await self.get(f"users/{person}/chat?after={after}&wait={wait}")

    async def updates(self, offset: int = 0, timeout: int = 0) -> list[dict[str, Any]]:
        """What the bot gets."""
        found: list[dict[str, Any]] = await self.call("getUpdates", offset=offset, timeout=timeout)
        return found

    async def last_update(self) -> dict[str, Any]:
        """The newest update, the older ones confirmed."""
        return (await self.updates(offset=-1))[0]

    async def calls(self, method: str) -> list[dict[str, Any]]:
        """The recorded calls of a method."""
        found: list[dict[str, Any]] = (await self.get(f"calls?method={method}"))["calls"]
        return found

    async def calls_until(self, method: str, count: int) -> None:
        """Wait until a method was called this often."""
        async with asyncio.timeout(10):
            while len(await self.calls(method)) < count:  # noqa: ASYNC110 - nothing tells of calls
                await asyncio.sleep(0.01)


@asynccontextmanager
async def running_sandbox(
    *, product_url: str, state_file: Path | None = None
) -> AsyncIterator[Sandbox]:
    """A sandbox on a free port."""
    app = create_app(product_url=product_url, state_file=state_file)
    async with serving(app, port=0) as port:
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=url, timeout=70) as http:
            yield Sandbox(url, http)
