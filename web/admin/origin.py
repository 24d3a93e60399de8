"""Only our own pages may change something: sqladmin itself takes a form from anywhere."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """Refuses an unsafe request whose Origin is not the host it was sent to, or `public_url`.

    A browser always tells the Origin of such a request, so one without is refused as well.
    """

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self._app = app
        self._public_host = urlsplit(public_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            headers = Request(scope).headers
            origin = urlsplit(headers.get("origin", "")).netloc
            if not origin or origin not in {headers.get("host", ""), self._public_host}:
                refusal = PlainTextResponse("this request comes from another page", 403)
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)
