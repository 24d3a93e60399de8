"""Somebody who notes everything that the bot answers to one thing they did."""

import asyncio
import sqlite3
from collections.abc import Awaitable
from contextlib import closing
from dataclasses import dataclass
from time import monotonic
from typing import Any

from hourwise.player import Player, text_of
from tests.journeys.conftest import Demo

ANSWER_SECONDS = 10.0
OURS = ("Something went wrong", "出了点问题")


@dataclass(frozen=True)
class Answer:
    """What came of one thing that a person did: `texts` of messages that are new or changed, and
    of toasts; `buttons` are (message id, label, callback data)."""

    texts: list[str]
    buttons: list[tuple[int, str, str]]

    def __contains__(self, words: str) -> bool:
        return any(words in text for text in self.texts)


@dataclass
class Witness:
    """Watches one person's chat and what the demo has stored of them."""

    demo: Demo
    player: Player

    async def answer(self, act: Awaitable[Any]) -> Answer:
        """Do something, wait until the bot is done with it, and tell what it answered.

        Raises TimeoutError when it is not done after ten seconds.
        """
        await self.player.chat.update(wait=0)
        before = self.player.chat.last
        await act
        await self.settled()
        found = await self._chat(before)
        messages = [one for one in found["messages"] if one.get("from", {}).get("is_bot")]
        shown = [one for one in messages if not one.get("deleted")]
        texts = [text_of(one) for one in shown] + [one["text"] for one in found["toasts"]]
        return Answer(texts, [button for one in shown for button in _buttons(one)])

    async def taps(self, message_id: int, data: str) -> None:
        """Tap by callback data, which may be forged."""
        click = {"message_id": message_id, "data": data}
        async with self.player.http.post(f"{self.player.chat.address}/clicks", json=click) as got:
            assert got.status == 200, await got.text()

    async def buttons(self, messages: int = 3) -> list[tuple[int, str, str]]:
        """The buttons of the newest messages that have some."""
        await self.player.chat.update(wait=0)
        found = [_buttons(one) for one in reversed(self.player.chat.shown())]
        return [button for one in [row for row in found if row][:messages] for button in one]

    async def settled(self) -> None:
        """Wait until the bot has handled all that this person did."""
        deadline = monotonic() + ANSWER_SECONDS
        while await self._pending() or self.stored("waiting"):
            if monotonic() > deadline:
                raise TimeoutError(f"no answer in {ANSWER_SECONDS:.0f} s:\n{self.player.screen()}")
            await asyncio.sleep(0.02)

    def stored(self, state: str) -> int:
        """How many updates of this person are in a state of the inbox."""
        query = "SELECT count(*) FROM inbox WHERE lane = ? AND state = ?"
        return int(self.rows(query, str(self.player.id), state)[0][0])

    def rows(self, query: str, *values: Any) -> list[Any]:
        """What the demo has stored."""
        with closing(sqlite3.connect(self.demo.folder / "hourwise.db", timeout=5)) as db:
            return db.execute(query, values).fetchall()

    async def _pending(self) -> bool:
        address = f"{self.demo.url}/telegram/bot1000:sandbox/getWebhookInfo"
        async with self.player.http.get(address) as answer:
            return bool((await answer.json())["result"]["pending_update_count"])

    async def _chat(self, after: int) -> dict[str, Any]:
        address = f"{self.player.chat.address}/chat"
        async with self.player.http.get(address, params={"after": str(after)}) as answer:
            found: dict[str, Any] = await answer.json()
        return found


def _buttons(message: dict[str, Any]) -> list[tuple[int, str, str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [
        (message["message_id"], button["text"], button["callback_data"])
        for row in rows
        for button in row
        if "callback_data" in button
    ]
