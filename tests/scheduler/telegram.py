"""A Bot API server that only takes messages: when each came, and refusals on demand."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from aiohttp import web


@dataclass(frozen=True)
class Sent:
    """A message that arrived. `at` is monotonic time."""

    at: float
    chat: int
    text: str
    buttons: str


@dataclass
class Telegram:
    """`refusals` are used up one a message: a status, `lose` (taken, but never answered), `hang`,
    or `wait` (for `go`). `retry_after` goes with a 429."""

    url: str = ""
    sent: list[Sent] = field(default_factory=list)
    refusals: deque[int | str] = field(default_factory=deque)
    retry_after: int = 1
    go: asyncio.Event = field(default_factory=asyncio.Event)
    refused_at: list[float] = field(default_factory=list)
    edits: list[Sent] = field(default_factory=list)

    def count(self, text: str) -> Counter[int]:
        """How often each chat got messages with these words."""
        return Counter(one.chat for one in self.sent if text in one.text)

    def fullest_second(self, *, since: float = 0.0) -> int:
        """The most messages in any rolling second."""
        times = [one.at for one in self.sent if one.at >= since]
        first, most = 0, 0
        for last, at in enumerate(times):
            while times[first] <= at - 1:
                first += 1
            most = max(most, last - first + 1)
        return most

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call of a method."""
        form = dict(await request.post())
        method = request.path.rpartition("/")[2]
        if method == "getMe":
            me = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "hourwise_bot"}
            return web.json_response({"ok": True, "result": me})
        chat = int(str(form["chat_id"]))
        if method == "editMessageText":
            markup = str(form.get("reply_markup", ""))
            self.edits.append(Sent(monotonic(), chat, str(form["text"]), markup))
            return web.json_response({"ok": True, "result": True})
        refusal = self.refusals.popleft() if self.refusals else None
        if isinstance(refusal, int):
            self.refused_at.append(monotonic())
            return web.json_response(_refusal(refusal, self.retry_after), status=refusal)
        if refusal == "hang":
            await asyncio.sleep(60)
        if refusal == "wait":
            await self.go.wait()
        text = str(form.get("text") or form.get("caption") or "")
        self.sent.append(Sent(monotonic(), chat, text, str(form.get("reply_markup", ""))))
        if refusal == "lose" and request.transport is not None:
            request.transport.close()
        message = {"message_id": len(self.sent), "date": 0, "chat": {"id": chat, "type": "private"}}
        return web.json_response({"ok": True, "result": {**message, "text": "x"}})


def _refusal(status: int, retry_after: int) -> dict[str, Any]:
    found: dict[str, Any] = {"ok": False, "error_code": status, "description": f"refused {status}"}
    if status == 429:
        found["parameters"] = {"retry_after": retry_after}
    return found


@asynccontextmanager
async def running_telegram(refusals: Sequence[int | str] = ()) -> AsyncIterator[Telegram]:
    """A server on a free port while the block runs."""
    telegram = Telegram(refusals=deque(refusals))
    application = web.Application()
    application.router.add_post("/{path:.*}", telegram.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    telegram.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined] # asyncio's own
    yield telegram
    await runner.cleanup()
