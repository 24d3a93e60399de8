"""Running the sandbox as a server of its own, or inside another process."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from sandbox.app import create_app

START_LIMIT_S = 20.0
KEEP_ALIVE_S = 75
"""Longer than the clients keep a connection, so that none is closed while it is used again."""


class QuietServer(uvicorn.Server):
    """A server that leaves the process's signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@asynccontextmanager
async def serving(app: Starlette, *, port: int, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """The sandbox `app` answers on the port while the block runs; port 0 picks a free one.

    Gives the port. Raises: OSError when the port is taken.
    """
    server = QuietServer(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            lifespan="on",
            timeout_keep_alive=KEEP_ALIVE_S,
        )
    )
    task = asyncio.create_task(server.serve())
    try:
        await _started(server, task, port)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        app.state.keeper.release()
        server.should_exit = True
        await asyncio.gather(task, return_exceptions=True)


async def serve(
    port: int,
    *,
    product_url: str,
    host: str = "127.0.0.1",
    state_file: Path | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve a sandbox until `stop` is set; without one, until SIGINT or SIGTERM comes.

    Raises: OSError when the port is taken.
    """
    app = create_app(product_url=product_url, state_file=state_file)
    until = stop or _signalled()
    async with serving(app, port=port, host=host):
        await until.wait()


def _signalled() -> asyncio.Event:
    event = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, event.set)
    return event


async def _started(server: QuietServer, task: asyncio.Task[None], port: int) -> None:
    async with asyncio.timeout(START_LIMIT_S):
        while not server.started:
            if task.done():
                raise OSError(f"port {port} cannot be opened")
            await asyncio.sleep(0.01)
