"""The whole product against the built-in sandbox, on one port."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from pydantic import SecretStr

from hourwise.running import ALL_ROLES, QuietServer, product, stop_on_signals, working
from hourwise.seeding import let_experts_in, seed_demo
from hourwise.settings import Settings
from hourwise.website import make_website
from hourwise.wiring import Product
from sandbox.app import create_app
from sandbox.people import PRESET_PEOPLE
from sandbox.stripe.processor import WEBHOOK_SECRET

_PRODUCT_PATHS = (
    "/admin", "/stripe/webhook", "/telegram/webhook", "/health", "/metrics", "/payment",
    "/calendar", "/join",
)  # fmt: skip

Scope = MutableMapping[str, Any]
Asgi = Callable[[Scope, Any, Any], Awaitable[None]]


def demo_settings(*, port: int, data_dir: Path) -> Settings:
    """Settings for a product whose Telegram and card processor are the sandbox on this port."""
    here = f"http://127.0.0.1:{port}"
    return Settings(
        _env_file=None,
        data_dir=data_dir,
        telegram_token=SecretStr("1000:sandbox"),
        telegram_api=f"{here}/telegram",
        stripe_key=SecretStr("sk_test_sandbox"),
        stripe_api=f"{here}/stripe",
        stripe_webhook_secret=SecretStr(WEBHOOK_SECRET),
        provider_token=SecretStr("sandbox-provider"),
        clock=f"{here}/sandbox/api/clock",
        admin_ids=frozenset({PRESET_PEOPLE[-1].id}),
        port=port,
        public_url=here,
        operator_contact="hello@hourwise.example",
    )


@asynccontextmanager
async def demo(*, port: int, data_dir: Path, fresh: bool = True) -> AsyncIterator[Product]:
    """Sandbox and product at work on `port` while the block runs.

    Raises OSError when the port is taken.
    """
    state = None if fresh else data_dir / "sandbox.json"
    sandbox = create_app(product_url=f"http://127.0.0.1:{port}", state_file=state)
    front = FrontDoor(sandbox)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(sandbox.state.keeper.stop)
        await stack.enter_async_context(_listening(front, port=port))
        stack.callback(sandbox.state.keeper.release)
        settings = demo_settings(port=port, data_dir=data_dir)
        whole = await stack.enter_async_context(product(settings))
        database, clock = whole.ground.database, whole.ground.clock
        seeded = await seed_demo(database, clock)
        present = {person.id for person in PRESET_PEOPLE}
        await let_experts_in(database, clock, seeded, among=present)
        await whole.ground.learn()
        async with database.read() as db:
            await whole.ground.matcher.refresh(db)
        website = make_website(whole)
        await stack.enter_async_context(working(whole, ALL_ROLES))
        front.product = website
        yield whole


class FrontDoor:
    """One port for both: the product's own addresses, all others are the sandbox's."""

    def __init__(self, sandbox: Asgi) -> None:
        self._sandbox = sandbox
        self.product: Asgi | None = None

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Hand a request to whom it is addressed."""
        path = str(scope.get("path", ""))
        if self.product is not None and path.startswith(_PRODUCT_PATHS):
            await self.product(scope, receive, send)
        else:
            await self._sandbox(scope, receive, send)


@asynccontextmanager
async def _listening(app: Asgi, *, port: int) -> AsyncIterator[None]:
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="warning", access_log=False, lifespan="off",
        timeout_graceful_shutdown=2,
        timeout_keep_alive=75,
    )  # fmt: skip
    server = QuietServer(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        if task.done():
            raise OSError(f"port {port} is taken; choose another one with PORT=…")
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.gather(task, return_exceptions=True)


async def run_demo(*, port: int, data_dir: Path, say: Callable[[str], None]) -> None:
    """`make demo`: until Ctrl-C."""
    stop = stop_on_signals()
    say("Starting; the first start trains the models …")
    async with demo(port=port, data_dir=data_dir, fresh=False):
        say(f"Hourwise is ready: http://127.0.0.1:{port}  (Ctrl-C stops it)")
        await stop.wait()
        say("Stopping …")
