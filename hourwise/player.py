"""People of a story: they write, tap, pay and read through the sandbox, as on its chat page."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

import aiohttp

_PATIENCE_SECONDS = 15.0
_PAY_PAGE = re.compile(r"/stripe/pay/([\w-]+)")
_FILES = ("document", "audio", "video")
_INVOICE_LINK = "https://t.me/$"


class StoryFailed(AssertionError):
    """Somebody did not see what the story says."""


class NoSuchMessage(StoryFailed):
    """What was tapped is not there any more."""


Transcript = Callable[[str, str], None]
Found = TypeVar("Found")


@dataclass
class Chat:
    """The messages of one person's chat with the bot, as the sandbox has them."""

    http: aiohttp.ClientSession
    address: str
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    changed: dict[int, int] = field(default_factory=dict)
    popups: list[dict[str, Any]] = field(default_factory=list)
    last: int = 0

    async def update(self, *, wait: float) -> bool:
        """Read what changed; True when something did."""
        asked = {"after": str(self.last), "wait": str(wait)}
        async with self.http.get(f"{self.address}/chat", params=asked) as answer:
            answer.raise_for_status()
            found = await answer.json()
        for message in found["messages"]:
            number = message["message_id"]
            if not _lost_its_buttons(self.messages.get(number), message):
                self.changed[number] = found["last"]
            self.messages[number] = message
        self.popups += [one for one in found["toasts"] if one.get("text")]
        moved = self.last != int(found["last"])
        self.last = int(found["last"])
        return moved

    def shown(self) -> list[dict[str, Any]]:
        """Messages that are not deleted, oldest first."""
        return [one for _, one in sorted(self.messages.items()) if not one.get("deleted")]


@dataclass
class Player:
    """One person of the story. `name` is how the transcript calls them."""

    http: aiohttp.ClientSession
    sandbox: str
    id: int
    name: str
    transcript: Transcript
    patience: float = _PATIENCE_SECONDS
    chat: Chat = field(init=False)
    _acted_at: int = 0
    _told: int = 0
    _awaits: bool = False
    """They wrote, and have not read the answer yet: older buttons are not for them."""

    def __post_init__(self) -> None:
        self.chat = Chat(self.http, f"{self.sandbox}/sandbox/api/users/{self.id}")

    async def joins(self, first_name: str, language: str) -> None:
        """Become a Telegram user of the sandbox."""
        user = {"id": self.id, "first_name": first_name, "language_code": language}
        await self._post(f"{self.sandbox}/sandbox/api/users", user)

    async def says(self, text: str) -> None:
        """Write a message."""
        await self._begin()
        self.transcript(self.name, text)
        await self._post(f"{self.chat.address}/messages", {"text": text})
        self._awaits = True

    async def sends(self, **content: Any) -> None:
        """Send something that is no text: `sticker=…`, `photo=…`, `voice=…`."""
        await self._begin()
        self.transcript(self.name, f"({', '.join(content)})")
        await self._post(f"{self.chat.address}/messages", content)
        self._awaits = True

    async def taps(self, label: str) -> None:
        """Tap the newest button whose label has these words, in the answer if they just wrote."""
        message, data, shown = await self._until(lambda: self._button(label), f"a button “{label}”")
        await self._begin()
        self.transcript(self.name, f"[{shown}]")
        click = {"message_id": message["message_id"], "data": data}
        try:
            await self._post(f"{self.chat.address}/clicks", click)
        except NoSuchMessage:
            # the bot has just put the window below a newer message
            await self.taps(label)

    async def opens(self, label: str) -> None:
        """Follow the newest button with these words that leads to a page."""
        address, shown = await self._until(lambda: self._link(label), f"a link “{label}”")
        self.transcript(self.name, f"[{shown}]")
        async with self.http.get(address, allow_redirects=False) as answer:
            if answer.status >= 400:
                raise StoryFailed(f"{self.name}: {address}: {await answer.text()}")

    async def agrees(self, label: str) -> bool:
        """Tap the consent if it is asked for; False for somebody who agreed before."""
        await self._until(self._answered, "any answer")
        if self._button(label) is None:
            return False
        await self.taps(label)
        return True

    def acted(self) -> None:
        """Only what comes from now on counts as an answer."""
        self._acted_at = self.chat.last

    async def sees_popup(self, words: str) -> None:
        """Wait for the words in what popped up over the chat since this person last did
        something."""
        popup = await self._until(lambda: self._popup(words), f"a pop-up “{words}”")
        self.transcript(f"→ {self.name}", f"({popup['text']})")

    async def sees(self, words: str) -> str:
        """Wait for the words in what changed since this person last did something.

        Returns the text of the message that has them.
        """
        message = await self._until(lambda: self._message(words), f"“{words}”")
        self._tell()
        return text_of(message)

    async def gets_file(self, name: str) -> None:
        """Wait for a file whose name has these words."""
        await self._until(lambda: self._file(name), f"a file “{name}”")

    async def never_sees(self, words: str) -> None:
        """The words are in no message so far."""
        await self.chat.update(wait=0)
        for message in self.chat.shown():
            if words in text_of(message):
                raise StoryFailed(
                    f"{self.name} sees “{words}”, which must not be:\n{self.screen()}"
                )

    async def pays(self, outcome: str = "pay") -> None:
        """Pay on the newest card page, the newest invoice or the newest invoice link, whichever is
        newest."""
        kind, found = await self._until(self._payable, "something to pay")
        await self._begin()
        self.transcript(self.name, f"({outcome}: {kind})")
        if kind == "card page":
            await self._post(f"{self.sandbox}/sandbox/api/stripe/{found}", {"outcome": outcome})
        else:
            what = "link" if kind == "invoice link" else "message_id"
            await self._post(f"{self.chat.address}/payments", {what: found, "outcome": outcome})

    def screen(self, messages: int = 4) -> str:
        """The newest messages as a person reads them."""
        return "\n".join(_lines(one) for one in self.chat.shown()[-messages:])

    def button_labels(self) -> Sequence[str]:
        """Every label of the newest message that has buttons."""
        for message in reversed(self.chat.shown()):
            rows = message.get("reply_markup", {}).get("inline_keyboard")
            if rows:
                return [button["text"] for row in rows for button in row]
        return []

    async def _begin(self) -> None:
        await self.chat.update(wait=0)
        self._tell()
        self._acted_at = self.chat.last
        self._awaits = False

    def _tell(self) -> None:
        """What the bot said since is told in the transcript."""
        for message in self.chat.shown():
            changed = self.chat.changed[message["message_id"]]
            if changed > self._told and message.get("from", {}).get("is_bot"):
                self.transcript(f"→ {self.name}", _lines(message))
        self._told = self.chat.last

    async def _until(self, look: Callable[[], Found | None], wanted: str) -> Found:
        deadline = monotonic() + self.patience
        await self.chat.update(wait=0)
        while (found := look()) is None:
            left = deadline - monotonic()
            if left <= 0:
                raise StoryFailed(
                    f"{self.name} waited {self.patience:.0f} s for {wanted}, and sees:\n"
                    f"{self.screen()}\nThe bot's last calls:\n{await self._calls()}"
                )
            await self.chat.update(wait=min(left, 2))
        self._awaits = False
        return found

    async def _calls(self, most: int = 12) -> str:
        """What the bot last did in this chat, one call a line."""
        async with self.http.get(f"{self.sandbox}/sandbox/api/calls") as answer:
            calls = (await answer.json())["calls"]
        asked = [
            f"{call['at']} {call['method']} {json.dumps(call['params'], ensure_ascii=False)[:300]}"
            for call in calls
            if str(call["params"].get("chat_id", self.id)) == str(self.id)
        ]
        return "\n".join(asked[-most:])

    def _message(self, words: str) -> dict[str, Any] | None:
        for message in reversed(self.chat.shown()):
            fresh = self.chat.changed[message["message_id"]] > self._acted_at
            if fresh and words in text_of(message) and message.get("from", {}).get("is_bot"):
                return dict(message)
        return None

    def _popup(self, words: str) -> dict[str, Any] | None:
        fresh = (one for one in self.chat.popups if one["n"] > self._acted_at)
        return next((one for one in fresh if words in one["text"]), None)

    def _file(self, name: str) -> bool | None:
        files = [
            one.get(kind, {}).get("file_name", "") for one in self.chat.shown() for kind in _FILES
        ]
        return True if any(name in one for one in files) else None

    def _answered(self) -> bool | None:
        return True if self._message("") is not None else None

    def _button(self, label: str) -> tuple[dict[str, Any], str, str] | None:
        for message in reversed(self.chat.shown()):
            if self._awaits and self.chat.changed[message["message_id"]] <= self._acted_at:
                continue
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return message, button["callback_data"], button["text"]
        return None

    def _link(self, label: str) -> tuple[str, str] | None:
        for message in reversed(self.chat.shown()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"] and "url" in button:
                        return button["url"], button["text"]
        return None

    def _payable(self) -> tuple[str, Any] | None:
        for message in reversed(self.chat.shown()):
            if "invoice" in message and not message.get("paid"):
                return "invoice", message["message_id"]
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    page = _PAY_PAGE.search(button.get("url", ""))
                    if page:
                        return "card page", page[1]
                    if button.get("url", "").startswith(_INVOICE_LINK):
                        return "invoice link", button["url"]
        return None

    async def _post(self, address: str, body: dict[str, Any]) -> Any:
        async with self.http.post(address, json=body) as answer:
            if answer.status >= 400:
                told = await answer.text()
                kind = NoSuchMessage if "no such message" in told else StoryFailed
                raise kind(f"{self.name}: {address}: {told}")
            return await answer.json()


async def advance(http: aiohttp.ClientSession, sandbox: str, how: dict[str, Any]) -> str:
    """Move the sandbox's clock; returns its new time."""
    async with http.post(f"{sandbox}/sandbox/api/clock", json=how) as answer:
        if answer.status >= 400:
            raise StoryFailed(f"the clock: {await answer.text()}")
        return str((await answer.json())["now"])


def text_of(message: dict[str, Any]) -> str:
    """What a person reads in a message."""
    invoice = message.get("invoice")
    parts = [message.get("text"), message.get("caption")]
    if invoice:
        parts.append(f"{invoice['title']} – {invoice['description']}")
    return "\n".join(part for part in parts if part)


def _lost_its_buttons(before: dict[str, Any] | None, after: dict[str, Any]) -> bool:
    """Whether nothing else became of a message: that is no answer to anybody."""
    if before is None or after.get("reply_markup"):
        return False
    beside = {"reply_markup", "edited", "edit_date", "n"}
    return all(before.get(one) == after.get(one) for one in (before.keys() | after.keys()) - beside)


def _lines(message: dict[str, Any]) -> str:
    lines = [text_of(message)]
    if "document" in message:
        lines.append(f"📎 {message['document'].get('file_name', 'file')}")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    lines += ["  " + "  ".join(f"[{button['text']}]" for button in row) for row in rows]
    return "\n".join(line for line in lines if line)
