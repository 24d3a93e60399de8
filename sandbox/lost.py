"""An answer that never comes: the connection breaks after the work is done."""

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class LostResponse(Response):
    """Breaks the connection instead of answering."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cut the connection; behind a server that hides it, promise a body and break off."""
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if isinstance(transport, asyncio.Transport):
            transport.abort()
            while (await receive())["type"] != "http.disconnect":
                continue
            return
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
