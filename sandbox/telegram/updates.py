"""The queue of updates for the bot."""

from sandbox.signal import Signal
from sandbox.values import JsonObject

FIRST_UPDATE_ID = 100_000_001
# a sandbox that was killed has given out more ids than it saved, and none may come twice
_NOT_SAVED = 1000
UPDATE_TYPES = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    }
)
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class UpdateQueue:
    """Updates in order, kept until the bot confirms them by a higher offset."""

    def __init__(self) -> None:
        self._pending: list[JsonObject] = []
        self._again: list[JsonObject] = []
        self._copies: dict[int, int] = {}
        self._next_id = FIRST_UPDATE_ID
        self.allowed: list[str] | None = None
        self.signal = Signal()
        self._reader: object | None = None

    def add(self, kind: str, payload: JsonObject, *, copies: int = 1) -> None:
        """Queue an update, unless the bot does not want its kind; `copies` serves it often."""
        if not self._wanted(kind):
            return
        self._pending.append({"update_id": self._next_id, kind: payload})
        if copies > 1:
            self._copies[self._next_id] = copies - 1
        self._next_id += 1
        self.signal.notify()

    def allow(self, kinds: list[str] | None) -> None:
        """Set what the bot wants; an empty list means the usual kinds."""
        if kinds is not None:
            self.allowed = [kind for kind in kinds if kind in UPDATE_TYPES] or None

    def peek(self, limit: int = 100) -> list[JsonObject]:
        """The oldest updates not yet confirmed, repetitions first."""
        return [*self._again, *self._pending][:limit]

    def confirm(self, offset: int) -> None:
        """Forget all updates before `offset`; a negative one keeps only that many of the last."""
        if offset < 0:
            self._pending = self._pending[offset:]
            return
        if offset == 0:
            return
        done = [update for update in self._pending if update["update_id"] < offset]
        self._pending = self._pending[len(done) :]
        served = [*self._again, *done]
        self._again = [update for update in served if self._one_more(update["update_id"])]

    def clear(self) -> None:
        """Drop everything pending."""
        self._pending = []
        self._again = []

    def count(self) -> int:
        """How many wait."""
        return len(self._pending)

    async def read(self, *, limit: int, seconds: float) -> list[JsonObject] | None:
        """Wait for updates; None when another reader came in the meantime."""
        me = object()
        self._reader = me
        self.signal.notify()
        await self.signal.until(lambda: self._reader is not me or bool(self.peek(1)), seconds)
        if self._reader is not me:
            return None
        self._reader = None
        return self.peek(limit)

    def stop_reader(self) -> None:
        """End a long poll that is under way."""
        self._reader = None
        self.signal.notify()

    def _one_more(self, update_id: int) -> bool:
        left = self._copies.pop(update_id, 0)
        if left > 1:
            self._copies[update_id] = left - 1
        return left > 0

    def _wanted(self, kind: str) -> bool:
        if self.allowed is None:
            return kind not in _NOT_BY_DEFAULT
        return kind in self.allowed

    def dump(self) -> JsonObject:
        """As JSON for the state file."""
        return {"next_id": self._next_id, "pending": self._pending, "allowed": self.allowed}

    def load(self, saved: JsonObject) -> None:
        """Back from the state file."""
        self._next_id = saved["next_id"] + _NOT_SAVED
        self._pending = saved["pending"]
        self.allowed = saved["allowed"]
